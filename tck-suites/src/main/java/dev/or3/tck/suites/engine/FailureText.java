package dev.or3.tck.suites.engine;

import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.result.Counterexample;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.api.result.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The message of a failed rule: first the contradiction, for those who see one line only, then everything else. */
final class FailureText {
    private static final String INDENT = "  ";

    private final List<String> lines = new ArrayList<>();

    /**
     * @param saved where the counterexample was saved, in words, or null
     * @param again how to run it again, in words
     */
    FailureText(Rule rule, RuleResult result, String saved, String again) {
        Counterexample example = result.counterexample();
        String heading = String.valueOf(example == null ? result.message() : example.sentence());
        lines.add(result.status() == Status.ERROR ? "the kit could not decide: " + heading : heading);
        lines.add("");
        lines.add(INDENT + rule.id() + " (" + rule.level().wireName() + ", " + String.join(", ", rule.source())
                + "): the provider " + rule.text());
        if (example != null) {
            show(example);
        }
        causes(example == null || example.causes().isEmpty() ? rule.causes() : example.causes());
        if (saved != null) {
            lines.add(INDENT + saved);
        }
        lines.add(INDENT + again);
    }

    private void show(Counterexample example) {
        lines.add("");
        lines.add(INDENT + "expected: " + example.expected());
        lines.add(INDENT + "actual:   " + example.actual());
        lines.add("");
        int lane = example.timeline().stream().mapToInt(moment -> moment.client().length()).max().orElse(0);
        int call = example.timeline().stream().mapToInt(moment -> moment.call().length()).max().orElse(0);
        for (Counterexample.Moment moment : example.timeline()) {
            String span = moment.invoked() + "–" + (moment.returned() == null ? "" : moment.returned());
            lines.add((moment.witness() ? "→ " : INDENT) + String.format("%-" + Math.max(1, lane) + "s  %9s  %-"
                    + Math.max(1, call) + "s  %s", moment.client(), span, moment.call(), moment.answer()));
        }
        if (!example.versions().isEmpty()) {
            lines.add("");
            lines.add(INDENT + "log: " + example.versions().stream().map(slot -> "v" + slot.version() + " "
                    + (slot.operation() == null ? "nothing" : slot.operation())).collect(Collectors.joining(", ")));
        }
        lines.add("");
        lines.add(INDENT + "seed " + example.seed() + ", plan " + example.plan() + ": " + example.operations()
                + " operations of " + example.clients() + " clients");
        if (example.reproduction() != null) {
            lines.add(INDENT + "failed in " + example.reproduction().failed() + " of " + example.reproduction().runs()
                    + " runs: " + example.reproduction().nature());
        }
    }

    private void causes(List<String> causes) {
        if (!causes.isEmpty()) {
            lines.add("");
            lines.add(INDENT + "what usually causes it:");
            causes.forEach(cause -> lines.add(INDENT + "- " + cause));
            lines.add("");
        }
    }

    /** Without control characters, which providers may put into messages, and which XML reports cannot hold. */
    @Override
    public String toString() {
        return lines.stream().map(FailureText::visible).collect(Collectors.joining("\n"));
    }

    private static String visible(String line) {
        StringBuilder visible = new StringBuilder(line.length());
        line.codePoints().forEach(point -> {
            if (Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE
                    || point == 0xFFFE || point == 0xFFFF) {
                visible.append(String.format("\\u%04x", point));
            } else {
                visible.appendCodePoint(point);
            }
        });
        return visible.toString();
    }
}
