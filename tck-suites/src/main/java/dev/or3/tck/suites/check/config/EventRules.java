package dev.or3.tck.suites.check.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is noted of an organization's changes, between two lists of its events: CFG-06, -07 and -08. */
final class EventRules {
    private static final Set<String> CHANGES = Set.of("saveConfig", "switchProvider", "rollbackProvider");
    private static final Set<String> KINDS = Set.of("settings_updated", "entity_created", "entity_archived");

    private EventRules() {
    }

    static void judge(ConfigWorld world, AskFindings found) {
        for (AskCall list : world.calls) {
            if (list.method().equals("events") && list.isOk() && world.isOrganization(list.text("orgId"))) {
                judgeOwn(list, found);
                AskCall before = before(world, list);
                if (before != null) {
                    judge(world, before, list, found);
                }
            }
        }
    }

    private static AskCall before(ConfigWorld world, AskCall list) {
        return world.calls.stream().filter(call -> call.method().equals("events") && call.isOk()
                && call.isAnsweredBefore(list)
                && list.text("orgId").equals(call.text("orgId"))).reduce((first, second) -> second).orElse(null);
    }

    private static void judgeOwn(AskCall list, AskFindings found) {
        for (JsonNode event : list.answer()) {
            if (!list.text("orgId").equals(event.path("orgId").asText())) {
                found.violated("CFG-06", list.text("orgId"), "Because " + list.called()
                        + " asks for the events of organization "
                        + list.text("orgId") + ", yet it shows one of " + event.path("orgId").asText() + ".",
                        "its own events",
                        list.outcome(), list);
            }
        }
    }

    /** The events that the second list shows beyond the first. */
    static List<JsonNode> news(AskCall before, AskCall list) {
        List<JsonNode> news = new ArrayList<>();
        list.answer().forEach(news::add);
        before.answer().forEach(news::remove);
        return news;
    }

    private static void judge(ConfigWorld world, AskCall before, AskCall list, AskFindings found) {
        String orgId = list.text("orgId");
        List<AskCall> between = world.calls.stream().filter(call -> CHANGES.contains(call.method())
                && orgId.equals(call.text("orgId")) && !call.isAnsweredBefore(before) && !list.isAnsweredBefore(call))
                .toList();
        if (between.stream().anyMatch(call -> !call.isOk() && !call.isTurnedDown())) {
            return;
        }
        List<JsonNode> news = news(before, list);
        if (between.stream().noneMatch(AskCall::isOk)) {
            news.stream().filter(event -> KINDS.contains(event.path("type").asText())).findFirst().ifPresent(event ->
                    found.violated("CFG-07", orgId, "Because " + (between.isEmpty() ? "nothing was changed"
                            : String.join(" and ", between.stream().map(call -> call.called() + " got " + call.outcome())
                            .toList()))
                            + ", yet " + list.called() + " shows a new event " + event.path("type").asText() + ".",
                            "no event of a change", event.toString(), before, list));
            return;
        }
        for (AskCall change : between) {
            if (change.isOk()) {
                judgeNoted(change, news, list, found);
            }
        }
    }

    private static void judgeNoted(AskCall change, List<JsonNode> news, AskCall list, AskFindings found) {
        String kind = change.method().equals("saveConfig") ? "entity_created" : "settings_updated";
        boolean rollback = change.method().equals("rollbackProvider");
        boolean noted = news.stream().anyMatch(event -> kind.equals(event.path("type").asText())
                && event.path("actorId").asText().equals(change.text("actorId"))
                && (!rollback || event.path("metadata").toString().toLowerCase(Locale.ROOT).contains("rollback")));
        if (!noted) {
            found.violated(rollback ? "CFG-08" : "CFG-07", list.text("orgId"), "Because " + change.called() + " got "
                    + change.outcome() + ", yet " + list.called() + " shows no event " + kind + " of that actor"
                    + (rollback ? " that says rollback." : "."), "an event " + kind, "none among " + news.size()
                    + " new ones",
                    change, list);
        } else if (rollback) {
            found.premise("CFG-08", 1);
        }
    }
}
