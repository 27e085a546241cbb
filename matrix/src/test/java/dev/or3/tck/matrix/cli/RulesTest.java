package dev.or3.tck.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

    @Test
    void the_table_lists_every_rule_once_within_the_width() {
        String table = Ran.or3Tck("rules").out();

        assertThat(Catalogue.current().rules()).allSatisfy(rule ->
                assertThat(table.lines().filter(line -> line.startsWith("  " + rule.id() + " "))).hasSize(1));
        assertThat(table.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void json_is_the_catalogue() {
        JsonNode json = Json.parse(Ran.or3Tck("rules", "--format", "json").out());

        assertThat(json.get("version").asInt()).isEqualTo(Catalogue.current().version());
        assertThat(json.get("rules").findValuesAsText("id"))
                .isEqualTo(Catalogue.current().rules().stream().map(Rule::id).toList());
    }

    @Test
    void markdown_is_a_table_row_for_each_rule() {
        String markdown = Ran.or3Tck("rules", "--format", "markdown", "--group", "PULL").out();

        assertThat(markdown.lines().skip(2)).isNotEmpty().allMatch(line -> line.matches("\\| PULL-\\d\\d \\|.*\\|"));
    }

    @Test
    void groups_narrow_the_list() {
        assertThat(Ran.or3Tck("rules", "--group", "lww,cur").out()).contains("LWW-01", "CUR-01").doesNotContain("PUSH-01");
    }

    @Test
    void an_explanation_gives_text_level_source_and_the_command_to_check_it() {
        Rule rule = Catalogue.current().rule("PUSH-07");
        String text = Ran.or3Tck("explain", "push-07").out();

        assertThat(text).contains("PUSH-07", "must", rule.source().get(0), "or3-tck certify --rule PUSH-07");
        assertThat(text.replaceAll("\\s+", " ")).contains("The provider " + rule.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"WIRE", "wire", "WIRE-*"})
    void a_group_or_a_glob_explains_all_its_rules(String name) {
        assertThat(Ran.or3Tck("explain", name).out()).contains("WIRE-01", "WIRE-02");
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain PUSH-7", "rules --group PUHS"})
    void an_unknown_rule_is_answered_with_the_nearest(String arguments) {
        Ran ran = Ran.or3Tck(arguments.split(" "));

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines()).singleElement().asString()
                .contains("no rule is called").contains("did you mean 'PUSH");
    }
}
