package dev.or3.tck.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.result.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalReportTest {

    @Test
    void every_rule_has_a_line_that_begins_with_its_mark_and_id() {
        String text = TerminalReport.render(Samples.failing(), TerminalStyle.PLAIN);
        assertThat(text.lines()).anyMatch(line -> line.startsWith("✗ PUSH-05 "))
                .anyMatch(line -> line.startsWith("? GC-01 ")).anyMatch(line -> line.startsWith("– CUR-06 "))
                .anyMatch(line -> line.startsWith("! STORE-12 "))
                .anyMatch(line -> line.startsWith("✓ PUSH-06 ") && line.endsWith("10,282×"));
        Catalogue.current().rules().forEach(rule -> assertThat(text).contains(" " + rule.id() + " "));
    }

    @Test
    void the_verdict_comes_last_with_the_totals() {
        List<String> lines = TerminalReport.render(Samples.failing(), TerminalStyle.PLAIN).lines().toList();
        assertThat(lines.subList(lines.size() - 4, lines.size())).containsExactly("NOT CERTIFIED",
                "3 must rules failed: PUSH-05, LWW-07, PULL-08; 1 in error: STORE-12",
                "✓ " + (Samples.RULES - 23) + " passed  ✗ 4 failed  – 1 not applicable  ? 17 not verifiable  ! 1 error",
                "412 plans, 81,204 operations, 41.2 s");
        assertThat(TerminalReport.verdict(Samples.certified(), TerminalStyle.PLAIN)).contains("\nCERTIFIED\n");
    }

    @Test
    void what_was_not_verifiable_is_listed_once_for_each_reason() {
        assertThat(TerminalReport.render(Samples.failing(), TerminalStyle.PLAIN)).contains("""
                Not verifiable
                  the provider has no clock control, so its retention cannot be reached
                    PULL-13 CUR-01 CUR-02""");
    }

    @Test
    void what_the_provider_says_of_itself_is_told_before_the_verdict() {
        assertThat(TerminalReport.render(Samples.certified(), TerminalStyle.PLAIN)).contains("""
                What the provider says of itself
                  warning    synchronous is OFF
                  no answer  asking for control provision failed: it answers 501
                  backends   3 online, 0 degraded, 1 offline
                  details    sqlite 3.46 · pages 12
                  actions    checkpoint, vacuum (dangerous)
                """);
        assertThat(TerminalReport.render(Samples.failing(), TerminalStyle.PLAIN)).doesNotContain("says of itself");
    }

    @Test
    void plain_text_has_no_escapes_and_coloured_text_says_the_same() {
        for (Report report : reports()) {
            String plain = TerminalReport.render(report, TerminalStyle.PLAIN);
            String coloured = TerminalReport.render(report, TerminalStyle.COLOURED);
            assertThat(plain).doesNotContain("\u001b");
            assertThat(coloured).contains("\u001b[").isNotEqualTo(plain);
            assertThat(withoutTrailingBlanks(coloured.replaceAll("\u001b\\[[0-9;]*m", "")))
                    .isEqualTo(withoutTrailingBlanks(plain));
        }
    }

    @Test
    void no_line_is_wider_than_asked_but_for_commands() {
        for (int columns : new int[] {80, 100, 140}) {
            for (Report report : reports()) {
                String text = TerminalReport.render(report, new TerminalStyle(false, columns));
                assertThat(text.lines().filter(line -> !line.matches("  (saved in|run again|by curl) .*")))
                        .as("%d columns", columns).allMatch(line -> Columns.width(line) <= columns);
            }
        }
    }

    @Test
    void nothing_that_a_provider_says_reaches_the_terminal_as_a_control() {
        String text = TerminalReport.render(Samples.hostile(), TerminalStyle.PLAIN);
        assertThat(text.codePoints().filter(c -> c != '\n')).noneMatch(Character::isISOControl)
                .noneMatch(c -> Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.SURROGATE);
        assertThat(text.length()).as("a megabyte of answer is cut").isLessThan(200_000);
    }

    private static List<Report> reports() {
        return List.of(Samples.certified(), Samples.failing(), Samples.hostile(), Samples.unreachable());
    }

    private static String withoutTrailingBlanks(String text) {
        return text.replaceAll("(?m) +$", "");
    }
}
