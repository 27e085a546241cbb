package dev.or3.tck.suites.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.suites.connect.RawServer.Behaviour;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpProviderTest {
    private static final Caller CALLER = Caller.of("u", "w");
    private static final PullRequest PULL = new PullRequest(new Scope("w"), 0, 10, null);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(30);

    private static PullResponse pull(URI address, Duration limit) {
        return new HttpProvider(new Endpoint(Endpoint.newClient(), address, limit)).sync().pull(CALLER, PULL);
    }

    private static void isLost(Behaviour behaviour, Duration limit, String... parts) throws IOException {
        try (RawServer server = RawServer.start(behaviour)) {
            assertThatThrownBy(() -> pull(server.address(), limit)).isInstanceOf(LostAnswerException.class)
                    .hasMessageStartingWith("sync.pull: ").hasMessageContainingAll(parts);
            assertThat(server.requests()).as("nothing is sent twice").hasSize(1);
        }
    }

    private static void isLost(byte[] body, String... parts) throws IOException {
        try (RawServer server = RawServer.answering(body)) {
            assertThatThrownBy(() -> pull(server.address(), LONG)).isInstanceOf(LostAnswerException.class)
                    .hasMessageStartingWith("sync.pull: ").hasMessageContainingAll(parts);
        }
    }

    private static void isLost(String body, String... parts) throws IOException {
        isLost(RawServer.json(body), parts);
    }

    private static ProviderException failure(String body) throws IOException {
        try (RawServer server = RawServer.answering(body)) {
            return catchThrowableOfType(ProviderException.class, () -> pull(server.address(), LONG));
        }
    }

    @Test
    void a_page_comes_as_it_was_sent() throws IOException {
        String payload = "{'n':[9007199254740991,1e300,0.10],'t':'\\ud800 \\u0000','x':null}";
        String stamp = "{'deviceId':'d','opId':'o','hlc':'h','clock':1}";
        try (RawServer server = RawServer.answering("{'ok':true,'result':{'changes':[{'serverVersion':7,'tableName':'kv',"
                + "'pk':'p','op':'put','payload':" + payload + ",'stamp':" + stamp + "}],'nextCursor':7,'hasMore':false,"
                + "'extra':[{}]}}")) {
            PullResponse page = pull(server.address(), LONG);

            assertThat(page.changes()).singleElement().satisfies(change -> {
                assertThat(change.payload().sameAs(new JsonText(payload.replace('\'', '"')))).isTrue();
                assertThat(change).isEqualTo(new Change(7, "kv", "p", "put", change.payload(), new Stamp("d", "o", "h", 1)));
            });
            assertThat(page.nextCursor()).isEqualTo(7);
            assertThat(page.requiresSnapshot()).isNull();
        }
    }

    @Test
    void a_request_says_what_the_protocol_says() throws IOException {
        try (RawServer server = RawServer.answering("{'ok':true,'result':null}")) {
            pull(server.address(), LONG);

            assertThat(server.requests()).singleElement().asString().startsWith("POST /tck/v1/call HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\ncontent-type: application/json\r\n")
                    .containsPattern("(?i)\r\nx-or3-tck-call: \\d+\r\n")
                    .doesNotContainIgnoringCase("upgrade");
        }
    }

    @Test
    void a_text_that_utf8_cannot_hold_is_sent_as_an_escape() throws IOException {
        Operation operation = new Operation("i", "kv", "put", "\ud800", new JsonText("{\"t\":\"\udc00\"}"),
                new Stamp("d", "o", "h", 1), 0, 0, "pending");

        assertThat(new String(Json.writeUtf8(new PushRequest(new Scope("w"), List.of(operation))),
                StandardCharsets.UTF_8)).contains("\"pk\":\"\\ud800\"").contains("\"t\":\"\\udc00\"");
    }

    @ParameterizedTest
    @CsvSource({"403, FORBIDDEN, not yours", "500, SERVER_ERROR, sorry", "404,, gone"})
    void what_the_provider_refuses_or_fails_at_is_told_as_it_says(int status, String code, String message)
            throws IOException {
        ProviderException told = failure("{'ok':false,'error':{'status':" + status + ","
                + (code == null ? "" : "'code':'" + code + "',") + "'message':'" + message + "'}}");

        assertThat(told.status()).isEqualTo(status);
        assertThat(told.code()).isEqualTo(code);
        assertThat(told).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'changes':[],'nextCursor':'7','hasMore':false}", "{'changes':[],'nextCursor':1e400,"
            + "'hasMore':false}", "{'changes':[],'nextCursor':0.5,'hasMore':false}", "{'changes':[],'nextCursor':7}",
        "{'changes':{},'nextCursor':7,'hasMore':false}", "{'changes':[],'nextCursor':7,'hasMore':'false'}",
        "{'changes':[{'serverVersion':null}],'nextCursor':7,'hasMore':false}", "[]", "7", "'page'",
        "{'changes':[{'serverVersion':1,'pk':5}],'nextCursor':7,'hasMore':false}",
        "{'changes':[],'nextCursor':99999999999999999999,'hasMore':false}"})
    void a_result_of_another_shape_is_the_providers_failure(String result) throws IOException {
        ProviderException told = failure("{'ok':true,'result':" + result + "}");

        assertThat(told.status()).isEqualTo(500);
        assertThat(told.code()).isEqualTo("GARBAGE");
        assertThat(told).hasMessageStartingWith("sync.pull: the result does not fit at result");
    }

    @Test
    void odd_values_of_the_right_shape_are_left_to_the_judge() throws IOException {
        try (RawServer server = RawServer.answering(
                "{'ok':true,'result':{'changes':[{'serverVersion':-5}],'nextCursor':-1,'hasMore':true}}")) {
            assertThat(pull(server.address(), LONG).changes()).singleElement()
                    .isEqualTo(new Change(-5, null, null, null, null, null));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "7", "{'ok':true,'result':null} {}", "{'ok':null}", "{'ok':1}",
        "{'ok':'true','result':null}",
        "{'ok':false}", "{'ok':false,'error':{'status':200,'message':'fine'}}", "{'ok':false,'error':'no'}",
        "{'ok':false,'error':{'status':'403','message':'x'}}"})
    void an_answer_that_is_none_of_the_protocol_is_lost(String body) throws IOException {
        isLost(body, "the answer is");
    }

    @ParameterizedTest
    @ValueSource(strings = {" <", "<!doctype html><title>Login</title>", "{ok:true}", "{'ok':true,'result':{'changes':[",
        "{'ok':true,'ok':true,'result':null}", "{'ok':true,'result':{'nextCursor':1,'nextCursor':2}}",
        "{'ok':true,'result':{'changes':[],'nextCursor':NaN,'hasMore':false}}"})
    void what_is_no_json_is_lost(String body) throws IOException {
        isLost(body, "not JSON");
    }

    @Test
    void what_is_no_utf8_is_lost() throws IOException {
        isLost(new byte[] {'{', '"', 'o', 'k', '"', ':', '"', (byte) 0xC3, 0x28, '"', '}'}, "not JSON");
    }

    @Test
    void what_is_nested_without_end_is_lost() throws IOException {
        isLost("{'ok':true,'result':{'changes':[{'payload':" + "[".repeat(200_000) + "]".repeat(200_000) + "}]}}",
                "not JSON");
    }

    @Test
    void an_answer_that_never_comes_is_given_up() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        isLost((head, out) -> never.await(), SHORT, "no answer comes within 300 ms");
    }

    @Test
    void an_answer_that_drips_is_given_up() throws IOException {
        isLost((head, out) -> {
            RawServer.write(out, "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n");
            for (int i = 0; i < 1_000_000; i++) {
                RawServer.write(out, " ");
                Thread.sleep(20);
            }
        }, SHORT, "an answer begins, but is not whole within 300 ms: ");
    }

    @Test
    void a_body_without_end_is_cut_off() throws IOException {
        byte[] chunk = new byte[1 << 16];
        isLost((head, out) -> {
            RawServer.write(out, "HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                out.write(chunk);
            }
        }, LONG, "larger than " + BoundedBody.MAX_BYTES + " bytes");
    }

    @Test
    void headers_without_end_are_cut_off() throws IOException {
        String line = "x-filler: " + "x".repeat(1000) + "\r\n";
        isLost((head, out) -> {
            RawServer.write(out, "HTTP/1.1 200 OK\r\n");
            while (true) {
                RawServer.write(out, line);
            }
        }, LONG, "the headers of the answer are larger than any");
    }

    @Test
    void a_body_that_breaks_off_is_lost() throws IOException {
        isLost((head, out) -> {
            RawServer.write(out, "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{'ok':true,");
            throw new IOException("enough");
        }, LONG, "the answer breaks off after 11 of 1000 bytes");
    }

    @Test
    void a_connection_that_closes_under_a_request_is_lost_and_not_tried_again() throws IOException {
        isLost((head, out) -> {
            throw new IOException("enough");
        }, LONG, "the connection was closed before an answer came");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 400, 401, 404, 500, 503})
    void another_status_than_200_is_lost(int status) throws IOException {
        isLost((head, out) -> RawServer.write(out, "HTTP/1.1 " + status + " Whatever\r\ncontent-length: 0\r\n\r\n"), LONG,
                "HTTP status " + status);
    }

    @Test
    void a_redirect_is_not_followed() throws IOException {
        try (RawServer elsewhere = RawServer.answering("{'ok':true,'result':null}")) {
            isLost((head, out) -> RawServer.write(out, "HTTP/1.1 307 Elsewhere\r\nlocation: " + elsewhere.address()
                    + "/tck/v1/call\r\ncontent-length: 0\r\n\r\n"), LONG, "HTTP status 307, a redirect, which is never"
                    + " followed");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void the_answer_to_another_call_is_lost() throws IOException {
        String body = "{\"ok\":true,\"result\":null}";
        isLost((head, out) -> RawServer.write(out, "HTTP/1.1 200 OK\r\nx-or3-tck-call: 987654321\r\ncontent-length: "
                + body.length() + "\r\n\r\n" + body), LONG, "belongs to call 987654321");
    }

    @Test
    void nobody_listening_is_told() throws IOException {
        URI gone;
        try (RawServer server = RawServer.answering("{}")) {
            gone = server.address();
        }
        assertThatThrownBy(() -> pull(gone, LONG)).isInstanceOf(LostAnswerException.class)
                .hasMessage("sync.pull: nobody listens there");
    }

    @Test
    void a_caller_that_is_interrupted_gets_away() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawServer server = RawServer.start((head, out) -> {
            asked.countDown();
            new CountDownLatch(1).await();
        })) {
            Throwable[] seen = new Throwable[1];
            boolean[] flagged = new boolean[1];
            Thread thread = new Thread(() -> {
                seen[0] = catchThrowableOfType(LostAnswerException.class, () -> pull(server.address(), LONG));
                flagged[0] = Thread.currentThread().isInterrupted();
            });
            thread.start();
            asked.await();
            thread.interrupt();
            thread.join();

            assertThat(seen[0]).hasMessage("sync.pull: given up");
            assertThat(flagged[0]).isTrue();
        }
    }
}
