package dev.or3.tck.suites.minimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.result.Counterexample;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.plan.Action;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.PlannedOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedCounterexampleTest {
    private static final SavedCounterexample SAVED = new SavedCounterexample(SavedCounterexample.FORMAT, "0.1.0", "PUSH-02",
            "because … yet …", 42, plan(), Map.of("provider", "memory", "fault", "I03"),
            new Counterexample.Reproduction(20, 20, Counterexample.Reproduction.LOGIC), "PUSH-02.or3history");

    @TempDir
    Path folder;

    private static Plan plan() {
        PlannedOperation operation = new PlannedOperation("0000001f-xxxx-4xxx-8xxx-xxxxxxxx0001", "kv", "put", "k-${run}",
                "{\"id\":\"\ud800\u0000😀\"}", "d", "1:0:n", 3);
        return new Plan("race/replay", 42, 7, Set.of(), List.of(Plan.Space.of(Role.OWNER, Role.VIEWER)),
                List.of(new Plan.Client(0, 0, "d")),
                List.of(new Plan.Stage(false, List.of(new Plan.Step(0, new Action.Push(0, List.of(operation), true)),
                        new Plan.Step(0, new Action.Pull(0, Action.Position.OWN, 10, List.of("kv")))))));
    }

    @Test
    void whatIsWrittenIsReadBackEqual() throws IOException {
        Path file = folder.resolve("c.json");
        SAVED.write(file);
        assertThat(SavedCounterexample.read(file)).isEqualTo(SAVED);
    }

    @Test
    void aFileThatEndsTooEarlyIsRefusedInOneLineThatNamesIt() throws IOException {
        Path file = folder.resolve("c.json");
        SAVED.write(file);
        String whole = Files.readString(file).stripTrailing();
        for (int length = 0; length < whole.length(); length++) {
            Files.writeString(file, whole.substring(0, length));
            assertThatThrownBy(() -> SavedCounterexample.read(file)).as("cut at " + length)
                    .isInstanceOf(SavedCounterexample.InvalidFileException.class)
                    .hasMessageStartingWith(file + " is ").hasMessageNotContaining("\n");
        }
    }

    @Test
    void foreignFilesAreToldApart() throws IOException {
        assertThatThrownBy(() -> read("hello")).hasMessageContaining("is not a counterexample of or3-tck");
        assertThatThrownBy(() -> read("{\"format\": \"or3-tck-report/1\"}"))
                .hasMessageContaining("is not a counterexample of or3-tck");
        assertThatThrownBy(() -> read("{\"format\": \"or3-tck-counterexample/2\"}"))
                .hasMessageContaining("has format or3-tck-counterexample/2, but this kit reads or3-tck-counterexample/1");
        assertThatThrownBy(() -> read("{\"format\": \"or3-tck-counterexample/1\", \"rule\": \"P\", \"seed\": 1}"))
                .hasMessageContaining("is corrupt: the plan is missing");
        assertThatThrownBy(() -> read("{\"format\": \"or3-tck-counterexample/1\", \"plan\": {\"stages\": 3}}"))
                .hasMessageContaining("is corrupt: plan.stages is missing or wrong");
        assertThatThrownBy(() -> SavedCounterexample.read(folder)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> SavedCounterexample.read(folder.resolve("none"))).hasMessageContaining("does not exist");
    }

    private void read(String content) throws IOException {
        SavedCounterexample.read(Files.writeString(folder.resolve("x.json"), content));
    }
}
