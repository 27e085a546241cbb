package dev.or3.tck.suites.minimize;

import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.plan.Action;
import dev.or3.tck.suites.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What is tried, and in which order: large things first, for each that goes makes every later try cheaper. */
final class Shrinking {
    /** Pairs are tried where there are at most this many steps. */
    private static final int STEPS_FOR_PAIRS = 24;
    private static final int ROUNDS = 4;
    private static final int MEASURED_RUNS = 20;
    /** Above this, a rate needs no watching. */
    private static final double SURE = 0.9;
    private static final int PLAIN_LIMIT = 100;

    /** Kinds of actions that are dropped as a whole, most disturbing first. */
    private static final List<Predicate<Action>> KINDS = List.of(
            Action.Disturb.class::isInstance, Reductions::restarts, Action.AdvanceClock.class::isInstance,
            Action.Collect.class::isInstance, Action.MoveCursor.class::isInstance, Action.Snapshot.class::isInstance,
            Action.Inspect.class::isInstance, Action.Raw.class::isInstance, Action.Transfer.class::isInstance,
            Action.Ask.class::isInstance);

    private final Search search;
    private final WireSchema schema;

    Shrinking(Search search, WireSchema schema) {
        this.search = search;
        this.schema = schema;
    }

    void run() {
        Slices.of(search.best()).stream().anyMatch(search::accept);
        search.remember();
        KINDS.forEach(kind -> search.accept(Reductions.without(plan(), kind)));
        IntStream.range(0, plan().clients().size()).map(i -> plan().clients().size() - 1 - i)
                .forEach(client -> search.accept(Reductions.withoutClient(plan(), client)));
        search.dropChunks(() -> plan().stages().size(), from -> to -> Reductions.withoutStages(plan(), from, to));
        search.accept(Tidying.tidy(plan()));
        search.remember();
        for (int round = 0; round < ROUNDS && search.hasTime() && improves(); round++) {
            // Each round tries again what only became possible by the one before.
        }
        simplify();
        search.accept(Tidying.tidy(plan()));
    }

    /** One round; false if nothing changed, or if the plan has become too rare to be worth more. */
    private boolean improves() {
        Trials.Failure before = search.best();
        double rate = search.rate();
        if (rate < SURE) {
            search.forgive();
        }
        search.dropChunks(() -> Reductions.steps(plan()), from -> to -> Reductions.withoutSteps(plan(), from, to));
        search.acceptEach(this::withoutPairs);
        search.acceptEach(this::lessParallel);
        search.dropChunks(() -> Reductions.operations(plan()), from -> to -> Reductions.withoutOperations(plan(), from, to));
        if (search.rate() < SURE && search.hasTime() && search.best() != before) {
            search.measure(MEASURED_RUNS);
            if (search.rate() < rate / 2) {
                search.goBack(before, rate);
            }
        }
        search.remember();
        return search.best() != before;
    }

    private List<Plan> withoutPairs() {
        List<Plan> candidates = new ArrayList<>();
        int steps = Reductions.steps(plan());
        for (int first = 0; first < steps && steps <= STEPS_FOR_PAIRS; first++) {
            for (int second = first + 1; second < steps; second++) {
                int one = first;
                int two = second;
                candidates.add(Reductions.withoutSteps(plan(), number -> number == one || number == two));
            }
        }
        return candidates;
    }

    private List<Plan> lessParallel() {
        List<Plan> candidates = new ArrayList<>();
        candidates.add(Reductions.sequential(plan()));
        for (int stage = 0; stage < plan().stages().size(); stage++) {
            if (plan().stages().get(stage).parallel()) {
                candidates.add(Reductions.sequential(plan(), stage));
            }
        }
        candidates.addAll(Reductions.movedOut(plan()));
        return candidates;
    }

    /** Makes what is left plainer: all at once, then one by one. */
    private void simplify() {
        PlainPayloads plain = new PlainPayloads(schema);
        if (!search.accept(Reductions.eachOperation(plan(), plain::of))) {
            for (int i = 0; i < Reductions.operations(plan()) && search.hasTime(); i++) {
                int wanted = i;
                int[] number = {0};
                search.accept(Reductions.eachOperation(plan(), operation -> number[0]++ == wanted ? plain.of(operation)
                        : operation));
            }
        }
        search.accept(Reductions.without(plan(), Action.Barrier.class::isInstance));
        search.accept(Reductions.eachAction(plan(), Shrinking::plain));
        int steps = Reductions.steps(plan());
        for (int i = 0; i < steps && search.hasTime(); i++) {
            int wanted = i;
            int[] number = {0};
            search.accept(Reductions.eachAction(plan(), action -> number[0]++ == wanted ? plain(action) : action));
        }
    }

    private static Action plain(Action action) {
        if (action instanceof Action.Push push) {
            return new Action.Push(push.space(), push.operations(), false);
        } else if (action instanceof Action.Pull pull) {
            return new Action.Pull(pull.space(), pull.from(), PLAIN_LIMIT, null);
        } else if (action instanceof Action.Drain drain) {
            return new Action.Drain(drain.space(), Action.Position.START, PLAIN_LIMIT, null);
        } else if (action instanceof Action.Snapshot snapshot) {
            return new Action.Snapshot(snapshot.space(), snapshot.handle(), PLAIN_LIMIT, snapshot.reading());
        }
        return action;
    }

    private Plan plan() {
        return search.current();
    }
}
