package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** Lists the catalogue. */
@Command(name = "rules", mixinStandardHelpOptions = true, description = "Lists the rules a provider is held to.")
final class RulesCommand implements Runnable {
    private enum Format { table, json, markdown }

    private final Console console;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(names = "--group", paramLabel = "GROUP", split = ",", description = "Only these groups, such as PUSH or LWW.")
    private List<String> groups = List.of();

    RulesCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        RuleNames names = new RuleNames();
        List<Rule> rules = groups.isEmpty() ? Catalogue.current().rules()
                : groups.stream().flatMap(group -> names.resolve(group).stream()).distinct().toList();
        switch (format) {
            case table -> table(rules);
            case json -> console.out().println(Json.write(
                    Map.of("version", Catalogue.current().version(), "rules", rules)));
            case markdown -> markdown(rules);
        }
    }

    private void table(List<Rule> rules) {
        PrintWriter out = console.out();
        Ansi ansi = console.coloursOut() ? Ansi.ON : Ansi.OFF;
        int widest = rules.stream().mapToInt(rule -> rule.id().length()).max().orElse(0);
        String group = "";
        for (Rule rule : rules) {
            if (!rule.group().equals(group)) {
                group = rule.group();
                out.println((rule == rules.get(0) ? "" : System.lineSeparator()) + ansi.string("@|bold " + group + "|@"));
            }
            String start = String.format("  %-" + widest + "s  %-6s  ", rule.id(), rule.level().wireName());
            out.print(start);
            out.println(Paragraph.hanging(rule.text() + conditions(rule), start.length(), console.width()));
        }
        long musts = rules.stream().filter(Rule::isMust).count();
        out.printf("%n%d rules: %d must, %d should. 'or3-tck explain ID' tells more.%n", rules.size(), musts,
                rules.size() - musts);
    }

    private static String conditions(Rule rule) {
        String from = rule.from() == Profile.V1_0 ? "" : " [from " + rule.from().wireName() + "]";
        return from + (rule.needs().isEmpty() ? "" : " [needs " + String.join(", ", rule.needs()) + "]");
    }

    private void markdown(List<Rule> rules) {
        PrintWriter out = console.out();
        out.println("| id | level | from | needs | the provider … | source |");
        out.println("|---|---|---|---|---|---|");
        rules.forEach(rule -> out.printf("| %s | %s | %s | %s | %s | %s |%n", rule.id(), rule.level().wireName(),
                rule.from().wireName(), String.join(", ", rule.needs()), cell(rule.text()),
                cell(String.join("; ", rule.source()))));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
