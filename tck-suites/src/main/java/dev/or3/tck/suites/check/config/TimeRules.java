package dev.or3.tck.suites.check.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import java.util.Locale;

/** Switches are quick, and say how long they took (CFG-12). */
final class TimeRules {
    private static final String RULE = "CFG-12";
    private static final long SWITCH_MILLIS = 30_000;
    private static final long ROLLBACK_MILLIS = 10_000;
    private static final long SPARE_MILLIS = 50;

    private TimeRules() {
    }

    static void judge(ConfigWorld world, AskFindings found) {
        for (AskCall call : world.calls) {
            boolean rollback = call.method().equals("rollbackProvider");
            if (!call.isOk() || !world.isOrganization(call.text("orgId"))
                    || !(rollback || call.method().equals("switchProvider"))) {
                continue;
            }
            long took = call.ended() - call.began();
            long limit = rollback ? ROLLBACK_MILLIS : SWITCH_MILLIS;
            if (took > limit) {
                violated(call, "it is done within " + limit / 1000 + " s", "it took " + took + " ms", found);
            } else if (judgeTold(call, took, rollback, found) && judgeNoted(world, call, found)) {
                found.premise(RULE, 1);
            }
        }
    }

    private static boolean judgeTold(AskCall call, long took, boolean rollback, AskFindings found) {
        JsonNode duration = call.answer().path("durationMillis");
        long steps = 0;
        boolean named = rollback || !call.answer().path("steps").isEmpty();
        for (JsonNode step : call.answer().path("steps")) {
            named &= !step.path("name").asText().isBlank() && step.path("millis").asLong(-1) >= 0;
            steps += step.path("millis").asLong();
        }
        if (!duration.isNumber() || duration.asLong() < 0 || duration.asLong() > took + SPARE_MILLIS || !named
                || steps > duration.asLong() + SPARE_MILLIS || duration.asLong() + SPARE_MILLIS < steps) {
            violated(call, "it took " + took + " ms", "it says " + duration + " ms, and steps "
                    + call.answer().path("steps"),
                    found);
            return false;
        }
        return true;
    }

    /** The event of the change has a number for how long it took. */
    private static boolean judgeNoted(ConfigWorld world, AskCall change, AskFindings found) {
        AskCall list = world.calls.stream().filter(call -> call.method().equals("events") && call.isOk()
                && change.text("orgId").equals(call.text("orgId")) && change.isAnsweredBefore(call)).findFirst()
                .orElse(null);
        if (list == null) {
            return false;
        }
        boolean noted = false;
        for (JsonNode event : list.answer()) {
            noted |= event.path("type").asText().equals("settings_updated") && tellsDuration(event.path("metadata"));
        }
        if (!noted) {
            violated(change, "how long it took is noted", "no event settings_updated of " + list.called()
                    + " has a duration", found);
        }
        return noted;
    }

    private static boolean tellsDuration(JsonNode metadata) {
        boolean[] tells = new boolean[1];
        metadata.fields().forEachRemaining(field -> tells[0] |= field.getValue().isNumber()
                && field.getKey().toLowerCase(Locale.ROOT).contains("duration"));
        return tells[0];
    }

    private static void violated(AskCall call, String because, String yet, AskFindings found) {
        found.violated(RULE, call.text("orgId"), "Because " + because + ", yet of " + call.called() + " " + yet + ".",
                "how long it took, within the limit", call.outcome(), call);
    }
}
