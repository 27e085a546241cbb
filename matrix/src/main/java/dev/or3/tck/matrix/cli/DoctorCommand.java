package dev.or3.tck.matrix.cli;

import dev.or3.tck.matrix.doctor.Doctor;
import dev.or3.tck.matrix.doctor.Finding;
import dev.or3.tck.matrix.doctor.Finding.Health;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;

/** Looks a provider over. */
@Command(name = "doctor", mixinStandardHelpOptions = true,
        description = "Looks whether a provider can be certified: does it start, is its manifest sound and true, do its "
                + "controls work? Exits 0 unless something fails.")
final class DoctorCommand implements Callable<Integer> {
    private static final int SUBJECT_WIDTH = 26;

    private final Console console;

    @Mixin
    private TargetOptions target;

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Map<Health, Integer> counts = new EnumMap<>(Health.class);
        long started = System.nanoTime();
        try (TargetChoice.Running running = target.start(console)) {
            long millis = (System.nanoTime() - started) / 1_000_000;
            console.out().printf(Locale.ROOT, "%s, started in %d ms%n", running.target().description(), millis);
            Doctor.examine(running.target(), running.data().directory(), finding -> {
                counts.merge(finding.health(), 1, Integer::sum);
                print(finding);
            });
        }
        int failed = counts.getOrDefault(Health.FAIL, 0);
        console.out().printf(Locale.ROOT, "%d ok, %d to look at, %d failed. %s%n", counts.getOrDefault(Health.OK, 0),
                counts.getOrDefault(Health.WARN, 0), failed,
                failed == 0 ? "Next: or3-tck certify --level smoke" : "Correct what failed before you certify.");
        return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(Finding finding) {
        Ansi ansi = console.coloursOut() ? Ansi.ON : Ansi.OFF;
        String mark = switch (finding.health()) {
            case OK -> ansi.string("@|green ok|@  ");
            case WARN -> ansi.string("@|yellow warn|@");
            case FAIL -> ansi.string("@|red fail|@");
        };
        String start = " ".repeat(6) + String.format("%-" + SUBJECT_WIDTH + "s", finding.subject());
        console.out().println(mark + start.substring(4)
                + Paragraph.hanging(finding.text(), start.length(), console.width()));
        if (finding.advice() != null) {
            String advice = " ".repeat(start.length()) + "→ ";
            console.out().println(advice + Paragraph.hanging(finding.advice(), advice.length(), console.width()));
        }
        console.out().flush();
    }
}
