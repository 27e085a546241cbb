package dev.or3.tck.api.result;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import java.util.List;
import java.util.Map;

/**
 * What a certification found: {@code report.json}. Immutable.
 *
 * @param format         {@value #FORMAT}
 * @param tck            the kit
 * @param provider       the manifest; null if the provider could not be reached
 * @param target         how the provider was reached, in words
 * @param profile        the profile it was held to
 * @param level          smoke, standard or deep
 * @param seed           the seed of the plans
 * @param startedAt      ISO-8601, UTC
 * @param durationMillis milliseconds
 * @param verdict        the conclusion
 * @param reason         why it is not certified, in one sentence; null if it is
 * @param rules          in the order of the catalogue
 * @param totals         counts by status
 * @param plans          plans run
 * @param operations     operations pushed, and calls of other components
 * @param calls          by call name, how many and how fast
 * @param environment    machine and runtime, in words
 * @param notes          what a reader should know: capabilities that lie, calls that hung, and so on
 * @param state          what the provider says of itself when all is done; null if it has no component for that
 * @param complete       true; written last, so that a file without it was cut off
 */
@JsonPropertyOrder({"format", "tck", "provider", "target", "profile", "level", "seed", "startedAt", "durationMillis",
        "verdict", "reason", "rules", "totals", "plans", "operations", "calls", "environment", "notes", "state",
        "complete"})
public record Report(String format, Kit tck, Manifest provider, String target, Profile profile, String level, long seed,
        String startedAt, long durationMillis, Conclusion verdict, String reason, List<RuleResult> rules, Totals totals,
        int plans, long operations, List<CallStatistics> calls, Map<String, String> environment, List<String> notes,
        ProviderState state, boolean complete) {

    public static final String FORMAT = "or3-tck-report/1";

    /**
     * The exit code that says the same: 0 certified, 1 a must rule failed, 3 the provider could not be reached or the kit
     * failed, 4 inconclusive.
     */
    public int exitCode() {
        return switch (verdict) {
            case CERTIFIED -> 0;
            case NOT_CERTIFIED -> 1;
            case INCONCLUSIVE -> totals.error() > 0 ? 3 : 4;
        };
    }

    /**
     * @param version   the version of the kit
     * @param catalogue the version of the rule catalogue
     */
    public record Kit(String version, String catalogue) {
    }

    public record Totals(int passed, int failed, int notApplicable, int notVerifiable, int error) {
        public static Totals of(List<RuleResult> rules) {
            int[] counts = new int[Status.values().length];
            rules.forEach(rule -> counts[rule.status().ordinal()]++);
            return new Totals(counts[Status.PASSED.ordinal()], counts[Status.FAILED.ordinal()],
                    counts[Status.NOT_APPLICABLE.ordinal()], counts[Status.NOT_VERIFIABLE.ordinal()],
                    counts[Status.ERROR.ordinal()]);
        }
    }

    /**
     * @param call      component and method, for example {@code sync.push}
     * @param count     how many
     * @param p50Micros the median, in microseconds
     * @param p99Micros the 99th percentile, in microseconds
     * @param maxMicros the slowest, in microseconds
     */
    public record CallStatistics(String call, long count, long p50Micros, long p99Micros, long maxMicros) {
    }
}
