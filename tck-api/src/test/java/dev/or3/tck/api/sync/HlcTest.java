package dev.or3.tck.api.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HlcTest {

    private static final String NODE = "abc12345";

    @Test
    void a_reading_is_written_in_padded_base_36() {
        assertThat(new Hlc(0, 0, NODE)).hasToString("000000000:000:abc12345");
        assertThat(new Hlc(1_700_000_000_000L, 37, NODE)).hasToString("0loyw3v28:011:abc12345");
        assertThat(new Hlc(Hlc.MAX_MILLIS, Hlc.MAX_COUNTER, NODE)).hasToString("zzzzzzzzz:zzz:abc12345");
    }

    @Test
    void a_reading_parses_back_from_its_text() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            Hlc hlc = any(random);
            assertThat(Hlc.parse(hlc.toString())).isEqualTo(hlc);
            assertThat(hlc.toString()).hasSize(22);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1000-0-a", "0loyw3v28:011:abc1234", "0loyw3v28:011:abc123456", "0LOYW3V28:011:abc12345",
            "loyw3v28:011:abc12345", "0loyw3v28:11:abc12345", "0loyw3v28:011:abc 2345", " 0loyw3v28:011:abc12345",
            "0loyw3v28:011:abc12345\n", "-loyw3v28:011:abc12345"})
    void another_shape_is_refused(String text) {
        assertThatThrownBy(() -> Hlc.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void parts_out_of_range_are_refused() {
        assertThatThrownBy(() -> new Hlc(-1, 0, NODE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Hlc(Hlc.MAX_MILLIS + 1, 0, NODE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Hlc(0, -1, NODE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Hlc(0, Hlc.MAX_COUNTER + 1, NODE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Hlc(0, 0, "short")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_order_is_time_then_counter_then_node_and_that_of_the_texts() {
        Comparator<Hlc> byParts = Comparator.comparingLong(Hlc::millis).thenComparingInt(Hlc::counter)
                .thenComparing(Hlc::node);
        Random random = new Random(2);
        for (int i = 0; i < 10_000; i++) {
            Hlc a = any(random);
            Hlc b = random.nextBoolean() ? any(random) : new Hlc(a.millis(), random.nextInt(3), node(random));
            int expected = Integer.signum(byParts.compare(a, b));
            assertThat(Integer.signum(a.compareTo(b))).as("%s and %s", a, b).isEqualTo(expected);
            assertThat(Integer.signum(a.toString().compareTo(b.toString()))).as("%s and %s", a, b).isEqualTo(expected);
        }
    }

    @Test
    void the_next_reading_is_greater_whatever_the_physical_time_does() {
        Random random = new Random(3);
        Hlc hlc = new Hlc(1_000_000, 0, NODE);
        for (int i = 0; i < 10_000; i++) {
            long now = hlc.millis() + random.nextInt(7) - 5;
            Hlc next = hlc.next(now);
            assertThat(next).isGreaterThan(hlc);
            assertThat(next.millis()).isGreaterThanOrEqualTo(now);
            hlc = next;
        }
    }

    @Test
    void a_counter_that_overflows_is_an_error_and_a_new_millisecond_starts_again_at_zero() {
        Hlc last = new Hlc(1_000, Hlc.MAX_COUNTER, NODE);
        assertThatThrownBy(() -> last.next(1_000)).isInstanceOf(IllegalStateException.class)
                .hasMessage("hlc counter overflow at 0000000rs:zzz:abc12345");
        assertThatThrownBy(() -> last.next(5)).isInstanceOf(IllegalStateException.class);
        assertThat(last.next(1_001)).isEqualTo(new Hlc(1_001, 0, NODE));
    }

    @Test
    void a_clock_ticks_past_whatever_it_has_seen() {
        Random random = new Random(4);
        Hlc.Clock clock = new Hlc.Clock(NODE, () -> 500 + random.nextInt(50));
        Hlc last = clock.tick();
        for (int i = 0; i < 5_000; i++) {
            Hlc seen = new Hlc(random.nextInt(600), random.nextInt(5), node(random));
            clock.observe(seen);
            Hlc tick = clock.tick();
            assertThat(tick).isGreaterThan(last);
            assertThat(tick.millis() > seen.millis() || tick.millis() == seen.millis() && tick.counter() > seen.counter())
                    .as("%s after seeing %s", tick, seen).isTrue();
            assertThat(tick.node()).isEqualTo(NODE);
            last = tick;
        }
    }

    @Test
    void one_clock_never_reads_the_same_for_two_threads() throws Exception {
        Hlc.Clock clock = new Hlc.Clock(NODE, () -> 7);
        ConcurrentLinkedQueue<Hlc> ticks = new ConcurrentLinkedQueue<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int i = 0; i < 2_000; i++) {
                    ticks.add(clock.tick());
                }
            }));
        }
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join(20_000);
        }
        assertThat(ticks).hasSize(8_000);
        assertThat(new HashSet<>(ticks)).hasSize(8_000);
    }

    private static Hlc any(Random random) {
        long millis = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> Hlc.MAX_MILLIS - random.nextInt(3);
            case 2 -> random.nextInt(100);
            default -> (random.nextLong() >>> 1) % (Hlc.MAX_MILLIS + 1);
        };
        int counter = random.nextBoolean() ? random.nextInt(40) : Hlc.MAX_COUNTER - random.nextInt(40);
        return new Hlc(millis, counter, node(random));
    }

    private static String node(Random random) {
        String letters = "0123456789ABCXYZabcxyz_-";
        StringBuilder node = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            node.append(letters.charAt(random.nextInt(letters.length())));
        }
        return node.toString();
    }
}
