package dev.or3.tck.suites.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace(Map.of("push", 2, "pull", 10));

    @Test
    void what_is_allowed_is_counted_for_each_caller_and_kind() {
        pace.await("olga", "push");
        assertThat(pace.left("olga")).isEqualTo(0.5);
        assertThat(pace.left("vera")).isEqualTo(1);
        pace.await("olga", "pull");
        pace.await("olga", "push");
        pace.await("vera", "push");
        assertThat(pace.left("olga")).isZero();
    }

    @Test
    void one_more_waits_for_its_turn() {
        pace.await("olga", "push");
        pace.await("olga", "push");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> pace.await("olga", "push")).isInstanceOf(LostAnswerException.class)
                .hasMessageContaining("before it was sent");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void what_is_not_limited_never_waits() {
        for (int i = 0; i < 1000; i++) {
            pace.await("olga", "other");
        }
        assertThat(pace.left("olga")).isEqualTo(1);
        assertThat(new Pace(Map.of()).longest()).isEqualTo(Duration.ZERO);
        assertThat(pace.longest()).isGreaterThan(Duration.ofMinutes(1));
    }

    @Test
    void callers_take_turns_while_they_may_send_enough() {
        HostCallers callers = new HostCallers(Map.of("olga", "u1", "vera", "u2", "stan", "u3"), pace);
        assertThat(callers.next()).isEqualTo("u1");
        assertThat(callers.next()).isEqualTo("u3");
        pace.await("vera", "push");
        pace.await("vera", "push");
        assertThat(callers.next()).isEqualTo("u1");
        assertThat(callers.name("u2")).isEqualTo("vera");
        assertThat(callers.name("u9")).isNull();
    }
}
