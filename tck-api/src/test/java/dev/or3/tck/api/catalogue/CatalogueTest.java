package dev.or3.tck.api.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Profile;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {

    private final Catalogue catalogue = Catalogue.current();

    @Test
    void it_holds_the_rules_of_the_first_version() {
        assertThat(catalogue.version()).isEqualTo(1);
        assertThat(catalogue.rules()).hasSizeGreaterThan(105).allMatch(rule -> rule.since() == 1 && rule.scored() == 1);
        assertThat(catalogue.rules().stream().map(Rule::group).distinct())
                .contains("PUSH", "ERR", "LWW", "PULL", "ISO", "CUR", "GC", "SNAP", "WIRE", "DUR", "STORE",
                        "ADM");
    }

    @Test
    void every_rule_tells_something_of_its_own() {
        assertThat(catalogue.rules()).extracting(Rule::text).doesNotHaveDuplicates();
        assertThat(catalogue.rules()).extracting(Rule::checked).doesNotHaveDuplicates();
        assertThat(catalogue.rules()).allSatisfy(rule -> {
            assertThat(rule.causes()).as(rule.id()).hasSizeBetween(1, 4).doesNotHaveDuplicates();
            assertThat(rule.text()).as(rule.id()).doesNotContain("…\"").doesNotStartWith("…").hasSizeLessThan(260);
            assertThat(rule.checked()).as(rule.id()).hasSizeBetween(40, 420);
        });
    }

    @Test
    void rules_of_snapshots_signals_and_owned_rows_begin_with_profile_1_1() {
        assertThat(catalogue.rules().stream().filter(rule -> rule.from() == Profile.V1_1).map(Rule::id)).containsExactly(
                "LWW-03", "LWW-12", "LWW-14", "PULL-13", "CUR-06", "SNAP-01", "SNAP-02", "SNAP-03", "SNAP-04", "SNAP-05",
                "NOTE-02");
    }

    @Test
    void the_shoulds_are_those_of_the_contract() {
        assertThat(catalogue.rules().stream().filter(rule -> !rule.isMust()).map(Rule::id)).contains(
                "PUSH-16", "PUSH-19", "ERR-01", "LWW-14", "PULL-15", "CUR-05", "GC-12");
    }

    @Test
    void a_glob_names_rules_whatever_its_case() {
        assertThat(catalogue.matching("push-07")).extracting(Rule::id).containsExactly("PUSH-07");
        assertThat(catalogue.matching("Snap-*")).hasSize(5);
        assertThat(catalogue.matching("*-06")).extracting(Rule::id).contains("PUSH-06", "LWW-06", "WIR-06")
                .allMatch(id -> id.endsWith("-06"));
        assertThat(new HashSet<>(catalogue.matching("*"))).isEqualTo(new HashSet<>(catalogue.rules()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PUSH", "PUSH-99", "PUSH-0?", "\\E.*\\Q", "(", "P.SH-*"})
    void what_names_no_rule_is_refused_with_a_hint(String glob) {
        assertThatThrownBy(() -> catalogue.matching(glob)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no rule matches '" + glob + "': see 'or3-tck rules' for the ids");
    }

    @Test
    void an_unknown_id_is_refused() {
        assertThat(catalogue.find("NEW-01")).isEmpty();
        assertThatThrownBy(() -> catalogue.rule("NEW-01")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown rule 'NEW-01'");
    }

    @Test
    void sources_name_a_document_and_a_place() {
        assertThat(catalogue.rules().stream().map(Rule::source).flatMap(List::stream).distinct()).allMatch(
                source -> source.matches("contract|convex-provider-readme|(sqlite-provider-requirements"
                        + "|extraction-plan|decoupling-runbook|config-system-feature) [0-9]\\.?[0-9A-Z]*"));
    }
}
