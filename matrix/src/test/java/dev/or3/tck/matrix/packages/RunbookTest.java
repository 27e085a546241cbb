package dev.or3.tck.matrix.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunbookTest {
    private final List<Runbook.Item> items = Runbook.current().items();

    @Test
    void every_item_is_answered() {
        assertThat(items).allSatisfy(item ->
                assertThat(item.checks().isEmpty() && item.also() == null).as(item.item()).isFalse());
    }

    @Test
    void every_check_answers_an_item() {
        assertThat(items.stream().flatMap(item -> item.checks().stream()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Check.values()).map(Check::id).toList());
    }

    @Test
    void as_a_table_it_has_a_row_for_each_item() {
        assertThat(Runbook.current().markdown().lines().skip(2)).hasSameSizeAs(items)
                .allMatch(row -> row.matches("\\|[^|]+\\|[^|]+\\|[^|]+\\|[^|]+\\|"));
    }
}
