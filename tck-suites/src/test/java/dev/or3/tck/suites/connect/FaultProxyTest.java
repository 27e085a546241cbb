package dev.or3.tck.suites.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.suites.line.LineFault;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FaultProxyTest {
    private static final Caller CALLER = Caller.of("u", "w");
    private static final byte[] ANSWER = RawServer.json("{'ok':true,'result':{'results':[],'serverVersion':7}}");
    private static final PushRequest PUSH = push(10);

    private RawServer server;
    private DisturbedLine line;

    @AfterEach
    void close() throws IOException {
        if (line != null) {
            line.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static PushRequest push(int characters) {
        return new PushRequest(new Scope("w"), List.of(new Operation("b", "kv", "put", "k",
                new JsonText(Json.write(Map.of("id", "k", "name", "x".repeat(characters)))),
                new Stamp("d", "00000000-0000-4000-8000-000000000000", "h", 1), 1, 0, "pending")));
    }

    private Sync over(URI address, LineFault fault) {
        line = new DisturbedLine(new Endpoint(Endpoint.newClient(), address, Duration.ofSeconds(10)));
        return line.sync(fault);
    }

    private Sync over(LineFault fault, RawServer.Behaviour behaviour) throws IOException {
        server = RawServer.start(behaviour);
        return over(server.address(), fault);
    }

    private static void plain(String head, OutputStream out) throws IOException {
        RawServer.write(out, "HTTP/1.1 200 OK\r\ncontent-length: " + ANSWER.length + "\r\n\r\n");
        out.write(ANSWER);
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("or3-tck fault proxy")).count();
    }

    @ParameterizedTest
    @CsvSource({"NONE, 1", "DELAYED, 1", "DUPLICATED, 2"})
    void a_call_that_is_answered_reaches_the_server_as_often_as_it_was_sent(LineFault fault, int times) throws IOException {
        Sync sync = over(fault, FaultProxyTest::plain);

        for (int call = 1; call <= 5; call++) {
            assertThat(sync.push(CALLER, PUSH).serverVersion()).isEqualTo(7);
            assertThat(server.requests()).hasSize(times * call);
        }
        assertThat(server.requests()).allSatisfy(head -> assertThat(head).startsWith("POST /tck/v1/call HTTP/1.1\r\n")
                .contains("Host: " + server.address().getAuthority() + "\r\n"));
    }

    @ParameterizedTest
    @CsvSource({"CUT_BEFORE, 0", "ANSWER_DROPPED, 1", "CUT_IN_ANSWER, 1"})
    void a_call_that_is_lost_tells_what_was_done_to_it(LineFault fault, int times) throws IOException {
        Sync sync = over(fault, FaultProxyTest::plain);

        for (int call = 1; call <= 3; call++) {
            assertThatThrownBy(() -> sync.push(CALLER, PUSH)).isInstanceOfSatisfying(LostAnswerException.class,
                    lost -> assertThat(lost.code()).isEqualTo(fault.name())).hasMessageContaining(fault.words());
            assertThat(server.requests()).hasSize(times * call);
        }
    }

    @Test
    void half_of_a_request_that_is_cut_reaches_the_server() throws Exception {
        CompletableFuture<byte[]> received = new CompletableFuture<>();
        try (ServerSocket counting = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread reader = new Thread(() -> {
                try (Socket socket = counting.accept()) {
                    received.complete(socket.getInputStream().readAllBytes());
                } catch (IOException e) {
                    received.completeExceptionally(e);
                }
            });
            reader.setDaemon(true);
            reader.start();
            Sync sync = over(URI.create("http://127.0.0.1:" + counting.getLocalPort()), LineFault.CUT_IN_REQUEST);

            assertThatThrownBy(() -> sync.push(CALLER, push(100_000))).isInstanceOfSatisfying(LostAnswerException.class,
                    lost -> assertThat(lost.code()).isEqualTo("CUT_IN_REQUEST"));
            String text = new String(received.get(10, TimeUnit.SECONDS), StandardCharsets.ISO_8859_1);
            int whole = text.indexOf("\r\n\r\n") + 4 + Integer.parseInt(
                    text.replaceAll("(?is).*?content-length: *(\\d+).*", "$1"));
            assertThat(text).startsWith("POST /tck/v1/call").hasSize(whole / 2);
        }
    }

    @Test
    void both_requests_of_a_doubled_call_are_under_way_at_the_same_time() throws IOException {
        CyclicBarrier both = new CyclicBarrier(2);
        Sync sync = over(LineFault.DUPLICATED, (head, out) -> {
            try {
                both.await(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IOException("the other request did not come", e);
            }
            plain(head, out);
        });

        assertThat(sync.push(CALLER, PUSH).serverVersion()).isEqualTo(7);
    }

    @Test
    void answers_in_chunks_and_until_the_end_of_the_connection_pass_whole() throws IOException {
        Sync chunked = over(LineFault.NONE, (head, out) -> {
            RawServer.write(out, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (byte each : ANSWER) {
                RawServer.write(out, "1;x=y\r\n" + (char) each + "\r\n");
            }
            RawServer.write(out, "0\r\ntrailer: t\r\n\r\n");
        });
        assertThat(chunked.push(CALLER, PUSH).serverVersion()).isEqualTo(7);
        assertThat(chunked.push(CALLER, PUSH).serverVersion()).isEqualTo(7);
        close();

        Sync ended = over(LineFault.NONE, (head, out) -> {
            RawServer.write(out, "HTTP/1.1 200 OK\r\n\r\n");
            out.write(ANSWER);
            throw new IOException("the end");
        });
        assertThat(ended.push(CALLER, PUSH).serverVersion()).isEqualTo(7);
        assertThat(ended.push(CALLER, PUSH).serverVersion()).isEqualTo(7);
    }

    @Test
    void bodies_of_eight_mebibytes_pass() throws IOException {
        byte[] large = RawServer.json("{'ok':true,'result':{'results':[],'serverVersion':7,'more':'" + "y".repeat(8 << 20)
                + "'}}");
        Sync sync = over(LineFault.DUPLICATED, (head, out) -> {
            RawServer.write(out, "HTTP/1.1 200 OK\r\ncontent-length: " + large.length + "\r\n\r\n");
            out.write(large);
        });

        assertThat(sync.push(CALLER, push(7 << 20)).serverVersion()).isEqualTo(7);
        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{", "HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", "hello\r\n\r\n", "HTTP/1.1 200 OK\r\nunfinished"})
    void an_answer_that_is_none_was_not_dropped_by_the_line(String bytes) throws IOException {
        Sync sync = over(LineFault.ANSWER_DROPPED, (head, out) -> {
            RawServer.write(out, bytes);
            throw new IOException("the end");
        });

        assertThatThrownBy(() -> sync.push(CALLER, PUSH)).isInstanceOfSatisfying(LostAnswerException.class,
                lost -> assertThat(lost.code()).isEqualTo("LOST"));
    }

    @Test
    void a_server_that_answers_byte_by_byte_for_ever_is_given_up() throws IOException {
        server = RawServer.start((head, out) -> {
            RawServer.write(out, "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n");
            while (true) {
                RawServer.write(out, " ");
                Thread.sleep(5);
            }
        });
        line = new DisturbedLine(new Endpoint(Endpoint.newClient(), server.address(), Duration.ofMillis(500)));

        assertThatThrownBy(() -> line.sync(LineFault.ANSWER_DROPPED).push(CALLER, PUSH))
                .isInstanceOfSatisfying(LostAnswerException.class, lost -> assertThat(lost.code()).isEqualTo("LOST"));
        await("the proxy gives up too", () -> threads() == 1);
    }

    @ParameterizedTest
    @EnumSource(LineFault.class)
    void closing_leaves_neither_connections_nor_threads(LineFault fault) throws IOException {
        server = RawServer.start(FaultProxyTest::plain);
        Endpoint direct = new Endpoint(Endpoint.newClient(), server.address(), Duration.ofSeconds(10));
        FaultProxy proxy = direct.proxy();
        Sync sync = new HttpProvider(direct.by(proxy, fault)).sync();
        for (int call = 0; call < 10; call++) {
            try {
                sync.push(CALLER, PUSH);
                assertThat(fault.isLossy()).isFalse();
            } catch (LostAnswerException e) {
                assertThat(fault.isLossy()).isTrue();
            }
        }
        await("idle connections are few", () -> proxy.connections() <= 2);
        proxy.close();

        await("connections end", () -> proxy.connections() == 0);
        await("threads end", () -> threads() == 0);
    }

    @Test
    void closing_ends_what_is_under_way() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Sync sync = over(LineFault.NONE, (head, out) -> {
            arrived.countDown();
            never.await();
        });
        CompletableFuture<Void> call = CompletableFuture.runAsync(() -> sync.push(CALLER, PUSH));
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

        line.close();
        assertThatThrownBy(call::join).hasCauseInstanceOf(LostAnswerException.class);
        await("threads end", () -> threads() == 0);
        never.countDown();
    }

    @Test
    void a_server_that_hangs_up_on_idle_connections_is_dialled_again() throws Exception {
        Sync sync = over(LineFault.NONE, (head, out) -> {
            RawServer.write(out, "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: " + ANSWER.length + "\r\n\r\n");
            out.write(ANSWER);
            out.flush();
            throw new IOException("the end");
        });
        for (int call = 1; call <= 5; call++) {
            assertThat(sync.push(CALLER, PUSH).serverVersion()).isEqualTo(7);
        }
    }
}
