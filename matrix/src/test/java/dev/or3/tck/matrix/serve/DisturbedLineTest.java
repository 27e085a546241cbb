package dev.or3.tck.matrix.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.connect.HttpTarget;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import dev.or3.tck.suites.line.LineFault;
import dev.or3.tck.suites.plan.ExamplePlans;
import dev.or3.tck.suites.plan.Feature;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.PlanContext;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.PlanRunner;
import dev.or3.tck.suites.run.RunnerOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** DUR-07 over real connections: two addresses of one provider, and a proxy before each. */
@Timeout(240)
class DisturbedLineTest {
    @TempDir
    Path directory;

    private interface Look {
        void at(Plan plan, History history);
    }

    private void examples(Map<String, String> settings, Look look) throws Exception {
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (Provider memory = new MemoryProviderFactory().open(ProviderConfig.in(directory).with(settings));
                ProtocolServer one = ProtocolServer.start(memory, anywhere);
                ProtocolServer two = ProtocolServer.start(memory, anywhere);
                HttpTarget target = HttpTarget.open(List.of(one.address(), two.address()))) {
            PlanContext context = PlanContext.of(target.manifest(), WireSchema.current(), 4);
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
            for (Plan plan : ExamplePlans.all(context)) {
                if (plan.features().contains(Feature.LINE)) {
                    look.at(plan, runner.run(plan));
                }
            }
        }
    }

    @Test
    void a_correct_provider_survives_whatever_the_line_does() throws Exception {
        Set<String> told = new HashSet<>();
        long[] premises = {0};
        examples(Map.of(), (plan, history) -> {
            assertThat(HistoryChecker.check(history).violations()).as(plan.name()).isEmpty();
            premises[0] += HistoryChecker.check(history).exercised().getOrDefault("DUR-07", 0L);
            history.events().stream().filter(event -> event.error() != null).forEach(event -> told.add(event.error().code()));
        });

        assertThat(told).contains(LineFault.CUT_BEFORE.name(), LineFault.CUT_IN_REQUEST.name(),
                LineFault.ANSWER_DROPPED.name(), LineFault.CUT_IN_ANSWER.name(), LineFault.DUPLICATED.name())
                .doesNotContain("LOST", "TIMEOUT");
        assertThat(premises[0]).isPositive();
        assertThat(Thread.getAllStackTraces().keySet()).as("threads that pass calls on").noneMatch(
                thread -> thread.getName().startsWith("or3-tck fault proxy accepts"));
    }

    /** It differs from a replay by its count of attempts alone: only answers that get lost bring it about. */
    @Test
    void a_provider_that_refuses_retries_does_not() throws Exception {
        Set<String> violated = new HashSet<>();
        examples(Map.of(MemoryProviderFactory.FAULT_SETTING, "B101"), (plan, history) ->
                HistoryChecker.check(history).violations().stream().map(Violation::rule).forEach(violated::add));

        assertThat(violated).containsExactly("DUR-07");
    }
}
