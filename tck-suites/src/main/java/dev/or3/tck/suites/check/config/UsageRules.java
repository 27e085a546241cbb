package dev.or3.tck.suites.check.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.backend.Mood;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import java.util.List;
import java.util.Optional;

/** How a backend was used is counted and timed, for each organization by itself (CFG-11). */
final class UsageRules {
    private static final String RULE = "CFG-11";
    private static final List<String> TIMES = List.of("p50", "p95", "p99");
    /** Histograms round, and clocks differ. */
    private static final double TOLERANCE = 1.05;
    private static final double SPARE_MILLIS = 20;

    private UsageRules() {
    }

    static void judge(ConfigWorld world, AskFindings found) {
        for (AskCall usage : world.calls) {
            if (!usage.method().equals("usage") || !world.isOrganization(usage.text("orgId")) || !usage.isOk()) {
                continue;
            }
            String orgId = usage.text("orgId");
            List<AskCall> about = world.calls.stream().filter(call -> orgId.equals(call.text("orgId"))
                    && call.event().invoked() < usage.event().returned() && !call.method().equals("usage")).toList();
            List<AskCall> queries = about.stream().filter(call -> call.method().equals("query") && call.isOk()
                    && call.isAnsweredBefore(usage)).toList();
            if (judgeCount(usage, queries.size(), about.size(), found) && !queries.isEmpty()) {
                judgeTimes(world, usage, queries, about, found);
            }
        }
    }

    private static boolean judgeCount(AskCall usage, int least, int most, AskFindings found) {
        long operations = usage.answer().path("operations").asLong(-1);
        if (operations < least || operations > most) {
            found.violated(RULE, usage.text("orgId"), "Because the organization made " + least
                    + " queries that were answered, and "
                    + most + " calls in all, yet " + usage.called() + " counts " + operations + " operations.",
                    least + " to " + most, usage.outcome(), usage);
            return false;
        }
        return true;
    }

    private static void judgeTimes(ConfigWorld world, AskCall usage, List<AskCall> queries, List<AskCall> about,
            AskFindings found) {
        JsonNode told = usage.answer();
        double longest = about.stream().mapToLong(call -> call.ended() - call.began()).max().orElse(0) * TOLERANCE
                + SPARE_MILLIS;
        double before = 0;
        for (String time : TIMES) {
            double millis = told.path(time).asDouble(-1);
            if (millis < before / TOLERANCE || millis > longest) {
                violated(usage, "the shortest come first and no query took more than " + Math.round(longest) + " ms", time,
                        found);
                return;
            }
            before = millis;
        }
        double mean = told.path("meanMillis").asDouble(-1);
        Optional<Integer> delay = delay(world, queries);
        boolean onlyQueries = told.path("operations").asLong() == queries.size();
        if (mean < 0 || mean > longest || onlyQueries && delay.isPresent() && (mean * TOLERANCE < delay.get()
                || told.path("p50").asDouble() * TOLERANCE < delay.get())) {
            violated(usage, "each query took " + delay.map(millis -> millis + " ms or more, and ").orElse("")
                    + "at most " + Math.round(longest) + " ms", "meanMillis", found);
            return;
        }
        found.premise(RULE, onlyQueries && delay.filter(millis -> millis > 0).isPresent() ? 1 : 0);
    }

    /** How long the backend took for each of them at least. */
    private static Optional<Integer> delay(ConfigWorld world, List<AskCall> queries) {
        return queries.stream().map(query -> world.calls.stream().filter(call -> call.method().equals("switchProvider")
                        && call.isOk() && query.text("orgId").equals(call.text("orgId")) && call.isAnsweredBefore(query))
                        .reduce((first, second) -> second).map(call -> ConfigWorld.use(call.input().path("config")))
                        .filter(use -> use.answers(query.answer())).flatMap(use -> world.mood(use, query))
                        .map(Mood::delayMillis).orElse(0))
                .min(Integer::compare);
    }

    private static void violated(AskCall usage, String because, String what, AskFindings found) {
        found.violated(RULE, usage.text("orgId"), "Because " + because + ", yet " + usage.called() + " says "
                + usage.answer() + " (" + what + ").", "figures of what was measured", usage.outcome(), usage);
    }
}
