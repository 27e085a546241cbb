package dev.or3.tck.suites.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Manifest.Component;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.api.admin.Admin;
import dev.or3.tck.api.admin.Admin.Action;
import dev.or3.tck.api.admin.Admin.Warning;
import dev.or3.tck.api.config.Configuration;
import dev.or3.tck.api.config.Configuration.Health;
import dev.or3.tck.api.config.Configuration.Reachability;
import dev.or3.tck.api.result.ProviderState;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StateProbeTest {
    private static final Duration LIMIT = Duration.ofMillis(500);

    /** A provider of these components, each of which answers every question with the same. */
    private record Answering(Set<String> components, Supplier<Object> answer) implements ProviderFactory, Provider {
        @Override
        public String id() {
            return "answering";
        }

        @Override
        public Provider open(ProviderConfig config) {
            return this;
        }

        @Override
        public Manifest manifest() {
            return new Manifest(1, new Manifest.Identity("answering", "answering", "1"), null,
                    components.stream().collect(Collectors.toMap(name -> name, name -> Component.with())), null, null,
                    false, null);
        }

        @Override
        public Admin admin() {
            return answering(Admin.class);
        }

        @Override
        public Configuration configuration() {
            return answering(Configuration.class);
        }

        private <T> T answering(Class<T> component) {
            return component.cast(Proxy.newProxyInstance(component.getClassLoader(), new Class<?>[] {component},
                    (proxy, method, arguments) -> answer.get()));
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static ProviderState state(Set<String> components, Supplier<Object> answer) {
        try (Target target = InProcessTarget.temporary(new Answering(components, answer),
                Map.of("A_SECRET", "hush-hush-hush", "BACKEND_PROVIDER", "its own"), WireSchema.current(), 1)) {
            return StateProbe.of(target, LIMIT);
        }
    }

    @Test
    void status_warnings_and_actions_are_told() {
        try (Target target = InProcessTarget.temporary(new MemoryProviderFactory(), Map.of(), WireSchema.current(), 1)) {
            ProviderState state = StateProbe.of(target, LIMIT);
            assertThat(state.details().parse().path("storage").asText()).isEqualTo("memory");
            assertThat(state.warnings()).extracting(Warning::level).containsExactly("warning");
            assertThat(state.actions()).extracting(Action::id).contains("count-rows");
            assertThat(state.unanswered()).isEmpty();
        }
    }

    @Test
    void backends_are_counted_and_those_in_trouble_named() {
        ProviderState state = state(Set.of("config"), () -> Arrays.asList(
                new Health("a", "c", "notion", Reachability.ONLINE, 5L, 1L),
                new Health("b", "c", "convex", Reachability.OFFLINE, null, 1L), null));
        assertThat(state.backends().online()).isEqualTo(1);
        assertThat(state.backends().offline()).isEqualTo(1);
        assertThat(state.backends().troubled()).extracting(Health::orgId).containsExactly("b");
    }

    @Test
    void who_has_no_component_for_it_has_no_state() {
        assertThat(state(Set.of("sync"), () -> null)).isNull();
    }

    @Test
    void a_failure_to_answer_is_told_without_secrets() {
        assertThat(state(Set.of("admin"), () -> {
            throw new IllegalStateException("broken, with hush-hush-hush");
        }).unanswered()).singleElement().asString().contains("admin.getStatus").contains("broken")
                .doesNotContain("hush-hush");
        assertThat(state(Set.of("admin"), () -> null).unanswered()).containsExactly("admin.getStatus answered null");
        CountDownLatch never = new CountDownLatch(1);
        assertThat(state(Set.of("admin"), () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        }).unanswered()).singleElement().asString().contains("did not end");
    }

    @Test
    void what_is_endless_is_cut_and_what_is_missing_let_be() {
        ProviderState state = state(Set.of("admin"), () -> new Admin.ProviderStatus(new JsonText("\"" + "x".repeat(1 << 20)
                + "\""), Arrays.asList(new Warning("info", "hush-hush-hush " + "y".repeat(1 << 20)), null), null));
        assertThat(state.details().text()).contains("omitted").hasSizeLessThan(100);
        assertThat(state.warnings()).singleElement().satisfies(warning ->
                assertThat(warning.message()).hasSizeLessThan(3000).doesNotContain("hush-hush"));
        assertThat(state.actions()).isEmpty();
    }
}
