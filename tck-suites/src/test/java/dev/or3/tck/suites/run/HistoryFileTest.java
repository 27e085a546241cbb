package dev.or3.tck.suites.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.or3.tck.suites.run.HistoryFileException.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir
    Path folder;

    @Test
    void everyHistorySurvivesTheCompactForm() throws IOException {
        for (long seed = 0; seed < 400; seed++) {
            History history = RandomHistories.of(seed);
            Path file = folder.resolve("h");
            HistoryFile.write(history, file);
            assertThat(Described.of(HistoryFile.read(file))).as("seed " + seed).isEqualTo(Described.of(history));
        }
    }

    @Test
    void everyHistorySurvivesTheReadableForm() throws IOException {
        for (long seed = 0; seed < 400; seed++) {
            History history = RandomHistories.of(seed);
            Path file = folder.resolve("h.jsonl");
            HistoryFile.exportJsonLines(history, file);
            assertThat(Described.of(HistoryFile.read(file))).as("seed " + seed).isEqualTo(Described.of(history));
        }
    }

    @Test
    void aFileThatEndsTooEarlyIsRecognisedAtEveryByte() throws IOException {
        byte[] whole = compact(RandomHistories.of(7));
        for (int length = 0; length < whole.length; length++) {
            Problem problem = problemOf(Arrays.copyOf(whole, length));
            assertThat(problem).as("cut at " + length).isEqualTo(length == 0 ? Problem.NOT_A_HISTORY : Problem.TRUNCATED);
        }
    }

    @Test
    void aReadableFileThatEndsTooEarlyIsRecognised() throws IOException {
        StringWriter lines = new StringWriter();
        HistoryFile.exportJsonLines(RandomHistories.of(7), lines);
        byte[] whole = lines.toString().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length - 1; length += 13) {
            assertThat(problemOf(Arrays.copyOf(whole, length))).as("cut at " + length).isNotNull();
        }
    }

    @Test
    void everyFlippedBitIsRecognised() throws IOException {
        byte[] whole = compact(RandomHistories.of(11));
        Set<Problem> seen = EnumSet.noneOf(Problem.class);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Problem problem = problemOf(flipped);
            assertThat(problem).as("bit " + bit).isNotNull();
            seen.add(problem);
        }
        assertThat(seen).contains(Problem.CORRUPT, Problem.NOT_A_HISTORY, Problem.NEWER_FORMAT);
    }

    @Test
    void somethingBehindTheEndIsRecognised() throws IOException {
        byte[] whole = compact(RandomHistories.of(3));
        assertThat(problemOf(Arrays.copyOf(whole, whole.length + 1))).isEqualTo(Problem.CORRUPT);
    }

    @Test
    void theMessageNamesFileAndPlaceInOneLine() throws IOException {
        byte[] whole = compact(RandomHistories.of(3));
        whole[whole.length - 1] ^= 1;
        Path file = Files.write(folder.resolve("broken"), whole);
        assertThatThrownBy(() -> HistoryFile.read(file)).isInstanceOf(HistoryFileException.class)
                .hasMessageMatching("\\Q" + file + "\\E is corrupt at byte \\d+: the check sum is wrong");
    }

    @Test
    void whatIsNoFileIsSaidPlainly() {
        assertThatThrownBy(() -> HistoryFile.read(folder)).hasMessage(folder + " is a folder, not a history");
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> HistoryFile.read(missing)).hasMessage(missing + " does not exist");
    }

    @Test
    void aPageOfTheKnownLogTakesAFewBytes() throws IOException {
        History history = Pages.pulledAgain(1000, 0);
        History again = Pages.pulledAgain(1000, 50);
        assertThat(compact(again).length - compact(history).length).isLessThan(50 * 28);
    }

    private byte[] compact(History history) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HistoryFile.write(history, bytes);
        return bytes.toByteArray();
    }

    /** What reading says, or null if it reads a history. */
    private Problem problemOf(byte[] bytes) {
        HistoryFileException refused = catchThrowableOfType(HistoryFileException.class,
                () -> HistoryFile.read(Path.of("changed"), new ByteArrayInputStream(bytes), bytes.length));
        return refused == null ? null : refused.problem();
    }
}
