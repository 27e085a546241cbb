package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.matrix.findings.Requirement;
import dev.or3.tck.matrix.findings.Requirements;
import dev.or3.tck.suites.fault.Fault;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Parameters;

/** Tells what is known of rules. */
@Command(name = "explain", mixinStandardHelpOptions = true,
        description = "Tells what a rule asks for, where it comes from, how it is checked, and what usually breaks it.")
final class ExplainCommand implements Runnable {
    private static final int INDENT = 2;
    private static final String FAULTS = "faults";

    private final Console console;

    @Parameters(paramLabel = "RULE", arity = "1..*",
            description = "An id (PUSH-07), a glob (PUSH-1*) or a group (LWW); or a fault (I03), or 'faults' for all.")
    private List<String> names;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        if (names.size() == 1 && (explainFaults(names.get(0)) || explainRequirements(names.get(0)))) {
            return;
        }
        RuleNames known = new RuleNames();
        List<Rule> rules = names.stream().flatMap(name -> known.resolve(name).stream()).distinct().toList();
        for (Rule rule : rules) {
            if (rule != rules.get(0)) {
                console.out().println();
            }
            explain(rule);
        }
    }

    /** Faults of the memory provider are named like rules are, so that one command tells of both. */
    private boolean explainFaults(String name) {
        List<Fault> faults = Fault.all().stream()
                .filter(fault -> name.equalsIgnoreCase(FAULTS) || name.equalsIgnoreCase(fault.id())).toList();
        for (Fault fault : faults) {
            String start = String.format("%-5s", fault.id());
            console.out().println(start + Paragraph.hanging(fault.part() + ": " + fault.description() + " ["
                    + String.join(", ", fault.rules()) + "]", start.length(), console.width()));
        }
        if (!faults.isEmpty()) {
            console.out().println();
            console.out().println("See one:  or3-tck certify --provider memory --fault " + faults.get(0).id());
        }
        return !faults.isEmpty();
    }

    /** Rules about source code are not of the catalogue that providers are certified by, but named like it. */
    private boolean explainRequirements(String name) {
        List<Requirement> rules = Requirements.all().stream().filter(rule -> rule.id().equalsIgnoreCase(name)
                || rule.id().toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + "-")).toList();
        for (Requirement rule : rules) {
            console.out().println(rule.id() + "  " + rule.level().word() + ", of source code and packages");
            console.out().println(Paragraph.indented("It " + rule.text() + ".", INDENT, console.width()));
            section("Source", rule.source());
            console.out().println("  Checked by:  or3-tck " + (rule.id().startsWith("PKG") ? "package-check DIR" : "guard DIR"));
        }
        return !rules.isEmpty();
    }

    private void explain(Rule rule) {
        PrintWriter out = console.out();
        Ansi ansi = console.coloursOut() ? Ansi.ON : Ansi.OFF;
        out.println(ansi.string("@|bold " + rule.id() + "|@") + "  " + rule.level().wireName() + ", " + rule.component()
                + ", from " + rule.from().wireName());
        out.println(Paragraph.indented("The provider " + rule.text() + ".", INDENT, console.width()));
        section("Needs", rule.needs().isEmpty() ? "nothing beyond the component"
                : String.join(", ", rule.needs()) + " (without it the rule is not verifiable, never passed)");
        section("Source", String.join("; ", rule.source()));
        section("Checked", rule.checked());
        if (!rule.causes().isEmpty()) {
            out.println("  What usually breaks it:");
            rule.causes().forEach(cause -> out.println("    - " + Paragraph.hanging(cause, 6, console.width())));
        }
        out.println("  Only this rule:  or3-tck certify --rule " + rule.id());
    }

    private void section(String title, String text) {
        if (text != null && !text.isBlank()) {
            String start = "  " + title + ": ";
            console.out().println(start + Paragraph.hanging(text, start.length(), console.width()));
        }
    }
}
