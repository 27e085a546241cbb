package dev.or3.tck.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.matrix.source.Tree;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardCommandTest {
    @TempDir
    Path root;

    private Tree tree;

    @BeforeEach
    void begin() {
        tree = new Tree(root).with("server/api/good.ts", "import { a } from '~~/server/a'\n");
    }

    private Tree broken() {
        return tree.with("server/api/bad.ts", "// first\nimport { a } from 'convex/server'\n");
    }

    private Ran guard(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "guard";
        arguments[1] = root.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Ran.or3Tck(arguments);
    }

    @Test
    void a_good_tree_passes() {
        Ran ran = guard();

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("1 file: 0 findings");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void a_finding_tells_its_place_rule_and_what_to_do_and_fails() {
        broken();
        Ran ran = guard();

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains(root.resolve("server/api/bad.ts") + ":2:19  WIR-04",
                "names 'convex/server' in an import",
                "→ Call it through a registry", "2 files: 1 finding");
    }

    @Test
    void machines_read_the_same() {
        broken();
        JsonNode json = Json.parse(guard("--format", "json").out());

        assertThat(json.get("format").asText()).isEqualTo("or3-tck-findings/1");
        assertThat(json.at("/findings/0/rule").asText()).isEqualTo("WIR-04");
        assertThat(json.at("/findings/0/line").asInt()).isEqualTo(2);
        assertThat(json.at("/looked/files").asInt()).isEqualTo(2);
        assertThat(Json.parse(guard("--format", "sarif").out()).at("/runs/0/results/0/ruleId").asText()).isEqualTo("WIR-04");
    }

    @Test
    void where_there_is_nothing_to_look_at_nothing_is_proven() {
        assertThat(Ran.or3Tck("guard", root.resolve("server/api").toString()).exitCode()).isEqualTo(4);
    }

    @Test
    void rules_of_the_tree_are_found_and_others_can_be_named() {
        broken().with("guard.yaml", "rules: [{id: OWN, zones: [server/], banned: [vue]}]")
                .with("other.yaml", "rules: [{id: OTHER, zones: [server/], banned: ['~~/server']}]");

        assertThat(guard().exitCode()).isZero();
        assertThat(guard("--rules", root.resolve("other.yaml").toString()).out()).contains("good.ts:1:19  OTHER")
                .doesNotContain("bad.ts:2:19");
    }

    @Test
    void the_built_in_rules_can_be_printed_and_used() {
        broken().with("guard.yaml", Ran.or3Tck("guard", "--print-rules").out());

        assertThat(guard().out()).contains("bad.ts:2:19  WIR-04");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "rules: 3|guard.yaml:1:8: rules: integer found, array expected",
        "rule: []|guard.yaml:1:1: property 'rule' is not known",
        "rules: [|guard.yaml:1:",
    })
    void a_wrong_rules_file_is_told_with_its_line(String yaml, String complaint) {
        tree.with("guard.yaml", yaml);
        Ran ran = guard();

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains(complaint);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void every_fault_of_a_rules_file_is_told_in_a_line_of_its_own() {
        tree.with("guard.yaml", "rule: []\nbanned: []\n");

        assertThat(guard().complaints()).hasSize(2);
    }

    @Test
    void what_is_not_there_is_told() {
        assertThat(Ran.or3Tck("guard", root.resolve("nothing").toString()))
                .satisfies(ran -> assertThat(ran.exitCode()).isEqualTo(2))
                .satisfies(ran -> assertThat(ran.err()).contains("does not exist"));
        assertThat(Ran.or3Tck("guard", root.resolve("server/api/good.ts").toString()).err()).contains("is no directory");
        assertThat(guard("--rules", root.resolve("nothing.yaml").toString()).err()).contains("nothing.yaml does not exist");
    }
}
