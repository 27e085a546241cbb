package dev.or3.tck.suites.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.ProviderFactory.StorageSettings;
import dev.or3.tck.api.schema.WireSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command is started in other ways than usual by the variables that its manifest names. */
@Timeout(120)
class CommandStartsTest {
    private static final WireSchema CURRENT = WireSchema.current();
    private static final WireSchema PREVIOUS = CURRENT.asOf(CURRENT.version() - 1);

    @TempDir
    Path data;

    private CommandTarget start(String command, Map<String, String> environment) {
        return CommandTarget.start(new CommandTarget.Launch(command, Path.of("").toAbsolutePath(), data, environment,
                Duration.ofSeconds(60)), 1);
    }

    private CommandTarget start(Map<String, String> environment) {
        return start(CommandTargetTest.tiny(), environment);
    }

    @Test
    void a_fresh_start_has_the_other_schema_and_files_of_its_own_that_go_with_it() {
        Path files;
        try (CommandTarget target = start(Map.of("TINY_PATH", "/somewhere", "OR3_TEST", "set"))) {
            assertThat(target.canStartUnderOtherSchema()).isTrue();
            try (Target fresh = target.startFresh(PREVIOUS)) {
                Map<?, ?> self = CommandTargetTest.self(fresh, 0);
                files = Path.of((String) self.get("OR3_TCK_DATA"));

                assertThat(self.get("TINY_SCHEMA")).isEqualTo(String.valueOf(PREVIOUS.version()));
                assertThat(self.get("TINY_PATH")).as("storage of its own").isNull();
                assertThat(self.get("OR3_TEST")).isEqualTo("set");
                assertThat(files).isNotEqualTo(data).isDirectory();

                fresh.reopen(CURRENT);
                Map<?, ?> reopened = CommandTargetTest.self(fresh, 0);
                assertThat(reopened.get("pid")).isNotEqualTo(self.get("pid"));
                assertThat(reopened.get("TINY_SCHEMA")).isEqualTo(String.valueOf(CURRENT.version()));
                assertThat(reopened.get("OR3_TCK_DATA")).isEqualTo(files.toString());

                fresh.restart();
                assertThat(CommandTargetTest.self(fresh, 0).get("TINY_SCHEMA")).isEqualTo(String.valueOf(CURRENT.version()));
            }
            assertThat(CommandTargetTest.self(target, 0).get("TINY_SCHEMA")).isNull();
        }
        assertThat(files).doesNotExist();
        assertThat(data).isDirectory();
    }

    @Test
    void a_start_that_is_refused_tells_what_the_process_wrote() {
        try (CommandTarget target = start(Map.of("TINY_PATH", "/somewhere"))) {
            assertThat(target.storageSettings()).contains(new StorageSettings("TINY_PATH", "TINY_STRICT"));
            assertThatThrownBy(() -> target.tryStart(Map.of("TINY_STRICT", "true"))).isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("exit code 2").hasMessageContaining("TINY_PATH is missing");
            assertThatCode(() -> target.tryStart(Map.of("TINY_STRICT", "true", "TINY_PATH", "/else")))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void an_end_in_good_order_is_no_refusal_that_tells_anything() {
        try (CommandTarget target = start(Map.of("TINY_EXIT", "0"))) {
            assertThatThrownBy(() -> target.tryStart(Map.of("TINY_STRICT", "true"))).isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("as if all were well").hasMessageNotContaining("TINY_PATH");
        }
    }

    @Test
    void variables_that_the_command_sets_itself_are_not_chosen_for_it() {
        try (CommandTarget target = start("TINY_PATH=/mine TINY_SCHEMA=2 " + CommandTargetTest.tiny(), Map.of())) {
            assertThat(target.storageSettings()).isEmpty();
            assertThat(target.canStartUnderOtherSchema()).isFalse();
        }
    }

    @Test
    void a_place_has_its_files_and_goes_with_them() throws Exception {
        Path directory;
        try (CommandTarget target = start(Map.of()); Place place = target.place(Map.of("notes.txt", "a note"))) {
            directory = Path.of(place.path());
            assertThat(Files.readString(directory.resolve("notes.txt"))).isEqualTo("a note");
        }
        assertThat(directory).doesNotExist();
    }
}
