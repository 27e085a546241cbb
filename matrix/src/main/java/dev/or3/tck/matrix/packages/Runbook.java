package dev.or3.tck.matrix.packages;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The items of the decoupling runbook and of the extraction plan, each with what checks it: the table that
 * {@code runbook.yaml} holds.
 *
 * @param items in the order of the runbook
 */
public record Runbook(List<Item> items) {
    private static final Runbook CURRENT = load();

    /**
     * One item.
     *
     * @param source where it stands
     * @param item   what it asks for
     * @param checks the checks of package-check, by their ids; empty if none does
     * @param also   what else looks after it, or why nothing can; null where the checks do it all
     */
    public record Item(String source, String item, List<String> checks, String also) {
        public Item {
            checks = checks == null ? List.of() : List.copyOf(checks);
        }
    }

    /** The table of this kit. */
    public static Runbook current() {
        return CURRENT;
    }

    /** For people. */
    public String markdown() {
        return items.stream().map(Runbook::row).collect(Collectors.joining("",
                "| where | what it asks for | checked by package-check | also |\n|---|---|---|---|\n", ""));
    }

    private static String row(Item item) {
        String checks = item.checks().stream().map(id -> Check.valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_')))
                .map(check -> check.rule().id() + " " + check.id()).collect(Collectors.joining(", "));
        return String.format("| %s | %s | %s | %s |\n", item.source(), item.item(), checks,
                item.also() == null ? "" : item.also());
    }

    private static Runbook load() {
        try (InputStream yaml = Runbook.class.getResourceAsStream("runbook.yaml")) {
            return new Runbook(List.of(new YAMLMapper().readValue(yaml, Item[].class)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
