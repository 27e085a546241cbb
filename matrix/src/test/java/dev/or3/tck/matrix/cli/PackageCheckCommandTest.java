package dev.or3.tck.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.matrix.source.Tree;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageCheckCommandTest {
    @TempDir
    Path directory;

    private Ran check(String... more) {
        new Tree(directory).with("package.json", "{\n  \"name\": \"or3-provider-mine\",\n  \"version\": \"1.0.0\"\n}\n");
        String[] arguments = new String[more.length + 2];
        arguments[0] = "package-check";
        arguments[1] = directory.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Ran.or3Tck(arguments);
    }

    @Test
    void a_broken_package_fails_with_places_rules_and_advice() {
        Ran ran = check();

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains(directory.resolve("package.json") + ":1:1  PKG-01", "does not export ./nuxt",
                "→ Export the Nuxt module", "1 package, 0 hosts: ");
    }

    @Test
    void machines_read_rule_and_check() {
        JsonNode json = Json.parse(check("--format", "json").out());

        assertThat(json.get("command").asText()).isEqualTo("package-check");
        assertThat(json.get("findings").findValuesAsText("check")).contains("nuxt-export", "module-type", "tsconfig");
        assertThat(Json.parse(check("--format", "sarif").out()).at("/runs/0/tool/driver/name").asText())
                .isEqualTo("or3-tck package-check");
    }

    @Test
    void the_table_tells_which_item_is_checked_by_what() {
        assertThat(Ran.or3Tck("package-check", "--table").out()).startsWith("| where | ")
                .contains("| pitfalls | no dual sources of truth | PKG-07 one-place |  |");
    }

    @Test
    void its_rules_are_explained_like_others() {
        assertThat(Ran.or3Tck("explain", "pkg-01").out()).contains("PKG-01  must", "resolvable exports", "package-check")
                .doesNotContain("PKG-02");
        assertThat(Ran.or3Tck("explain", "PKG").out()).contains("PKG-01", "PKG-07");
    }

    @Test
    void what_is_not_there_is_told() {
        assertThat(Ran.or3Tck("package-check").err()).contains("a directory is missing");
        assertThat(Ran.or3Tck("package-check", directory.resolve("nothing").toString()))
                .satisfies(ran -> assertThat(ran.exitCode()).isEqualTo(2))
                .satisfies(ran -> assertThat(ran.err()).contains("nothing does not exist"));
    }
}
