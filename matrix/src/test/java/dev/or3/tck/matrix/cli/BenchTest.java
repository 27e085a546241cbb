package dev.or3.tck.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.matrix.serve.ProtocolServer;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {

    @Test
    void the_benchmarks_are_listed_without_being_run() {
        Ran ran = Ran.or3Tck("bench", "--list");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("sqlite: ").doesNotContain("at least");
    }

    @Test
    void a_served_provider_is_driven_beside_a_bare_load_within_the_time_given(@TempDir Path directory) throws Exception {
        try (Provider memory = new MemoryProviderFactory().open(ProviderConfig.in(directory));
                ProtocolServer server = ProtocolServer.start(memory,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Ran ran = Ran.or3Tck("bench", "--budget", "1s", "--url", server.address().toString());

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out()).contains("push by 1, 1 connection: bare", "push by 1, 1 connection: the kit, p99",
                    "pull by 1000, 8 connections: share of bare", "share of the bare load in all");
        }
    }

    @Test
    void a_bare_load_speaks_plain_http_to_one_address() {
        assertThat(Ran.or3Tck("bench", "--url", "https://127.0.0.1:1").err()).contains("plain http only");
        assertThat(Ran.or3Tck("bench", "sqlite", "--url", "http://127.0.0.1:1").exitCode()).isEqualTo(2);
        assertThat(Ran.or3Tck("bench", "--url", "http://127.0.0.1:1").exitCode()).isEqualTo(3);
    }

    @Test
    void an_unknown_benchmark_is_answered_with_those_there_are() {
        Ran ran = Ran.or3Tck("bench", "sqlit");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("no benchmark is called 'sqlit'; did you mean 'sqlite'? Known are ");
    }
}
