package dev.or3.tck.reference.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.connect.CommandTarget;
import dev.or3.tck.suites.plan.PlanContext;
import dev.or3.tck.suites.plan.PlanGenerator;
import dev.or3.tck.suites.plan.PlanGenerator.Kind;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Kills;
import dev.or3.tck.suites.run.PlanRunner;
import dev.or3.tck.suites.run.RunnerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference is killed by SIGKILL under load, and survives; its weakened twins do not, and the kit sees it. */
@Timeout(120)
class CrashTest {
    private static final long SEED = 42;
    private static final int KILLS = 6;
    private static final int PLANS_AT_MOST = 8;

    @TempDir
    Path directory;

    private CommandTarget start(Weakness weakness, int instances) {
        String command = "exec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -XX:TieredStopAtLevel=1"
                + " -XX:+UseSerialGC -Dsun.net.httpserver.nodelay=true -cp '" + System.getProperty("java.class.path") + "' "
                + WeakenedProcess.class.getName() + " " + weakness;
        return CommandTarget.start(new CommandTarget.Launch(command, directory, directory,
                Map.of("TMPDIR", directory.toString()), Duration.ofSeconds(30)), instances);
    }

    private static History run(CommandTarget target, PlanRunner runner, int number) {
        PlanContext context = PlanContext.of(target.manifest(), WireSchema.current(), 4).withKills();
        return runner.run(PlanGenerator.generate(Kind.KILL, SEED, number, context));
    }

    @Test
    void the_reference_survives_kills_with_requests_in_flight() {
        int inFlight = 0;
        int kills = 0;
        try (CommandTarget target = start(Weakness.NONE, 2)) {
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
            for (int i = 0; kills < KILLS; i++) {
                History history = run(target, runner, i);
                assertThat(HistoryChecker.check(history).violations()).as("plan %d", i).isEmpty();
                kills += Kills.of(history).all().size();
                inFlight += Kills.of(history).inFlight();
            }
        }
        System.out.println("killed " + kills + " times, with " + inFlight + " requests in flight");
        assertThat(inFlight).isPositive();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void a_weakened_twin_is_caught(Weakness weakness) {
        // Half a batch is seen by readers too, before any kill.
        Set<String> explaining = Set.of("DUR-02", "DUR-03", "PUSH-17");
        Set<String> rules = new TreeSet<>();
        try (CommandTarget target = start(weakness, 1)) {
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
            for (int i = 0; i < PLANS_AT_MOST && Collections.disjoint(rules, explaining); i++) {
                rules.addAll(HistoryChecker.check(run(target, runner, i)).violations().stream().map(Violation::rule)
                        .collect(Collectors.toSet()));
            }
        }
        System.out.println(weakness + ": " + rules);
        assertThat(rules).containsAnyElementsOf(explaining);
    }
}
