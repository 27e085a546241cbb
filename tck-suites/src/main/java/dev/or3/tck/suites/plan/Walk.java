package dev.or3.tck.suites.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.sessions.JqwikSession;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;

/**
 * Sequences of calls in which each follows from what the ones before have done: jqwik walks from state to state by the
 * moves that the state allows. Equal dice take equal walks.
 *
 * @param <S> what a move may know of the calls before it, with the script that it writes the next ones to
 */
final class Walk<S> {
    private static final int GENERATION_SIZE = 1000;

    private record Weighted<S>(int weight, Action<S> move) {
    }

    private final Supplier<S> start;
    private final List<Weighted<S>> moves = new ArrayList<>();

    private Walk(Supplier<S> start) {
        this.start = start;
    }

    static <S> Walk<S> from(Supplier<S> start) {
        return new Walk<>(start);
    }

    /**
     * A move.
     *
     * @param weight how often it is taken, against the others
     * @param when   whether a state allows it
     * @param values what it may be done with in a state that allows it
     * @param move   writes its calls down and what they change
     */
    <V> Walk<S> may(int weight, Predicate<S> when, Function<S, Arbitrary<V>> values, BiConsumer<S, V> move) {
        moves.add(new Weighted<>(weight, new Action.Dependent<S>() {
            @Override
            public boolean precondition(S state) {
                return when.test(state);
            }

            @Override
            public Arbitrary<Transformer<S>> transformer(S state) {
                return values.apply(state).map(value -> Transformer.mutate(String.valueOf(value), s -> move.accept(s, value)));
            }
        }));
        return this;
    }

    /** The state after so many moves. */
    S take(int steps, Dice dice) {
        List<S> last = new ArrayList<>();
        JqwikSession.run(() -> {
            ActionChainArbitrary<S> chains = ActionChain.startWith(start).withMaxTransformations(steps);
            for (Weighted<S> each : moves) {
                chains = chains.withAction(each.weight(), each.move());
            }
            last.add(chains.generator(GENERATION_SIZE, true).next(new Random(dice.bits())).value().run());
        });
        return last.get(0);
    }
}
