package dev.or3.tck.matrix.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.Sync;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProtocolServerTest {
    private static final String PULL = "{'component':'sync','method':'pull','as':%s,'input':{'cursor':0,'limit':1}}";
    private static final PullResponse PAGE = new PullResponse(List.of(), 7, false, null, null);

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ProtocolServer server;

    @AfterEach
    void end() {
        if (server != null) {
            server.close();
        }
    }

    /** Serves a provider whose pull is given. */
    private void serve(BiFunction<Caller, PullRequest, PullResponse> pull) throws IOException {
        Sync sync = new Sync() {
            @Override
            public PushResponse push(Caller caller, PushRequest request) {
                return null;
            }

            @Override
            public PullResponse pull(Caller caller, PullRequest request) {
                return pull.apply(caller, request);
            }

            @Override
            public void updateCursor(Caller caller, CursorUpdate update) {
            }
        };
        Provider provider = new Provider() {
            @Override
            public Manifest manifest() {
                return new Manifest(1, new Manifest.Identity("i", "n", "v"), Profile.V1_0,
                        Map.of("sync", Manifest.Component.with()), null, null, false, null);
            }

            @Override
            public Sync sync() {
                return sync;
            }

            @Override
            public void close() {
            }
        };
        server = ProtocolServer.start(provider, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode post(String path, byte[] body) {
        HttpResponse<String> response = send(request(path).POST(BodyPublishers.ofByteArray(body)));
        assertThat(response.statusCode()).isEqualTo(200);
        return Json.parse(response.body());
    }

    /** The body is JSON in which ' stands for ". */
    private JsonNode post(String path, String body) {
        return post(path, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode pull() {
        return post("/tck/v1/call", String.format(PULL, "null"));
    }

    private static void isFailure(JsonNode answer, int status, String... parts) {
        assertThat(answer.get("ok").asBoolean(true)).as(answer.toString()).isFalse();
        assertThat(answer.at("/error/status").asInt()).isEqualTo(status);
        for (String part : parts) {
            assertThat(answer.at("/error/message").asText()).contains(part);
        }
    }

    @Test
    void a_call_reaches_the_provider_with_its_caller() throws IOException {
        serve((caller, request) -> new PullResponse(List.of(),
                caller == null ? 0 : caller.workspaceId() == null ? 1 : 2, false, null, null));

        assertThat(cursor("null")).isZero();
        assertThat(cursor("{'userId':'u'}")).isEqualTo(1);
        assertThat(cursor("{'userId':'u','workspaceId':'w'}")).isEqualTo(2);
    }

    private int cursor(String as) {
        return post("/tck/v1/call", String.format(PULL, as)).at("/result/nextCursor").asInt(-1);
    }

    @Test
    void nothing_is_an_explicit_null() throws IOException {
        serve((caller, request) -> null);

        assertThat(pull()).hasToString("{\"ok\":true,\"result\":null}");
    }

    @Test
    void what_a_provider_throws_is_its_answer() throws IOException {
        serve((caller, request) -> {
            throw ProviderException.forbidden("not yours");
        });
        isFailure(pull(), 403, "not yours");
        server.close();
        serve((caller, request) -> {
            throw new StackOverflowError();
        });
        isFailure(pull(), 500, "StackOverflowError");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "7", "{'component':'sync'}", "{'component':7,'method':'pull','input':{}}",
        "{'component':'sync','method':'pull'}", "{'component':'sync','method':'pull','input':[]}",
        "{'component':'sync','method':'pull','as':{},'input':{}}", "{'component':'sync','method':'pull','as':7,"
            + "'input':{}}", "{'component':'sync','method':'pull','input':{'cursor':'x'}}"})
    void a_body_that_does_not_fit_is_a_bad_request(String body) throws IOException {
        serve((caller, request) -> PAGE);

        isFailure(post("/tck/v1/call", body), 400);
    }

    @Test
    void bytes_that_are_no_text_are_a_bad_request() throws IOException {
        serve((caller, request) -> PAGE);

        isFailure(post("/tck/v1/call", new byte[] {'{', '"', (byte) 0xC3, 0x28, '"'}), 400, "not JSON");
    }

    @ParameterizedTest
    @CsvSource({"sync, nope", "storage, commit", "'', ''", "sync, snapshot", "workspaces, getUser"})
    void what_is_not_there_answers_501(String component, String method) throws IOException {
        serve((caller, request) -> PAGE);

        isFailure(post("/tck/v1/call", "{'component':'" + component + "','method':'" + method
                + "','input':{'pageSize':1}}"), 501);
        isFailure(post("/tck/v1/control/clock", "{'offsetSeconds':1}"), 501);
        isFailure(post("/tck/v1/control/nope", "{}"), 501);
    }

    @Test
    void a_body_of_8_mib_is_taken_and_a_larger_one_refused() throws IOException {
        serve((caller, request) -> PAGE);
        String call = String.format(PULL, "null");
        String largest = call + " ".repeat(ProtocolServer.MAX_BODY_BYTES - call.length());

        assertThat(post("/tck/v1/call", largest).at("/result/nextCursor").asInt()).isEqualTo(7);
        isFailure(post("/tck/v1/call", largest + " "), 413, "larger than 8388608 bytes");
        assertThat(post("/tck/v1/call", call).get("ok").asBoolean()).isTrue();
    }

    @Test
    void the_number_of_a_call_comes_back() throws IOException {
        serve((caller, request) -> PAGE);

        HttpRequest.Builder call = request("/tck/v1/call").header("x-or3-tck-call", "4711")
                .POST(BodyPublishers.ofString("{}"));
        assertThat(send(call).headers().firstValue("x-or3-tck-call")).contains("4711");
    }

    @Test
    void only_the_paths_and_methods_of_the_protocol_are_there() throws IOException {
        serve((caller, request) -> PAGE);

        assertThat(send(request("/")).statusCode()).isEqualTo(404);
        assertThat(send(request("/tck/v1/call")).statusCode()).isEqualTo(405);
        assertThat(send(request("/tck/v1/manifest").POST(BodyPublishers.ofString("{}"))).statusCode()).isEqualTo(405);
    }

    @Test
    void calls_do_not_wait_for_each_other() throws IOException {
        CountDownLatch both = new CountDownLatch(2);
        serve((caller, request) -> {
            both.countDown();
            try {
                both.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return PAGE;
        });
        CompletableFuture<JsonNode> one = CompletableFuture.supplyAsync(() -> pull());
        JsonNode other = pull();

        assertThat(one.join()).isEqualTo(other);
    }

    @Test
    void what_is_under_way_is_answered_before_it_closes() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        serve((caller, request) -> {
            inside.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return PAGE;
        });
        CompletableFuture<JsonNode> call = CompletableFuture.supplyAsync(() -> pull());
        inside.await();
        Thread closing = new Thread(server::close);
        closing.start();
        release.countDown();

        assertThat(call.get().at("/result/nextCursor").asInt()).isEqualTo(7);
        closing.join();
    }
}
