package dev.or3.tck.suites.check.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** As long as nothing changes, the pages of one query show each workspace once (ADM-02). */
final class PageRules {
    private PageRules() {
    }

    static void judge(List<AskCall> calls, AskFindings found) {
        Map<String, AskCall> shownBy = new HashMap<>();
        AskCall before = null;
        for (AskCall call : calls) {
            if (!AdminCalls.isRead(call)) {
                before = null;
            }
            if (!call.method().equals("listWorkspaces") || !call.isOk()) {
                continue;
            }
            if (before == null || !isNext(before, call)) {
                shownBy.clear();
            }
            for (JsonNode item : call.answer().path("items")) {
                AskCall first = shownBy.putIfAbsent(item.path("id").asText(), call);
                if (first != null && first != call) {
                    found.violated("ADM-02", null, "Because " + first.called() + " shows workspace " + item.path("id").asText()
                            + " on page " + first.input().path("page") + ", yet " + call.called() + " shows it on page "
                            + call.input().path("page") + " of the same query again.", "each workspace on one page", "on two",
                            first, call);
                }
            }
            before = call;
        }
    }

    private static boolean isNext(AskCall before, AskCall call) {
        return before.precedes(call) && call.input().path("page").asInt() == before.input().path("page").asInt() + 1
                && Objects.equals(before.text("search"), call.text("search"))
                && before.input().path("perPage").equals(call.input().path("perPage"))
                && before.input().path("includeDeleted").equals(call.input().path("includeDeleted"));
    }
}
