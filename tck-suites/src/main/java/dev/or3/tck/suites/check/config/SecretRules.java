package dev.or3.tck.suites.check.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.backend.CanarySearch;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.run.Event;
import java.util.List;
import java.util.Map;

/** No secret is left in files, events, output, error texts or arguments (CFG-04). */
final class SecretRules {
    private static final String RULE = "CFG-04";

    private SecretRules() {
    }

    static void judge(ConfigWorld world, AskFindings found) {
        boolean told = world.calls.stream().anyMatch(call -> call.isOk() && (call.method().equals("saveConfig")
                || call.method().equals("switchProvider")) && CanarySearch.in(call.input().toString()).isPresent());
        for (AskCall call : world.all) {
            if (!call.method().equals("activeConfig") && call.isOk()) {
                judge(call, "its answer", call.answer().toString(), found);
            } else if (call.event().error() != null) {
                judge(call, "its error", call.event().error().message(), found);
            }
        }
        for (Event search : world.arranged("search")) {
            JsonNode result = ConfigWorld.found(search);
            result.path("found").fields().forEachRemaining(place -> judge(search, place, found));
            boolean files = result.path("searched").toString().contains("files");
            found.premise(RULE, told && files && result.path("found").isEmpty() ? 1 : 0);
        }
    }

    private static void judge(AskCall call, String where, String text, AskFindings found) {
        CanarySearch.in(text).ifPresent(form -> found.violated(RULE, call.text("orgId"), "Because a credential that was"
                + " configured is a secret, yet " + call.called() + " has one in " + where + " (" + form + ").",
                "no secret", "a secret in " + where, call));
    }

    private static void judge(Event search, Map.Entry<String, JsonNode> place, AskFindings found) {
        found.violated(new Violation(RULE, "Because a credential that was configured is a secret, yet after the calls "
                + place.getKey() + " holds one (" + place.getValue().asText() + ").", "no secret",
                "a secret in " + place.getKey(), null, List.of(search.seq()), List.of()));
    }
}
