package dev.or3.tck.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.matrix.cli.hostile.MisbehavingServer;
import dev.or3.tck.matrix.cli.hostile.MisbehavingServer.Asked;
import dev.or3.tck.matrix.cli.hostile.MisbehavingServer.Behaviour;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the doctor says of bridges that are broken and providers that are wrong, each in under three seconds. */
@Timeout(60)
class DoctorTest {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final int BROKEN = ExitCode.UNREACHABLE;
    private static final int WRONG = ExitCode.FAILED;
    private static final String CURL = "curl -sS -i -m 10 ";

    @TempDir
    Path directory;

    private static Ran doctor(MisbehavingServer server, String... options) {
        String[] all = new String[options.length + 3];
        all[0] = "doctor";
        all[1] = "--url";
        all[2] = server.address().toString();
        System.arraycopy(options, 0, all, 3, options.length);
        return Ran.in(Map.of("BRIDGE_TOKEN", "Bearer canary-4711"), false, all);
    }

    private static Behaviour manifestWith(String from, String to) {
        return asked -> asked.send(asked.isManifest() ? asked.honest().replace(from, to) : asked.honest());
    }

    private static Behaviour on(String method, Behaviour misbehaving) {
        return asked -> {
            if (asked.calls(method)) {
                misbehaving.answer(asked);
            } else {
                asked.send(asked.honest());
            }
        };
    }

    /** Two that are there at the same time get each other's answer. */
    private static Behaviour swapping() {
        Exchanger<String> meeting = new Exchanger<>();
        return on("push", asked -> {
            String answer = asked.honest();
            try {
                answer = meeting.exchange(answer, 200, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // It was alone.
            }
            asked.send(answer);
        });
    }

    private static Behaviour clock(long factor, boolean absolute) {
        AtomicLong sum = new AtomicLong();
        return asked -> {
            if (!asked.path().endsWith("/clock")) {
                asked.send(asked.honest());
                return;
            }
            long offset = Long.parseLong(asked.text().replaceAll("\\D", "")) * factor;
            long ahead = absolute ? offset : sum.addAndGet(offset);
            asked.send("{\"ok\":true,\"result\":{\"now\":" + (System.currentTimeMillis() / 1000 + ahead) + "}}");
        };
    }

    private static void hang(Asked asked) throws InterruptedException {
        new CountDownLatch(1).await();
    }

    static Stream<Arguments> patients() {
        return Stream.of(
                arguments("never answers", (Behaviour) DoctorTest::hang, BROKEN, "no answer comes within 1000 ms"),
                arguments("drips", (Behaviour) asked -> {
                    asked.write("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n");
                    for (int i = 0; i < 100_000; i++) {
                        asked.write(" ");
                        Thread.sleep(100);
                    }
                }, BROKEN, "an answer begins, but is not whole within 1000 ms"),
                arguments("is no HTTP", (Behaviour) asked -> {
                    asked.write("220 mail.example ESMTP\r\n");
                    throw new IOException("enough");
                }, BROKEN, "the connection broke"),
                arguments("is a web page", (Behaviour) asked -> asked.send("<!doctype html><title>Login</title>"), BROKEN,
                        "this is a web page"),
                arguments("redirects", (Behaviour) asked -> asked.send(302, "location: http://127.0.0.1:1/\r\n", new byte[0]),
                        BROKEN, "HTTP status 302, a redirect to http://127.0.0.1:1/, which is never followed"),
                arguments("wants a token", (Behaviour) asked -> asked.send(401, "", new byte[0]), BROKEN,
                        "with --header"),
                arguments("another protocol", manifestWith("\"protocol\":1", "\"protocol\":7"), BROKEN,
                        "speaks protocol 7, this kit speaks protocol 1"),
                arguments("no protocol", (Behaviour) asked -> asked.send("{}"), BROKEN, "speaks protocol of no number"),
                arguments("truncated manifest", (Behaviour) asked -> {
                    asked.write("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"protocol\":");
                    throw new IOException("enough");
                }, BROKEN, "the answer breaks off after 12 of 1000 bytes"),
                arguments("truncated answers", on("push", asked -> {
                    asked.write("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"ok\":");
                    throw new IOException("enough");
                }), BROKEN, "no answer comes: sync.push: the answer breaks off after 6 of 1000 bytes"),
                arguments("hangs in push", on("push", DoctorTest::hang), BROKEN, "round trip no answer comes within 900 ms"),
                arguments("mixes up answers", swapping(), BROKEN,
                        "which another call pushed at the same time"),
                arguments("mixes up numbers", on("push", asked -> asked.send(200, "x-or3-tck-call: 5\r\n",
                        asked.honest().getBytes(StandardCharsets.UTF_8))), BROKEN, "belongs to call 5"),
                arguments("a manifest that changes", (Behaviour) asked -> asked.send(asked.isManifest()
                        ? asked.honest().replace("\"strictSchema\":false", "\"strictSchema\":" + (asked.number() % 2 == 0))
                        : asked.honest()), WRONG, "the manifest changes from call to call, at strictSchema"),
                arguments("declared, not there", on("snapshot", asked -> asked.send(
                        "{\"ok\":false,\"error\":{\"status\":501,\"message\":\"no\"}}")), WRONG,
                        "capability snapshot is declared, yet it answers 501"),
                arguments("there, not declared", manifestWith("\"snapshot\"", "\"applied\""), ExitCode.OK,
                        "capability snapshot works, but the manifest does not declare it"),
                arguments("a clock that stands", clock(0, true), WRONG, "a clock that does not move"),
                arguments("a clock that adds up", clock(1, false), WRONG, "repeating it changes nothing"),
                arguments("knows every method", on("or3TckUnknown", asked -> asked.send("{\"ok\":true,\"result\":null}")),
                        WRONG, "a method that does not exist is answered with {\"ok\":true"),
                arguments("fails at no object", (Behaviour) asked -> {
                    if (asked.text().equals("[1]")) {
                        asked.send(500, "", "Internal Server Error".getBytes(StandardCharsets.UTF_8));
                    } else {
                        asked.send(asked.honest());
                    }
                }, WRONG, "a body that is no object comes with HTTP status 500"),
                arguments("slow", (Behaviour) asked -> {
                    Thread.sleep(60);
                    asked.send(asked.honest());
                }, ExitCode.OK, "ms to refuse a call"),
                arguments("very slow", (Behaviour) asked -> {
                    Thread.sleep(400);
                    asked.send(asked.honest());
                }, ExitCode.OK, "was not looked at to its end, nor what comes after it, for the answers take too long"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("patients")
    void tells_what_is_wrong_and_how_to_see_it_in_under_three_seconds(String what, Behaviour behaviour, int exitCode,
            String sentence) throws IOException {
        try (MisbehavingServer server = MisbehavingServer.start(directory, behaviour)) {
            long began = System.nanoTime();
            Ran ran = doctor(server);
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            assertThat(plain(ran.out())).as(ran.err()).contains(sentence);
            assertThat(ran.out()).contains(CURL).contains(server.address().toString());
            assertThat(ran.exitCode()).as(ran.out()).isEqualTo(exitCode);
            assertThat(took).isLessThan(LIMIT);
        }
    }

    /** Without the breaks that a narrow terminal needs. */
    private static String plain(String out) {
        return out.replaceAll("\\s+", " ");
    }

    @Test
    void nobody_listening_is_told() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Ran ran = Ran.or3Tck("doctor", "--url", "http://127.0.0.1:" + port);

        assertThat(ran.out()).contains("nobody listens there", "start the bridge", CURL);
        assertThat(ran.exitCode()).isEqualTo(BROKEN);
    }

    @Test
    void a_sound_provider_is_sound_through_all_its_addresses() throws IOException {
        try (MisbehavingServer server = MisbehavingServer.start(directory, asked -> asked.send(asked.honest()))) {
            Ran ran = doctor(server, "--url", server.address() + "/");

            assertThat(ran.out()).contains("ok    bridge 1", "ok    bridge 2", "12 at once, each with its own answer",
                    "another member's update of a device is refused", "0 failed").doesNotContain("curl");
            assertThat(ran.exitCode()).isEqualTo(ExitCode.OK);
        }
    }

    @Test
    void findings_are_data_too() throws IOException {
        try (MisbehavingServer server = MisbehavingServer.start(directory, manifestWith("\"protocol\":1", "\"protocol\":7"))) {
            JsonNode told = Json.parse(doctor(server, "--json").out());

            assertThat(told.get("exitCode").intValue()).isEqualTo(BROKEN);
            JsonNode finding = told.get("findings").get(1);
            assertThat(finding.get("health").asText()).isEqualTo("BROKEN");
            assertThat(finding.get("repeat").asText()).isEqualTo(CURL + server.address() + "/tck/v1/manifest");
        }
    }

    @Test
    void a_bridge_behind_a_token_is_reached_and_the_token_is_not_shown() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "canary-4712\n");
        Behaviour guarded = asked -> {
            boolean known = asked.head().contains("authorization: Bearer canary-4711\r\n")
                    && asked.head().contains("x-api-key: canary-4712\r\n");
            String echo = asked.head().replaceAll("[\r\n\"]+", " ");
            asked.send(known && !asked.calls("snapshot") ? asked.honest()
                    : "{\"ok\":false,\"error\":{\"status\":403,\"message\":\"not with " + echo + "\"}}");
        };
        try (MisbehavingServer server = MisbehavingServer.start(directory, guarded)) {
            Ran ran = doctor(server, "--verbose", "--header", "authorization=env:BRIDGE_TOKEN", "--header",
                    "x-api-key=@" + file);

            assertThat(ran.out()).contains("ok    round trip", "fail  capability snapshot", "not with POST",
                    "-H \"authorization: $BRIDGE_TOKEN\" -H \"x-api-key: $X_API_KEY\"");
            assertThat(ran.out() + ran.err()).doesNotContain("canary");
            assertThat(ran.exitCode()).isEqualTo(WRONG);
        }
    }
}
