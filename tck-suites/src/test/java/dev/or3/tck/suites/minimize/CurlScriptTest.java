package dev.or3.tck.suites.minimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.connect.Headers;
import dev.or3.tck.suites.plan.Action;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.PlannedOperation;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurlScriptTest {
    private static final String NASTY = "o'brien $(touch owned) `touch owned` \"q\" \\ 'end";

    @TempDir
    Path directory;

    private final HandmadeHistory made = new HandmadeHistory();

    /** In the place of curl: answers with the body that it was given. */
    @BeforeEach
    void echoInPlaceOfCurl() throws Exception {
        Path curl = Files.createDirectory(directory.resolve("bin")).resolve("curl");
        Files.writeString(curl, """
                #!/bin/sh
                for word in "$@"; do
                  case $last in
                    --data-raw) printf '%s' "$word" ;;
                    --data-binary) cat ;;
                  esac
                  last=$word
                done
                printf ' to %s' "$word"
                """);
        assertThat(curl.toFile().setExecutable(true)).isTrue();
    }

    private static Plan plan(String opId, String pk) {
        PlannedOperation op = new PlannedOperation(opId, "threads", "put", pk, "{}", "device-1", "0ks3n7x0g:000:abc12345", 5);
        return new Plan("handmade", 5, 17, Set.of(), List.of(), List.of(),
                List.of(new Plan.Stage(true, List.of(new Plan.Step(0, new Action.Push(0, List.of(op), false))))));
    }

    private static String script(History history, Plan plan) {
        return CurlScript.of(new Violation("PUSH-05", "because\n… rm -rf yet …", "1 to 3", "1, 3", HandmadeHistory.WORKSPACE,
                List.of(0, 1), List.of(1L)), history, plan, List.of(), Headers.NONE);
    }

    private String run(String script, String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of("sh", Files.writeString(directory.resolve("it.sh"), script).toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().merge("PATH", directory.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void whatAProviderOrAPlanNamesIsNeverRun() throws Exception {
        made.push(0, made.operation(NASTY, 5), 1);

        String output = run(script(made.history(), plan("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx", "k")), "http://there");

        assertThat(output).contains(NASTY.replace("\\", "\\\\").replace("\"", "\\\""), " to http://there/tck/v1/call");
        assertThat(directory.resolve("owned")).doesNotExist();
    }

    @Test
    void bodiesTooLongForAnArgumentComeByStandardInput() throws Exception {
        String pk = NASTY + "k".repeat(200_000);
        made.push(0, made.operation(pk, 5), 1);

        String script = script(made.history(), plan("0000000x-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "k"));

        assertThat(script).contains("--data-binary @- ");
        assertThat(run(script.replace("cut -c1-2000 <", "cat <"), "http://there"))
                .contains(pk.replace("\\", "\\\\").replace("\"", "\\\"")).doesNotContain("${", "$W1");
        assertThat(directory.resolve("owned")).doesNotExist();
    }

    @Test
    void idsAreFreshInEveryRunAndTheSameThroughoutIt() throws Exception {
        int first = made.operation("abcdef01-k", 5);
        made.push(0, first, 1);
        made.push(1, first, 2);
        String script = script(made.history(), plan("0000000x-aaaa-4aaa-8aaa-xxxxxxxxaaaa", "${run}-k"));

        List<String> ids = opIds(run(script, "http://there"));
        assertThat(ids).hasSize(2);
        assertThat(Set.copyOf(ids)).hasSize(1);
        assertThat(opIds(run(script, "http://there"))).doesNotContainAnyElementsOf(ids);
        assertThat(script).contains("\"pk\":\"'\"$RUN\"'-k\"");
    }

    private static List<String> opIds(String output) {
        return output.lines().filter(line -> line.contains("\"opId\":\""))
                .map(line -> line.replaceAll(".*\"opId\":\"([^\"]+)\".*", "$1")).toList();
    }

    @Test
    void callsThatOverlappedAreMadeAtTheSameTimeAndOthersAfterThem() throws Exception {
        int first = made.operation("k", 5);
        made.push(0, first, 1);
        made.push(1, first, 1);
        made.pull(0, 0, first);
        History sequential = made.history();
        List<Event> events = new ArrayList<>(sequential.events());
        Event early = events.get(0);
        events.set(0, new Event(early.seq(), early.invoked(), events.get(1).returned(), 0, 0, early.client(), 0, early.device(),
                early.user(), early.workspace(), 1, early.outcome(), null, early.call()));
        Plan plan = plan("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx", "k");

        String script = script(new History(sequential.header(), sequential.operations(), events), plan);

        assertThat(script.split("\n\\} &\n", -1)).hasSize(3);
        assertThat(script.indexOf("\nwait\n")).isBetween(script.indexOf("# 1: "), script.indexOf("# 2: "));
        assertThat(script(sequential, plan)).doesNotContain("} &");
        assertThat(run(script, "http://there")).contains("0: c1 (w1) push", "1: c2 (w1) push", "2: c1 (w1) pull above 0");
    }

    @Test
    void withoutAnAddressItSaysHowItIsUsed() throws Exception {
        made.push(0, made.operation("k", 5), 1);
        Path file = Files.writeString(directory.resolve("it.sh"),
                script(made.history(), plan("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx", "k")));
        Process process = new ProcessBuilder("sh", file.toString()).redirectErrorStream(true).start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).startsWith("usage: sh ");
        assertThat(process.waitFor()).isEqualTo(2);
    }
}
