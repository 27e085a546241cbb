package dev.or3.tck.suites.minimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.result.Counterexample;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.plan.Action;
import dev.or3.tck.suites.plan.Plan;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StorytellerTest {
    private static final Plan PLAN = new Plan("race/replay", 5, 17, Set.of(), List.of(Plan.Space.of(Role.OWNER)),
            List.of(new Plan.Client(0, 0, "device-0"), new Plan.Client(0, 0, "device-1")),
            List.of(new Plan.Stage(true, List.of(new Plan.Step(0, new Action.Barrier(1))))));
    private static final Counterexample.Reproduction OFTEN = new Counterexample.Reproduction(20, 14,
            Counterexample.Reproduction.RACE);

    private final HandmadeHistory made = new HandmadeHistory();

    @Test
    void callsAndAnswersAreShortAndNameOperationsByTheirFirstSender() {
        int first = made.operation("k1", 5);
        int second = made.operation("a-very-long-key-of-this-run", 6);
        made.push(0, first, 1);
        made.push(1, second, 2);
        made.push(1, first, 3);
        made.pull(0, 0, first, second, first);

        Counterexample told = tell(violation(List.of(0, 2), List.of(1L, 3L)));

        assertThat(told.timeline()).extracting(Counterexample.Moment::call).containsExactly(
                "push [a1 put threads/k1 clock 5]", "push [b1 put threads/k2 clock 6]", "push [a1 put threads/k1 clock 5]",
                "pull above 0, limit 100");
    }

    @Test
    void namesStayApart() {
        int first = made.operation("plain", 5);
        int second = made.operation("a-very-long-key-of-this-run", 6);
        int likeness = made.likeness(first, 9);
        made.push(0, first, 1);
        made.push(1, second, 2);
        made.push(1, likeness, 1);

        assertThat(tell(violation(List.of(0, 2), List.of(1L))).timeline()).extracting(Counterexample.Moment::call)
                .containsExactly("push [a1 put threads/plain clock 5]", "push [b1 put threads/k1 clock 6]",
                        "push [a1′ put threads/k clock 9]");
    }

    @Test
    void answersSayWhatWasAcknowledgedShownAlteredOrLost() {
        int first = made.operation("x", 5);
        made.push(0, first, 4);
        made.lostPush(1, first);
        made.pull(1, 3, first);
        made.pullAltered(1, 4, first);

        assertThat(tell(violation(List.of(3), List.of(4L))).timeline()).extracting(Counterexample.Moment::answer)
                .containsExactly("a1 → v4", "no answer", "v4 a1; next 4", "v4 a1 altered; next 4, more");
    }

    @Test
    void theStripShowsGapsAndContradictions() {
        int first = made.operation("x", 5);
        int second = made.operation("y", 5);
        made.push(0, first, 1);
        made.push(0, second, 3);
        made.push(1, second, 1);

        assertThat(tell(violation(List.of(0, 2), List.of(2L, 1L))).versions()).containsExactly(
                new Counterexample.Slot(1, "a1 | a2", true), new Counterexample.Slot(2, null, true),
                new Counterexample.Slot(3, "a2", false));
    }

    @Test
    void longIdsInTheSentenceGiveWayToNames() {
        made.push(0, made.operation("x", 5), 1);
        Violation violation = new Violation("PUSH-05", "because client 0 saw that " + HandmadeHistory.opId(0) + " got version 1 of "
                + HandmadeHistory.WORKSPACE + ", yet nothing", "one", "two", HandmadeHistory.WORKSPACE, List.of(0),
                List.of(1L));

        assertThat(tell(violation).sentence()).isEqualTo("because c1 saw that a1 got version 1 of w1, yet nothing");
    }

    @Test
    void aLongHistoryIsToldByItsWitnessesAndTheirNeighbours() {
        for (int i = 1; i <= 200; i++) {
            made.push(i % 2, made.operation("x", i), i);
        }
        int late = made.operation("late", 1);
        made.push(0, late, 201);
        made.pull(1, 9, 9);
        Counterexample told = tell(violation(List.of(9, 201), List.of(10L)));

        assertThat(told.timeline()).hasSize(12).extracting(Counterexample.Moment::seq).contains(9, 201, 8, 10, 200)
                .isSorted();
        assertThat(told.timeline()).filteredOn(Counterexample.Moment::witness).extracting(Counterexample.Moment::seq)
                .containsExactly(9, 201);
    }

    @Test
    void causesSeedAndPlanComeAlong() {
        made.push(0, made.operation("x", 5), 1);
        Counterexample told = tell(violation(List.of(0), List.of(1L)));

        assertThat(told.causes()).isEqualTo(Catalogue.current().rule("PUSH-05").causes());
        assertThat(told.seed()).isEqualTo(5);
        assertThat(told.plan()).isEqualTo("17");
        assertThat(told.timeline().get(0).client()).isEqualTo("c1 (w1, d1)");
        assertThat(told.reproduction()).isEqualTo(OFTEN);
    }

    private static Violation violation(List<Integer> witnesses, List<Long> versions) {
        return new Violation("PUSH-05", "because … yet …", "1 to 3", "1, 3", HandmadeHistory.WORKSPACE, witnesses,
                versions);
    }

    private Counterexample tell(Violation violation) {
        return Storyteller.tell(violation, made.history(), PLAN, OFTEN, "c.json", "./or3-tck replay c.json");
    }
}
