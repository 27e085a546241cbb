package dev.or3.tck.suites.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.PlanContext;
import dev.or3.tck.suites.plan.PlanGenerator;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KillTest {
    private static final int PLANS = 60;

    private InProcessTarget target = InProcessTarget.temporary(new MemoryProviderFactory(), Map.of(), WireSchema.current(), 2);

    @AfterEach
    void close() {
        target.close();
    }

    private Plan plan(int number) {
        PlanContext context = PlanContext.of(target.manifest(), WireSchema.current(), 4).withKills();
        return PlanGenerator.generate(PlanGenerator.Kind.KILL, 5, number, context);
    }

    @Test
    void kills_meet_requests_in_flight_and_a_provider_that_commits_at_once_survives_them() {
        PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
        int kills = 0;
        int pushes = 0;
        for (int i = 0; i < PLANS; i++) {
            Plan plan = plan(i);
            History history = runner.run(plan);
            Kills met = Kills.of(history);
            assertThat(met.all()).as("kills of plan %d", i).hasSize(plan.kills());
            kills += met.all().size();
            for (Kills.Kill kill : met.all()) {
                Event killed = history.events().get(kill.event());
                assertThat(killed.isOk()).isTrue();
                for (int seq : kill.inFlight()) {
                    Event call = history.events().get(seq);
                    assertThat(call.invoked()).isLessThan(killed.invoked());
                    assertThat(call.outcome()).isEqualTo(Outcome.LOST);
                    pushes += call.call() instanceof Call.Push ? 1 : 0;
                }
            }
            assertThat(HistoryChecker.check(history).violations()).as("plan %d", i).isEmpty();
        }
        System.out.println(kills + " kills, " + pushes + " pushes in flight");
        // How many depends on how busy the machine is.
        assertThat(pushes).isGreaterThan(kills / 20);
    }
}
