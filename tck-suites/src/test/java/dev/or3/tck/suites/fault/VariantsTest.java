package dev.or3.tck.suites.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VariantsTest {
    private static List<String> plain;

    @TempDir
    Path directory;

    @BeforeAll
    static void takeTheTour(@TempDir Path place) {
        plain = Tour.of(place, "");
    }

    static List<Variant> variants() {
        return Variant.all();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void a_variant_changes_an_answer(Variant variant) {
        assertThat(Tour.of(directory, Map.of(MemorySettings.VARIANT, variant.name())).equals(plain))
                .as("%s shows nowhere", variant).isFalse();
    }

    @Test
    void what_payloads_lose_is_declared() {
        try (Provider normalizing = open("normalizing"); Provider other = open("")) {
            assertThat(normalizing.manifest().normalizes()).containsExactly("nulls", "file_meta.ref_count");
            assertThat(other.manifest().normalizes()).isEmpty();
        }
    }

    @Test
    void an_unknown_variant_is_named() {
        assertThatThrownBy(() -> open("upside-down")).hasMessageContaining("OR3_MEMORY_VARIANT")
                .hasMessageContaining("upside-down");
    }

    private Provider open(String variant) {
        return new MemoryProviderFactory().open(ProviderConfig.in(directory).with(Map.of(MemorySettings.VARIANT, variant)));
    }
}
