package dev.or3.tck.suites.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.suites.check.Linearizability.Answer;
import dev.or3.tck.suites.check.Linearizability.Model;
import dev.or3.tck.suites.check.Linearizability.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinearizabilityTest {
    private static final int BOUND = 100_000;

    @Test
    void a_read_may_see_the_old_or_the_new_value_while_a_write_is_under_way() {
        for (int seen : new int[] {0, 1}) {
            assertThat(register(write(1, 1, 10), read(seen, 2, 9))).isEqualTo(Answer.LINEARIZABLE);
        }
        assertThat(register(write(1, 1, 10), read(2, 2, 9))).isEqualTo(Answer.NOT_LINEARIZABLE);
    }

    @Test
    void a_read_after_a_write_returned_sees_it() {
        assertThat(register(write(1, 1, 2), read(0, 3, 4))).isEqualTo(Answer.NOT_LINEARIZABLE);
        assertThat(register(write(1, 1, 2), read(1, 3, 4))).isEqualTo(Answer.LINEARIZABLE);
    }

    @Test
    void what_one_read_has_seen_a_later_read_does_not_unsee() {
        assertThat(register(write(1, 1, 10), read(1, 2, 3), read(0, 4, 5))).isEqualTo(Answer.NOT_LINEARIZABLE);
        assertThat(register(write(1, 1, 10), read(0, 2, 3), read(1, 4, 5))).isEqualTo(Answer.LINEARIZABLE);
    }

    @Test
    void two_readers_do_not_see_two_writes_in_opposite_orders() {
        assertThat(register(write(1, 1, 100), write(2, 1, 100), read(1, 2, 3), read(2, 4, 5), read(1, 6, 7)))
                .isEqualTo(Answer.NOT_LINEARIZABLE);
    }

    @Test
    void a_lost_write_may_take_effect_late_or_never() {
        Operation<String, Integer> lost = Operation.unanswered(9, 1, "write 7");
        assertThat(register(lost, read(0, 2, 3), read(7, 50, 51))).isEqualTo(Answer.LINEARIZABLE);
        assertThat(register(lost, read(0, 2, 3), read(0, 50, 51))).isEqualTo(Answer.LINEARIZABLE);
        assertThat(register(lost, read(7, 2, 3), read(0, 50, 51))).isEqualTo(Answer.NOT_LINEARIZABLE);
        assertThat(register(read(7, 2, 3), Operation.unanswered(9, 4, "write 7"))).isEqualTo(Answer.NOT_LINEARIZABLE);
    }

    @Test
    void a_queue_hands_an_element_out_once_and_in_order() {
        assertThat(queue(enqueue(1, 1, 2), enqueue(2, 3, 4), dequeue(1, 5, 8), dequeue(2, 6, 7)))
                .isEqualTo(Answer.LINEARIZABLE);
        assertThat(queue(enqueue(1, 1, 2), enqueue(2, 3, 4), dequeue(2, 5, 6), dequeue(1, 7, 8)))
                .isEqualTo(Answer.NOT_LINEARIZABLE);
        assertThat(queue(enqueue(1, 1, 2), dequeue(1, 3, 8), dequeue(1, 4, 7))).isEqualTo(Answer.NOT_LINEARIZABLE);
        assertThat(queue(enqueue(1, 1, 9), enqueue(2, 2, 8), dequeue(2, 10, 11), dequeue(1, 12, 13)))
                .isEqualTo(Answer.LINEARIZABLE);
    }

    @Test
    void the_culprit_is_the_first_answer_that_no_order_explains() {
        List<Operation<String, Integer>> history = List.of(
                Operation.answered(0, 1, 20, "write 1", null),
                Operation.answered(1, 2, 3, "read", 1),
                Operation.answered(2, 4, 5, "read", 0),
                Operation.answered(3, 6, 7, "read", 1));
        assertThat(Linearizability.culprit(new Register(), history, BOUND)).hasValue(2);
        assertThat(Linearizability.culprit(new Register(), history.subList(0, 2), BOUND)).isEmpty();
    }

    @Test
    void a_choice_of_the_component_may_go_either_way_and_is_held_to_afterwards() {
        Model<Integer, String, Integer> coin = new Register() {
            @Override
            public Collection<Integer> step(Integer state, String input, Integer output) {
                return input.equals("toss") ? Set.of(1, 2) : super.step(state, input, output);
            }
        };
        Operation<String, Integer> toss = Operation.answered(0, 1, 2, "toss", null);
        assertThat(decide(coin, List.of(toss, read(2, 3, 4), read(2, 5, 6)))).isEqualTo(Answer.LINEARIZABLE);
        assertThat(decide(coin, List.of(toss, read(2, 3, 4), read(1, 5, 6)))).isEqualTo(Answer.NOT_LINEARIZABLE);
    }

    @Test
    void a_bound_that_is_hit_decides_nothing() {
        List<Operation<String, Integer>> storm = new ArrayList<>(
                IntStream.range(0, 14).mapToObj(i -> write(i, 1, 100)).toList());
        storm.add(read(99, 101, 102));
        Linearizability.Decision decision = Linearizability.decide(new Register(), storm, 500);
        assertThat(decision.answer()).isEqualTo(Answer.UNDECIDED);
        assertThat(decision.explored()).isBetween(500, 1_000);
        assertThat(decide(new Register(), storm.subList(0, 8))).isEqualTo(Answer.LINEARIZABLE);
    }

    @Test
    void it_agrees_with_trying_every_order() {
        Random random = new Random(7);
        int rejected = 0;
        for (int round = 0; round < 3_000; round++) {
            List<Operation<String, Integer>> history = randomHistory(random);
            boolean explained = anyOrder(new ArrayList<>(history), new ArrayList<>());
            assertThat(decide(new Register(), history)).describedAs("%s", history)
                    .isEqualTo(explained ? Answer.LINEARIZABLE : Answer.NOT_LINEARIZABLE);
            rejected += explained ? 0 : 1;
        }
        assertThat(rejected).isBetween(300, 2_700);
    }

    @Test
    void ten_thousand_settled_calls_cost_ten_thousand_steps() {
        List<Operation<String, Integer>> history = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            history.add(write(i, 4L * i, 4L * i + 1));
            history.add(read(i, 4L * i + 2, 4L * i + 3));
        }
        assertThat(Linearizability.decide(new Register(), history, BOUND).explored()).isLessThan(10_100);
    }

    private static List<Operation<String, Integer>> randomHistory(Random random) {
        List<Integer> ends = new ArrayList<>(IntStream.range(0, 10).boxed().toList());
        Collections.shuffle(ends, random);
        List<Operation<String, Integer>> history = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int from = Math.min(ends.get(2 * i), ends.get(2 * i + 1));
            int to = Math.max(ends.get(2 * i), ends.get(2 * i + 1));
            int value = random.nextInt(3);
            boolean isWrite = random.nextBoolean();
            if (isWrite && random.nextInt(4) == 0) {
                history.add(Operation.unanswered(i, from, "write " + value));
            } else {
                history.add(isWrite ? write(value, from, to) : read(value, from, to));
            }
        }
        return history;
    }

    /** Every permutation of every choice of the unknown calls: the definition, too plain to share a mistake with. */
    private static boolean anyOrder(List<Operation<String, Integer>> left, List<Operation<String, Integer>> order) {
        if (left.stream().allMatch(Operation::unknown) && replays(order)) {
            return true;
        }
        for (Operation<String, Integer> next : List.copyOf(left)) {
            if (left.stream().noneMatch(other -> !other.unknown() && other.returned() < next.invoked())) {
                left.remove(next);
                order.add(next);
                boolean found = anyOrder(left, order);
                order.remove(order.size() - 1);
                left.add(next);
                if (found) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean replays(List<Operation<String, Integer>> order) {
        int value = 0;
        for (Operation<String, Integer> operation : order) {
            if (operation.input().equals("read") && operation.output() != value) {
                return false;
            }
            value = operation.input().equals("read") ? value : Integer.parseInt(operation.input().substring(6));
        }
        return true;
    }

    private static Operation<String, Integer> write(int value, long from, long to) {
        return Operation.answered(0, from, to, "write " + value, null);
    }

    private static Operation<String, Integer> read(int value, long from, long to) {
        return Operation.answered(0, from, to, "read", value);
    }

    private static Operation<String, Integer> enqueue(int value, long from, long to) {
        return Operation.answered(0, from, to, "enqueue " + value, null);
    }

    private static Operation<String, Integer> dequeue(int value, long from, long to) {
        return Operation.answered(0, from, to, "dequeue", value);
    }

    @SafeVarargs
    private static Answer register(Operation<String, Integer>... operations) {
        return decide(new Register(), List.of(operations));
    }

    @SafeVarargs
    private static Answer queue(Operation<String, Integer>... operations) {
        return decide(new Queue(), List.of(operations));
    }

    private static <S> Answer decide(Model<S, String, Integer> model, List<Operation<String, Integer>> operations) {
        return Linearizability.decide(model, operations, BOUND).answer();
    }

    /** Holds one number, 0 at first. */
    private static class Register implements Model<Integer, String, Integer> {
        @Override
        public Collection<Integer> initial() {
            return Set.of(0);
        }

        @Override
        public Collection<Integer> step(Integer state, String input, Integer output) {
            if (input.equals("read")) {
                return state.equals(output) ? Set.of(state) : Set.of();
            }
            return stepUnanswered(state, input);
        }

        @Override
        public Collection<Integer> stepUnanswered(Integer state, String input) {
            return Set.of(input.equals("read") ? state : Integer.valueOf(input.substring(6)));
        }

        @Override
        public boolean isRead(String input) {
            return input.equals("read");
        }
    }

    /** First in, first out. */
    private static final class Queue implements Model<List<Integer>, String, Integer> {
        @Override
        public Collection<List<Integer>> initial() {
            return Set.of(List.of());
        }

        @Override
        public Collection<List<Integer>> step(List<Integer> state, String input, Integer output) {
            if (input.equals("dequeue")) {
                return !state.isEmpty() && state.get(0).equals(output)
                        ? Set.of(List.copyOf(state.subList(1, state.size()))) : Set.of();
            }
            return stepUnanswered(state, input);
        }

        @Override
        public Collection<List<Integer>> stepUnanswered(List<Integer> state, String input) {
            if (input.equals("dequeue")) {
                return Set.of(state.isEmpty() ? state : List.copyOf(state.subList(1, state.size())));
            }
            List<Integer> longer = new ArrayList<>(state);
            longer.add(Integer.valueOf(input.substring(8)));
            return Set.of(List.copyOf(longer));
        }
    }
}
