package dev.or3.tck.suites.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryStartTest {
    @TempDir
    Path directory;

    private Provider open(Map<String, String> settings) {
        return new MemoryProviderFactory().open(ProviderConfig.in(directory).with(settings));
    }

    @Test
    void the_provider_is_found_by_its_id() {
        assertThat(ServiceLoader.load(ProviderFactory.class)).extracting(ProviderFactory::id).contains("memory");
    }

    @Test
    void strict_mode_without_a_path_names_the_missing_setting() {
        assertThatThrownBy(() -> open(Map.of("OR3_MEMORY_STRICT", "true"))).hasMessageContaining("OR3_MEMORY_PATH");
    }

    @Test
    void a_folder_a_foreign_file_and_an_unreachable_path_are_refused_by_name() throws Exception {
        Path foreign = Files.writeString(directory.resolve("notes.txt"), "not a database");
        for (Path wrong : new Path[] {directory, foreign, foreign.resolve("db"), directory.resolve("no/such/db")}) {
            assertThatThrownBy(() -> open(Map.of("OR3_MEMORY_PATH", wrong.toString())))
                    .hasMessageContaining("OR3_MEMORY_PATH").hasMessageContaining(wrong.toString());
        }
        assertThat(Files.readString(foreign)).isEqualTo("not a database");
    }

    @ParameterizedTest
    @CsvSource({"OR3_MEMORY_PROFILE,or3-sync/9", "OR3_MEMORY_FAULT,Z99", "OR3_MEMORY_MAX_OPS,-1", "OR3_MEMORY_STRICT,yes"})
    void a_wrong_setting_is_named(String setting, String value) {
        assertThatThrownBy(() -> open(Map.of(setting, value))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(setting);
    }

    @Test
    void limits_can_be_set() {
        try (Provider small = open(Map.of("OR3_MEMORY_MAX_OPS", "7"))) {
            assertThat(small.manifest().limits().maxOpsPerPush()).isEqualTo(7);
        }
    }
}
