package dev.or3.tck.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.matrix.cli.hostile.Hostile;
import dev.or3.tck.matrix.cli.hostile.MisbehavingServer;
import dev.or3.tck.suites.run.HistoryFile;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are given in every way there is, and told back by the provider in every place; then every file is searched. */
@Timeout(120)
class SecretsCanaryTest {
    private static final String CANARY = "canary/4711+xyz";
    /** In all of its writings there is one of these, whatever stands around it. */
    private static final List<String> TRACES = List.of("canary", "Y2FuYXJ5", "NhbmFye", "jYW5hcn");

    @TempDir
    Path directory;

    /** The value, as a provider may tell it back. */
    private static String echoes() {
        String base64 = Base64.getEncoder().encodeToString(("user:" + CANARY).getBytes(StandardCharsets.UTF_8));
        return CANARY + " " + CANARY.replace("/", "\\/") + " " + URLEncoder.encode(CANARY, StandardCharsets.UTF_8) + " " + base64;
    }

    /** A provider that echoes in errors, results, payloads and names, and contradicts a rule, so that histories are kept. */
    private static MisbehavingServer.Behaviour echoing() {
        return asked -> {
            String honest = asked.honest();
            if (asked.calls("push")) {
                honest = honest.replaceAll("\"serverVersion\":(\\d+)", "\"serverVersion\":-$1,\"error\":\""
                        + echoes().replace("\\", "\\\\") + "\",\"errorCode\":\"" + CANARY + "\",\"payload\":{\"x\":\"" + CANARY + "\"}");
            } else if (asked.calls("pull")) {
                honest = honest.replaceAll("\"payload\":\\{", "\"payload\":{\"leak\":\"" + CANARY + "\",");
            } else if (asked.calls("snapshot") || asked.calls("updateCursor")) {
                honest = "{\"ok\":false,\"error\":{\"status\":500,\"code\":\"" + CANARY + "\",\"message\":\"at Driver.connect("
                        + echoes() + ")\"}}";
            }
            asked.send(honest);
        };
    }

    private static void holdsNoSecret(Path out, Ran ran, int filesAtLeast) throws IOException {
        isClean("the terminal", ran.out() + ran.err());
        List<Path> files;
        try (Stream<Path> all = Files.walk(out)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(filesAtLeast);
        for (Path file : files) {
            isClean(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            if (file.toString().endsWith(".or3history")) {
                StringWriter readable = new StringWriter();
                HistoryFile.exportJsonLines(HistoryFile.read(file), readable);
                isClean(file + " unpacked", readable.toString());
            }
        }
    }

    private static void isClean(String where, String content) {
        for (String trace : TRACES) {
            assertThat(content.contains(trace)).as("%s holds %s: %s", where, trace, around(content, trace)).isFalse();
        }
    }

    private static String around(String content, String trace) {
        int at = content.indexOf(trace);
        return at < 0 ? "" : content.substring(Math.max(0, at - 80), Math.min(content.length(), at + 40));
    }

    @Test
    void a_header_that_the_provider_echoes_is_in_no_file_and_on_no_terminal() throws Exception {
        Path out = directory.resolve("out");
        try (MisbehavingServer server = MisbehavingServer.start(directory, echoing())) {
            Ran ran = Ran.or3Tck("certify", "--verbose", "--url", server.address().toString(), "--header",
                    "authorization: Bearer " + CANARY, "--budget", "2s", "--keep-histories", "--out", out.toString());

            assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(ExitCode.FAILED);
            holdsNoSecret(out, ran, 10);
            Ran again = Ran.or3Tck("replay", out.resolve("counterexamples/PUSH-01.json").toString(), "--runs", "1", "--header",
                    "authorization: Bearer " + CANARY);
            assertThat(again.exitCode()).as(again.out() + again.err()).isEqualTo(ExitCode.FAILED);
            isClean("replay", again.out() + again.err());
            Ran without = Ran.or3Tck("replay", out.resolve("counterexamples/PUSH-01.json").toString());
            assertThat(without.complaints()).singleElement().asString().contains("give it again with --header");
        }
    }

    @Test
    void a_command_given_secrets_by_settings_environment_and_arguments_leaves_none_behind() throws Exception {
        Path out = directory.resolve("out");
        String command = "echo started with $API_TOKEN; echo \"$API_TOKEN\" | base64; exec '"
                + Path.of(System.getProperty("java.home"), "bin", "java") + "' -XX:TieredStopAtLevel=1 -cp '"
                + System.getProperty("java.class.path") + "' '" + EchoingProvider.class.getName() + "' --auth-token " + CANARY
                + "2 http://me:" + "canary-4713@127.0.0.1/";
        Ran ran = Ran.in(Map.of("OTHER_SECRET", "canary-4714"), false, "certify", "--verbose", "--command", command, "--set",
                "API_TOKEN=" + CANARY, "--budget", "3s", "--keep-histories", "--out", out.toString());

        assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(ExitCode.FAILED);
        assertThat(out.resolve("instance-1.log")).content().contains("started with [hidden]");
        holdsNoSecret(out, ran, 10);
    }

    /** What {@link #echoing} does, as a command. */
    static final class EchoingProvider {
        private EchoingProvider() {
        }

        public static void main(String[] arguments) throws IOException {
            System.out.println("arguments: " + List.of(arguments) + ", environment: " + System.getenv("API_TOKEN"));
            MisbehavingServer.start(Path.of(System.getenv("OR3_TCK_DATA")), Integer.parseInt(System.getenv("PORT")), echoing());
        }
    }

    @Test
    void a_provider_of_this_jvm_that_tells_its_settings_gives_nothing_away() throws Exception {
        Path out = directory.resolve("out");
        List<String> arguments = new ArrayList<>(List.of("certify", "--verbose"));
        arguments.addAll(ProviderTest.jarOf(directory, Hostile.EchoesItsToken.class));
        arguments.addAll(List.of("--set", "API_TOKEN=" + CANARY, "--level", "smoke", "--budget", "2s", "--fail-fast",
                "--keep-histories", "--out", out.toString()));
        Ran ran = Ran.or3Tck(arguments.toArray(String[]::new));

        assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(ExitCode.FAILED);
        holdsNoSecret(out, ran, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--url http://me:canary-1@127.0.0.1:1", "--url http://127.0.0.1:1/?key=canary-2",
        "--url=ftp://canary-3:x@host", "--url http://me:canary-4/x@host", "--header x-api-key: canary-5",
        "--header x-api-key=canary-6 --url http://127.0.0.1:1", "--header x:canary-7\u0001 --url http://127.0.0.1:1",
        "--set API_TOKEN:canary-8", "--provider sqlite --set API_TOKEN=canary-9 --header x:canary-10"})
    void what_is_refused_is_not_repeated(String options) {
        for (String command : List.of("certify", "doctor")) {
            Ran ran = Ran.or3Tck(Stream.concat(Stream.of(command, "--verbose"), Stream.of(options.split(" ")))
                    .toArray(String[]::new));

            isClean(options, ran.out() + ran.err());
            assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.USAGE);
        }
    }
}
