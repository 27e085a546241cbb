package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.Json;
import dev.or3.tck.matrix.doctor.Doctor;
import dev.or3.tck.matrix.doctor.Finding;
import dev.or3.tck.matrix.doctor.Finding.Health;
import dev.or3.tck.suites.connect.Headers;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.connect.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks a provider over. */
@Command(name = "doctor", mixinStandardHelpOptions = true,
        description = "Looks whether a provider can be certified: does it start, does its bridge work, is its manifest sound "
                + "and true, do its controls work? Exits 0 unless something fails: 1 if the provider is wrong, 3 if what "
                + "lies before it is broken.")
final class DoctorCommand implements Callable<Integer> {
    private static final int SUBJECT_WIDTH = 28;

    private final Console console;
    private final List<Finding> findings = new ArrayList<>();

    @Mixin
    private TargetOptions target;

    @Option(names = "--json", description = "Print what was found as one JSON object.")
    private boolean json;

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        TargetChoice choice = target.choice();
        if (choice instanceof HostChoice) {
            throw Trouble.usage("doctor looks at bridges, and a host has none: 'or3-tck certify --host' says what is wrong"
                    + " with it");
        }
        String described = choice instanceof UrlChoice url ? examine(url) : examineStarted(choice);
        int exitCode = count(Health.BROKEN) > 0 ? ExitCode.UNREACHABLE : count(Health.FAIL) > 0 ? ExitCode.FAILED : ExitCode.OK;
        if (json) {
            console.out().println(Json.write(new Told(described, exitCode, findings)));
        } else {
            console.out().printf(Locale.ROOT, "%d ok, %d to look at, %d failed. %s%n", count(Health.OK), count(Health.WARN),
                    count(Health.FAIL) + count(Health.BROKEN), next(exitCode));
        }
        return exitCode;
    }

    private record Told(String target, int exitCode, List<Finding> findings) {
    }

    private static String next(int exitCode) {
        return switch (exitCode) {
            case ExitCode.OK -> "Next: or3-tck certify --level smoke";
            case ExitCode.FAILED -> "Correct what failed before you certify.";
            default -> "Mend the bridge first: nothing can be said of the provider.";
        };
    }

    private long count(Health health) {
        return findings.stream().filter(finding -> finding.health() == health).count();
    }

    /** Nothing is reached before the bridge was looked at: it may not be reachable at all. */
    private String examine(UrlChoice choice) {
        Headers headers = choice.resolveHeaders(console);
        List<Wire> wires = choice.addresses().stream().map(base -> new Wire(base, headers, console.secrets())).toList();
        String described = choice.addresses().stream().map(Object::toString).collect(Collectors.joining(", "));
        head(described);
        List<TargetChoice.Running> opened = new ArrayList<>();
        try (TemporaryData none = TemporaryData.create()) {
            Doctor.examine(wires, () -> {
                opened.add(target.start(choice, console));
                return opened.get(0).target();
            }, none.directory(), this::hear);
        } finally {
            opened.forEach(TargetChoice.Running::close);
        }
        return described;
    }

    private String examineStarted(TargetChoice choice) {
        long started = System.nanoTime();
        try (TargetChoice.Running running = target.start(choice, console)) {
            Target reached = running.target();
            head(String.format(Locale.ROOT, "%s, started in %d ms", reached.description(),
                    (System.nanoTime() - started) / 1_000_000));
            Path data = running.data().directory();
            if (reached.addresses().isEmpty()) {
                Doctor.examine(reached, data, this::hear);
            } else {
                Doctor.examine(reached.addresses().stream()
                        .map(base -> new Wire(base, Headers.NONE, reached.secrets())).toList(), () -> reached, data, this::hear);
            }
            return reached.description();
        }
    }

    private void head(String described) {
        if (!json) {
            console.out().println(described);
            console.out().flush();
        }
    }

    private void hear(Finding finding) {
        findings.add(finding);
        if (!json) {
            print(finding);
        }
    }

    private void print(Finding finding) {
        Ansi ansi = console.coloursOut() ? Ansi.ON : Ansi.OFF;
        String mark = switch (finding.health()) {
            case OK -> ansi.string("@|green ok|@  ");
            case WARN -> ansi.string("@|yellow warn|@");
            case FAIL, BROKEN -> ansi.string("@|red fail|@");
        };
        String start = " ".repeat(6) + String.format("%-" + SUBJECT_WIDTH + "s", finding.subject());
        console.out().println(mark + start.substring(4)
                + Paragraph.hanging(finding.text(), start.length(), console.width()));
        if (finding.advice() != null) {
            String advice = " ".repeat(start.length()) + "→ ";
            console.out().println(advice + Paragraph.hanging(finding.advice(), advice.length(), console.width()));
        }
        if (finding.repeat() != null) {
            // In one line whatever its length, so that it can be taken as it is.
            console.out().println("      " + finding.repeat());
        }
        console.out().flush();
    }
}
