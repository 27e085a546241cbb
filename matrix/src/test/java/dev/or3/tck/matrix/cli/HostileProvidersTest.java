package dev.or3.tck.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.matrix.cli.hostile.MisbehavingServer;
import dev.or3.tck.matrix.cli.hostile.MisbehavingServer.Asked;
import dev.or3.tck.matrix.cli.hostile.MisbehavingServer.Behaviour;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Providers that misbehave on purpose: what becomes of each. Where the contract is broken the provider is to blame (exit 1);
 * where no answer can be made sense of, the bridge is (exit 3), and nothing is said of the provider.
 */
@Timeout(60)
class HostileProvidersTest {
    private static final String HEADERS = "the headers of the answer are larger than any that a bridge sends";
    private static final Duration BUDGET = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofMillis(1500);
    private static final int WRONG = ExitCode.FAILED;
    private static final int LOST = ExitCode.UNREACHABLE;

    @TempDir
    Path directory;

    /** Answers calls in another way, and the manifest and controls as they should be. */
    private static Behaviour calls(Behaviour misbehaving) {
        return asked -> {
            if (asked.path().endsWith("/call")) {
                misbehaving.answer(asked);
            } else {
                asked.send(asked.honest());
            }
        };
    }

    private static Behaviour answers(String from, String to) {
        return calls(asked -> asked.send(asked.honest().replaceAll(from, to)));
    }

    private static void endless(Asked asked, String head, String piece) throws IOException {
        asked.write(head);
        byte[] block = piece.repeat(Math.max(1, (64 << 10) / piece.length())).getBytes(StandardCharsets.US_ASCII);
        for (long sent = 0; sent < 10L << 30; sent += block.length) {
            asked.out().write(block);
        }
    }

    private static void drip(Asked asked) throws IOException, InterruptedException {
        asked.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n");
        for (int i = 0; i < 100; i++) {
            asked.write(" ");
            Thread.sleep(1000);
        }
    }

    /** Every call gets the answer of the one before it. */
    private static Behaviour lateByOne(boolean numbered) {
        AtomicReference<String[]> before = new AtomicReference<>(new String[] {"1", "{\"ok\":true,\"result\":null}"});
        return calls(asked -> {
            String number = asked.head().replaceAll("(?s).*x-or3-tck-call: (\\d+).*", "$1");
            String[] answer = before.getAndSet(new String[] {number, asked.honest()});
            asked.send(200, numbered ? "x-or3-tck-call: " + answer[0] + "\r\n" : "",
                    answer[1].getBytes(StandardCharsets.UTF_8));
        });
    }

    static Stream<Arguments> providers() {
        String nested = "[".repeat(100_000);
        return Stream.of(
                arguments("never answers a call", calls(asked -> new CountDownLatch(1).await()), LOST,
                        "no answer comes within 1900 ms"),
                arguments("never answers a push", (Behaviour) asked -> {
                    if (asked.calls("push")) {
                        new CountDownLatch(1).await();
                    }
                    asked.send(asked.honest());
                }, LOST, "sync.push: no answer comes within 1900 ms"),
                arguments("answers one byte a second", calls(HostileProvidersTest::drip), LOST,
                        "an answer begins, but is not whole within 1900 ms"),
                arguments("answers slowly", calls(asked -> {
                    Thread.sleep(1200);
                    asked.send(asked.honest());
                }), ExitCode.INCONCLUSIVE, "the time was over in the middle of the plan"),
                arguments("10 GiB of headers",
                        calls(asked -> endless(asked, "HTTP/1.1 200 OK\r\n", "x-filler: 0123456789\r\n")),
                        LOST, HEADERS),
                arguments("10 GiB of one header",
                        calls(asked -> endless(asked, "HTTP/1.1 200 OK\r\nx-filler: ", "0123456789")),
                        LOST, HEADERS),
                arguments("10 GiB of a status line", calls(asked -> endless(asked, "HTTP/1.1 200 ", "0123456789")), LOST,
                        HEADERS),
                arguments("10 GiB of body", calls(asked -> endless(asked, "HTTP/1.1 200 OK\r\n\r\n", "[0,1,2,3],")), LOST,
                        "the answer is larger than 9437184 bytes"),
                arguments("10 GiB announced", calls(asked -> endless(asked,
                        "HTTP/1.1 200 OK\r\ncontent-length: 10737418240\r\n\r\n", " ")), LOST,
                        "the answer is larger than 9437184 bytes"),
                arguments("invalid UTF-8", calls(asked -> asked.send(200, "",
                        asked.honest().replace("ok", "\u00ff").getBytes(StandardCharsets.ISO_8859_1))), LOST,
                        "the answer is not JSON: Invalid UTF-8"),
                arguments("duplicate keys", answers("^\\{", "{\"ok\":true,"), LOST,
                        "the answer is not JSON: Duplicate field 'ok'"),
                arguments("nesting of 100,000 levels",
                        answers("^\\{", "{\"deep\":" + nested + "]".repeat(100_000) + ","), LOST,
                        "nesting depth (1001) exceeds the maximum"),
                arguments("content length too long", calls(asked -> {
                    asked.write("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n" + asked.honest());
                    throw new IOException("enough");
                }), LOST, "the answer breaks off after "),
                arguments("content length too short",
                        calls(asked -> asked.write("HTTP/1.1 200 OK\r\nconnection: close\r\n"
                        + "content-length: 10\r\n\r\n"
                        + asked.honest())), LOST, "the answer is not JSON: Unexpected end-of-input"),
                arguments("another call's answer, by its number", lateByOne(true), LOST, "the answer belongs to call "),
                arguments("another call's answer", lateByOne(false), WRONG, "which was not in the batch"),
                arguments("200 with a web page", calls(asked -> asked.send("<!doctype html><title>Welcome</title>")), LOST,
                        "the answer is not JSON: Unexpected character ('<'"),
                arguments("redirects elsewhere", calls(asked -> asked.send(307, "location: http://127.0.0.1:1/\r\n",
                        new byte[0])), LOST, "HTTP status 307, a redirect, which is never followed"),
                arguments("NaN", answers("\"serverVersion\":\\d+", "\"serverVersion\":NaN"), LOST,
                        "the answer is not JSON: Non-standard token 'NaN'"),
                arguments("1e400", answers("\"serverVersion\":\\d+", "\"serverVersion\":1e400"), WRONG,
                        "the result does not fit at result.results[0].serverVersion"),
                arguments("versions as text", answers("\"serverVersion\":(\\d+)", "\"serverVersion\":\"$1\""), WRONG,
                        "the result does not fit at result.results[0].serverVersion"),
                arguments("negative versions", answers("\"serverVersion\":(\\d+)", "\"serverVersion\":-$1"), WRONG,
                        "carries the version -1"),
                arguments("results nobody asked for", answers("\"results\":\\[\\{", "\"results\":[{\"opId\":\"x\","
                        + "\"success\":true,\"serverVersion\":99},{"), WRONG, "for op x, which was not in the batch"),
                arguments("a manifest that changes", (Behaviour) asked -> asked.send(asked.isManifest()
                        ? asked.honest().replace("\"strictSchema\":false", "\"strictSchema\":" + (asked.number() % 2 == 0))
                        : asked.honest()), LOST, "the manifest changes from call to call"),
                arguments("closes every tenth connection", (Behaviour) asked -> {
                    if (asked.number() % 10 == 0) {
                        throw new IOException("enough");
                    }
                    asked.send(asked.honest());
                }, LOST, "the connection was closed before an answer came"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("providers")
    void the_kit_ends_in_time_and_says_what_it_met(String what, Behaviour behaviour, int exitCode, String sentence)
            throws IOException {
        try (MisbehavingServer server = MisbehavingServer.start(directory, behaviour)) {
            Path out = directory.resolve("out");
            Ran ran = Ran.or3Tck("certify", "--url", server.address().toString(), "--budget", BUDGET.toSeconds() + "s",
                    "--fail-fast", "--out", out.toString());

            JsonNode report = report(out);
            assertThat(Duration.ofMillis(report.get("durationMillis").longValue())).isLessThan(BUDGET.plus(GRACE));
            assertThat(ran.out().replaceAll("\\s+", " ")).as(ran.err()).contains(sentence);
            assertThat(report.toString()).contains(Json.write(sentence).replace("\"", ""));
            assertThat(ran.exitCode()).as(ran.out()).isEqualTo(exitCode);
        }
    }

    private static JsonNode report(Path out) throws IOException {
        JsonNode report = Json.mapper().readTree(Files.readAllBytes(out.resolve("report.json")));
        assertThat(report.get("complete").booleanValue()).isTrue();
        return report;
    }

    @Test
    void a_redirect_to_elsewhere_is_not_followed() throws IOException {
        try (MisbehavingServer elsewhere = MisbehavingServer.start(Files.createDirectory(directory.resolve("elsewhere")),
                    asked -> asked.send(asked.honest()));
                MisbehavingServer server = MisbehavingServer.start(directory, calls(asked -> asked.send(307,
                        "location: " + elsewhere.address() + "/tck/v1/call\r\n", new byte[0])))) {
            Ran.or3Tck("certify", "--url", server.address().toString(), "--budget", "1s", "--out",
                    directory.resolve("out").toString());

            assertThat(server.requests()).isPositive();
            assertThat(elsewhere.requests()).isZero();
        }
    }

    @Test
    void a_command_that_exits_in_the_middle_is_told_with_its_last_words() throws IOException {
        Path out = directory.resolve("out");
        Ran ran = Ran.or3Tck("certify", "--command", java() + " -XX:TieredStopAtLevel=1 -cp '"
                + System.getProperty("java.class.path") + "' " + MisbehavingServer.class.getName(), "--budget", "30s", "--out",
                out.toString());

        report(out);
        assertThat(ran.out().replaceAll("\\s+", " ")).as(ran.err()).contains("instance 1 ended with exit code 9, and nobody had"
                + " asked it to; its last words:", "the licence has expired");
        assertThat(ran.exitCode()).isEqualTo(LOST);
    }

    /** What is sent is ten times what the kit has, and more. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nx-filler: ",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n7fffffff\r\n"})
    void memory_stays_bounded_whatever_comes(String head) throws Exception {
        try (MisbehavingServer server = MisbehavingServer.start(directory, calls(asked -> endless(asked, head, "[0,1,2,3],")))) {
            Path output = directory.resolve("output");
            Path out = directory.resolve("out");
            Process kit = new ProcessBuilder("sh", "-c", "exec " + java() + " -Xmx96m -XX:TieredStopAtLevel=1 -cp '"
                    + System.getProperty("java.class.path") + "' " + Main.class.getName() + " certify --url "
                    + server.address() + " --budget 5s --out '" + out + "'").redirectErrorStream(true)
                    .redirectOutput(output.toFile()).start();
            try {
                assertThat(kit.waitFor(50, TimeUnit.SECONDS)).as("it ends").isTrue();
            } finally {
                kit.destroyForcibly();
            }
            assertThat(Files.readString(output)).doesNotContain("OutOfMemory").contains("answers were lost");
            assertThat(kit.exitValue()).isEqualTo(LOST);
            report(out);
        }
    }

    private static String java() {
        return "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "'";
    }
}
