package dev.or3.tck.suites.check.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.backend.Mood;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.check.config.ConfigWorld.Use;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How backends are, is told as it is, noted, and an alert where they fail (CFG-10). */
final class HealthRules {
    private static final String RULE = "CFG-10";
    /** Above this an answer is slow; only what is clearly on one side is judged. */
    private static final int SLOW_MILLIS = 1_000;
    private static final int CLEARLY_FAST_MILLIS = 500;

    private HealthRules() {
    }

    static void judge(ConfigWorld world, AskFindings found) {
        Set<String> seen = new HashSet<>();
        long times = 0;
        for (AskCall call : world.calls) {
            boolean test = call.method().equals("testConnection");
            if (!test && !(call.method().equals("health") && world.isOrganization(call.text("orgId")))) {
                continue;
            }
            Optional<Use> use = test ? Optional.of(ConfigWorld.use(call.input().path("config"))) : active(world, call);
            Optional<Mood> mood = use.flatMap(known -> world.mood(known, call));
            if (mood.isEmpty()) {
                continue;
            }
            if (test) {
                judgeTest(call, mood.get(), found);
                continue;
            }
            String told = judge(world, call, use.get(), mood.get(), found);
            if (told != null) {
                seen.add(told);
                times++;
            }
        }
        found.premise(RULE, seen.size() > 1 ? times : 0);
    }

    /** The backend that the organization's last change left, if nothing is unclear about it. */
    private static Optional<Use> active(ConfigWorld world, AskCall health) {
        List<AskCall> changes = world.calls.stream().filter(call -> (call.method().equals("switchProvider")
                || call.method().equals("rollbackProvider")) && call.isOk()
                && health.text("orgId").equals(call.text("orgId"))
                && call.event().invoked() < health.event().returned()).toList();
        if (changes.isEmpty()) {
            return world.standard();
        }
        AskCall last = changes.get(changes.size() - 1);
        return last.method().equals("switchProvider") && last.isAnsweredBefore(health)
                && changes.stream().allMatch(call -> call == last || call.isAnsweredBefore(last))
                ? Optional.of(ConfigWorld.use(last.input().path("config"))) : Optional.empty();
    }

    private static Set<String> possible(Mood mood) {
        if (mood.dead()) {
            return Set.of("offline");
        }
        if (mood.status() != 200) {
            return mood.status() == 429 ? Set.of("degraded") : Set.of("degraded", "offline");
        }
        return mood.delayMillis() >= SLOW_MILLIS ? Set.of("degraded") : mood.delayMillis() < CLEARLY_FAST_MILLIS
                // A busy machine may be slow where the backend is not.
                ? Set.of("online") : Set.of("online", "degraded");
    }

    private static void judgeTest(AskCall call, Mood mood, AskFindings found) {
        // Wrong credentials are refused by a backend that is well.
        if (call.answer().path("status").asText().equals("online") && (mood.dead() || mood.status() != 200)) {
            found.violated(RULE, null, "Because the backend " + words(mood) + ", yet " + call.called() + " says online.",
                    "degraded or offline", call.outcome(), call);
        }
    }

    private static String judge(ConfigWorld world, AskCall call, Use use, Mood mood, AskFindings found) {
        if (!call.isOk()) {
            if (call.isTurnedDown()) {
                violated(call, "health can be asked for at any time", "how the backend is", found);
            }
            return null;
        }
        String orgId = call.text("orgId");
        JsonNode mine = null;
        for (JsonNode one : call.answer()) {
            mine = orgId.equals(one.path("orgId").asText()) ? one : mine;
        }
        if (mine == null || !mine.path("type").asText().equals(use.type())) {
            violated(call, "the organization uses a backend of type " + use.type(), "an entry for it", found);
            return null;
        }
        String status = mine.path("status").asText();
        long took = call.ended() - call.began();
        boolean slow = status.equals("degraded") && took >= CLEARLY_FAST_MILLIS;
        if (!possible(mood).contains(status) && !(mood.status() == 200 && !mood.dead() && slow)) {
            violated(call, "the backend " + words(mood), String.join(" or ", possible(mood)), found);
            return null;
        }
        if (mood.status() == 200 && !mood.dead() && (!mine.path("responseMillis").isNumber()
                || mine.path("responseMillis").asLong() + 50 < mood.delayMillis()
                || mine.path("responseMillis").asLong() > took + 50
                || !mine.path("checkedAt").isNumber())) {
            violated(call, "the backend took " + mood.delayMillis() + " ms or more, and the call " + took + " ms in all",
                    "when it was checked, and a time between", found);
            return null;
        }
        return judgeNoted(world, call, status, found) ? status : null;
    }

    private static boolean judgeNoted(ConfigWorld world, AskCall health, String status, AskFindings found) {
        String orgId = health.text("orgId");
        AskCall before = world.calls.stream().filter(call -> isList(call, orgId) && call.isAnsweredBefore(health))
                .reduce((first, second) -> second).orElse(null);
        AskCall after = world.calls.stream().filter(call -> isList(call, orgId) && health.isAnsweredBefore(call)).findFirst()
                .orElse(null);
        if (before == null || after == null) {
            return false;
        }
        List<JsonNode> news = EventRules.news(before, after);
        boolean noted = news.stream().anyMatch(event -> event.path("type").asText().equals("communication_event")
                && event.path("orgId").asText().equals(orgId));
        boolean alerted = news.stream().anyMatch(event -> event.toString().toLowerCase(Locale.ROOT).contains("alert"));
        if (!noted) {
            found.violated(RULE, orgId, "Because " + health.called() + " checked the backend, yet " + after.called()
                    + " shows no communication_event of that.", "an event", news.size() + " new events", health, after);
        } else if (status.equals("offline") && !alerted) {
            found.violated(RULE, orgId, "Because " + health.called() + " found the backend offline, yet " + after.called()
                    + " shows no alert.", "an event that says alert", news.toString(), health, after);
        }
        return noted && (alerted || !status.equals("offline"));
    }

    private static boolean isList(AskCall call, String orgId) {
        return call.method().equals("events") && call.isOk() && orgId.equals(call.text("orgId"));
    }

    private static String words(Mood mood) {
        return mood.dead() ? "breaks every connection" : "answers with status " + mood.status()
                + (mood.delayMillis() > 0 ? " after " + mood.delayMillis() + " ms" : "");
    }

    private static void violated(AskCall call, String because, String expected, AskFindings found) {
        found.violated(RULE, call.text("orgId"), "Because " + because + ", yet " + call.called() + " got " + call.outcome()
                + ".",
                expected, call.outcome(), call);
    }
}
