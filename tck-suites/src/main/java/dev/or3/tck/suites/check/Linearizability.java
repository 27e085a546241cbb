package dev.or3.tck.suites.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Searches for one order of concurrent calls that a sequential model explains: Wing and Gong's search with Lowe's
 * memoisation over (calls already in the order, state). A call of unknown outcome may stand anywhere after its beginning, or
 * nowhere. The search is bounded; where the bound is hit it says so, and decides nothing. Stateless and safe for use by
 * several threads.
 */
public final class Linearizability {
    private Linearizability() {
    }

    /**
     * What a correct component does when nothing overlaps. States and calls are values with {@code equals} and
     * {@code hashCode}; where a correct component has a choice, several states follow.
     *
     * @param <S> states
     * @param <I> what is asked
     * @param <O> what is answered, refusals included
     */
    public interface Model<S, I, O> {

        /** The states in which a history may begin. */
        Collection<S> initial();

        /** The states after a call that was answered so; none if it cannot be answered so in this state. */
        Collection<S> step(S state, I input, O output);

        /** The states after a call that took effect without an answer. */
        Collection<S> stepUnanswered(S state, I input);

        /** Whether such a call changes no state whatever: knowing it shortens the search. */
        default boolean isRead(I input) {
            return false;
        }
    }

    /**
     * A call on the time line of its history. If {@code a.returned < b.invoked}, a comes before b in every order.
     *
     * @param id       what the caller knows it by
     * @param invoked  when it began
     * @param returned when its answer came; meaningless if unknown
     * @param input    what was asked
     * @param output   what was answered; null if unknown
     * @param unknown  whether it may take effect at any time after it began, or never
     */
    public record Operation<I, O>(int id, long invoked, long returned, I input, O output, boolean unknown) {

        public static <I, O> Operation<I, O> answered(int id, long invoked, long returned, I input, O output) {
            return new Operation<>(id, invoked, returned, input, output, false);
        }

        public static <I, O> Operation<I, O> unanswered(int id, long invoked, I input) {
            return new Operation<>(id, invoked, Long.MAX_VALUE, input, null, true);
        }

        private long end() {
            return unknown ? Long.MAX_VALUE : returned;
        }
    }

    /** Whether there is such an order. */
    public enum Answer { LINEARIZABLE, NOT_LINEARIZABLE, UNDECIDED }

    /**
     * @param answer   what was found out
     * @param explored how many configurations it took
     */
    public record Decision(Answer answer, int explored) {
    }

    /**
     * Decides whether an order exists.
     *
     * @param bound how many configurations to explore at most; beyond it the answer is undecided
     */
    public static <S, I, O> Decision decide(Model<S, I, O> model, List<Operation<I, O>> operations, int bound) {
        return new Search<>(model, operations, bound).run();
    }

    /**
     * The first answer that no order explains: the operation with the earliest return such that what happened until then is
     * not linearizable. Empty if the whole is linearizable, or the bound was hit.
     *
     * @return its id
     */
    public static <S, I, O> OptionalInt culprit(Model<S, I, O> model, List<Operation<I, O>> operations, int bound) {
        if (decide(model, operations, bound).answer() != Answer.NOT_LINEARIZABLE) {
            return OptionalInt.empty();
        }
        List<Operation<I, O>> answered = operations.stream().filter(operation -> !operation.unknown())
                .sorted(Comparator.comparingLong(Operation::returned)).toList();
        int holds = -1;
        int fails = answered.size() - 1;
        while (fails - holds > 1) {
            int middle = (holds + fails) >>> 1;
            List<Operation<I, O>> prefix = until(operations, answered.get(middle).returned());
            if (decide(model, prefix, bound).answer() == Answer.NOT_LINEARIZABLE) {
                fails = middle;
            } else {
                holds = middle;
            }
        }
        return fails < 0 ? OptionalInt.empty() : OptionalInt.of(answered.get(fails).id());
    }

    /** What was known at that time: calls still under way have no answer yet. */
    private static <I, O> List<Operation<I, O>> until(List<Operation<I, O>> operations, long time) {
        List<Operation<I, O>> prefix = new ArrayList<>();
        for (Operation<I, O> operation : operations) {
            if (operation.invoked() <= time) {
                prefix.add(operation.end() <= time ? operation
                        : Operation.unanswered(operation.id(), operation.invoked(), operation.input()));
            }
        }
        return prefix;
    }

    /**
     * Where a search stands: all operations before {@code from}, and those at {@code from} plus a bit of {@code beyond}, are
     * in the order; the one at {@code from} is not. So settled history costs nothing.
     */
    private record Configuration<S>(int from, BitSet beyond, S state) {

        boolean holds(int operation) {
            return operation < from || beyond.get(operation - from);
        }

        Configuration<S> with(int operation, S next) {
            if (operation > from) {
                BitSet more = (BitSet) beyond.clone();
                more.set(operation - from);
                return new Configuration<>(from, more, next);
            }
            int skip = beyond.nextClearBit(1);
            return new Configuration<>(from + skip, beyond.get(skip, Math.max(skip, beyond.length())), next);
        }
    }

    private static final class Search<S, I, O> {
        private final Model<S, I, O> model;
        private final List<Operation<I, O>> operations;
        private final int bound;
        private final Set<Configuration<S>> seen = new HashSet<>();
        private final Deque<Configuration<S>> open = new ArrayDeque<>();

        Search(Model<S, I, O> model, List<Operation<I, O>> operations, int bound) {
            this.model = model;
            this.bound = bound;
            this.operations = operations.stream().sorted(Comparator.comparingLong(Operation::invoked)).toList();
        }

        Decision run() {
            model.initial().forEach(state -> visit(new Configuration<>(0, new BitSet(), state)));
            while (!open.isEmpty()) {
                if (seen.size() > bound) {
                    return new Decision(Answer.UNDECIDED, seen.size());
                }
                Configuration<S> at = open.pop();
                List<Integer> candidates = candidates(at);
                if (candidates.isEmpty()) {
                    return new Decision(Answer.LINEARIZABLE, seen.size());
                }
                expand(at, candidates);
            }
            return new Decision(Answer.NOT_LINEARIZABLE, seen.size());
        }

        private void visit(Configuration<S> configuration) {
            if (seen.add(configuration)) {
                open.push(configuration);
            }
        }

        /** What may come next, the least urgent first; none once every answer is explained. */
        private List<Integer> candidates(Configuration<S> at) {
            List<Integer> candidates = new ArrayList<>();
            long firstReturn = Long.MAX_VALUE;
            boolean unexplained = false;
            for (int i = at.from(); i < operations.size() && operations.get(i).invoked() <= firstReturn; i++) {
                if (!at.holds(i)) {
                    candidates.add(i);
                    firstReturn = Math.min(firstReturn, operations.get(i).end());
                    unexplained |= !operations.get(i).unknown();
                }
            }
            if (!unexplained) {
                return List.of();
            }
            candidates.sort(Comparator.comparingLong((Integer i) -> operations.get(i).end()).reversed());
            return candidates;
        }

        private void expand(Configuration<S> at, List<Integer> candidates) {
            List<Configuration<S>> followers = new ArrayList<>();
            for (int i : candidates) {
                Operation<I, O> operation = operations.get(i);
                Collection<S> states = operation.unknown() ? model.stepUnanswered(at.state(), operation.input())
                        : model.step(at.state(), operation.input(), operation.output());
                if (model.isRead(operation.input()) && states.size() == 1 && states.contains(at.state())) {
                    // It may stand here, and no other call could tell: no order is lost by putting it here at once.
                    visit(at.with(i, at.state()));
                    return;
                }
                for (S state : states) {
                    // An unknown call that would change nothing may as well come later, or never.
                    if (!operation.unknown() || !state.equals(at.state())) {
                        followers.add(at.with(i, state));
                    }
                }
            }
            followers.forEach(this::visit);
        }
    }
}
