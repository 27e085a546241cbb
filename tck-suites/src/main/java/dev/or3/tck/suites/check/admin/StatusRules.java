package dev.or3.tck.suites.check.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.check.ask.InputJudgement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The status says how the provider is and what can be done, and that can be done (ADM-01). */
final class StatusRules {
    private static final Set<String> LEVELS = Set.of("info", "warning", "error");

    private StatusRules() {
    }

    static void judge(List<AskCall> calls, AskFindings found) {
        AskCall latest = null;
        boolean listedRan = false;
        boolean unlistedRefused = false;
        for (AskCall call : calls) {
            if (call.is(AdminCalls.COMPONENT, "getStatus") && call.isOk()) {
                judgeStatus(call, found);
                latest = call;
            } else if (call.is(AdminCalls.COMPONENT, "runAction") && latest != null
                    && !InputJudgement.isMalformed(call)) {
                boolean listed = actions(latest).contains(call.text("actionId"));
                judgeRun(latest, call, listed, found);
                listedRan |= listed && call.isOk();
                unlistedRefused |= !listed && call.isTurnedDown();
            }
        }
        boolean whole = latest != null && unlistedRefused && (listedRan || actions(latest).isEmpty());
        found.premise("ADM-01", whole ? 1 : 0);
    }

    private static void judgeStatus(AskCall status, AskFindings found) {
        String trouble = trouble(status.answer());
        if (trouble != null) {
            found.violated("ADM-01", null, "Because a status has lists of warnings and actions, yet that of " + status.called()
                    + " " + trouble + ".", "warnings with level and message, actions with id and label", status.outcome(), status);
        }
    }

    private static String trouble(JsonNode status) {
        if (!status.path("warnings").isArray() || !status.path("actions").isArray()) {
            return "has none";
        }
        for (JsonNode warning : status.path("warnings")) {
            if (!LEVELS.contains(warning.path("level").asText()) || warning.path("message").asText().isBlank()) {
                return "has a warning without level or message";
            }
        }
        Set<String> ids = new HashSet<>();
        for (JsonNode action : status.path("actions")) {
            if (action.path("id").asText().isBlank() || action.path("label").asText().isBlank()) {
                return "has an action without id or label";
            }
            if (!ids.add(action.path("id").asText())) {
                return "lists the action '" + action.path("id").asText() + "' twice";
            }
        }
        return null;
    }

    private static void judgeRun(AskCall status, AskCall run, boolean listed, AskFindings found) {
        String action = run.text("actionId");
        if (listed && run.isTurnedDown()) {
            found.violated("ADM-01", null, "Because " + status.called() + " lists the action '" + action + "', yet "
                    + run.called() + " of it got " + run.outcome() + ".", "it runs", run.outcome(), status, run);
        } else if (!listed && run.isOk()) {
            found.violated("ADM-01", null, "Because " + status.called() + " lists no action '" + action + "', yet "
                    + run.called() + " of it got success.", "a refusal", run.outcome(), status, run);
        }
    }

    private static Set<String> actions(AskCall status) {
        Set<String> ids = new HashSet<>();
        status.answer().path("actions").forEach(action -> ids.add(action.path("id").asText()));
        return ids;
    }
}
