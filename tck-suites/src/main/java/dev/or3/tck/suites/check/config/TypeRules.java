package dev.or3.tck.suites.check.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.run.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Types come at run time; their backends are opened when they are needed, and once (CFG-05). */
final class TypeRules {
    private static final String RULE = "CFG-05";

    private TypeRules() {
    }

    static void judge(ConfigWorld world, AskFindings found) {
        Set<String> types = new HashSet<>();
        for (Event registered : world.arranged("register")) {
            String type = ConfigWorld.with(registered).path("type").asText();
            if (!types.add(type)) {
                if (registered.isOk()) {
                    violated(registered, "the type '" + type + "' was registered already, yet it is registered again",
                            "a refusal", "success", found);
                }
                continue;
            }
            if (!registered.isOk()) {
                violated(registered, "types can be registered while the provider runs, yet '" + type + "' was not",
                        "it is registered", String.valueOf(registered.error()), found);
                continue;
            }
            judgeUse(world, registered, type, found);
        }
        judgeOpened(world, found);
    }

    private static void judgeUse(ConfigWorld world, Event registered, String type, AskFindings found) {
        for (AskCall call : world.calls) {
            boolean after = call.event().invoked() > registered.returned();
            boolean ofType = type.equals(call.input().path("config").path("type").asText())
                    || call.method().equals("validate") && type.equals(call.text("type"));
            if (call.method().equals("listTypes") && after && call.isOk() && !lists(call.answer(), type)) {
                violated(call, "the type '" + type + "' was registered before, yet " + call.called() + " does not list it",
                        "it is listed with its capabilities", found);
            } else if (ofType && after && call.isTurnedDown() && owner(world, call)
                    && !call.input().path("config").path("name").asText().isEmpty()) {
                violated(call, "the type '" + type + "' was registered before and its configuration is right, yet "
                        + call.called() + " got " + call.outcome(), "it is used", found);
            } else if (ofType && !after && call.event().returned() < registered.invoked() && call.isOk()
                    && !call.method().equals("validate")) {
                violated(call, "there was no type '" + type + "' yet, and still " + call.called() + " got success",
                        "a refusal", found);
            } else if (call.method().equals("validate") && ofType && after && call.isOk()
                    && call.answer().path("ok").asBoolean() == call.input().path("config").path("name").isMissingNode()) {
                violated(call, "the schema of '" + type + "' asks for a name, yet " + call.called() + " says ok "
                        + call.answer().path("ok"), "what the registered schema says", found);
            }
        }
    }

    private static boolean owner(ConfigWorld world, AskCall call) {
        return call.method().equals("validate") || "owner".equals(world.role(call.text("actorId"), call.text("orgId")));
    }

    private static boolean lists(JsonNode types, String type) {
        for (JsonNode one : types) {
            if (type.equals(one.path("type").asText())) {
                return one.path("capabilities").toString().contains("storage");
            }
        }
        return false;
    }

    /** What was counted: nothing before the first switch, at most one open after it, and all queries went to the same. */
    private static void judgeOpened(ConfigWorld world, AskFindings found) {
        for (Event counted : world.arranged("opened")) {
            String type = ConfigWorld.with(counted).path("type").asText();
            boolean needed = world.calls.stream().anyMatch(call -> call.method().equals("switchProvider")
                    && call.event().invoked() < counted.invoked() && call.mayTakeEffect()
                    && type.equals(call.input().path("config").path("type").asText()));
            ConfigWorld.found(counted).fields().forEachRemaining(count -> {
                int opened = count.getValue().path("opened").asInt();
                int open = count.getValue().path("open").asInt();
                if (!needed && opened > 0) {
                    violated(counted, "nothing needed a backend of '" + type + "' yet, and still " + opened + " were opened",
                            "none", opened + " opened", found);
                } else if (open > 1) {
                    violated(counted, "one organization uses the configuration, yet " + open + " backends of it are open",
                            "one", open + " open of " + opened, found);
                }
            });
            found.premise(RULE, needed && !ConfigWorld.found(counted).isEmpty() ? 1 : 0);
        }
        judgeNumbers(world, found);
    }

    private static void judgeNumbers(ConfigWorld world, AskFindings found) {
        if (world.history.header().instances() > 1) {
            return;
        }
        Map<String, AskCall> firsts = new HashMap<>();
        for (AskCall call : world.calls) {
            JsonNode result = call.answer().path("result");
            if (!call.method().equals("query") && call.mayTakeEffect() && !call.method().equals("activeConfig")) {
                firsts.clear();
            } else if (result.has("number")) {
                AskCall first = firsts.putIfAbsent(call.text("orgId") + result.path("backend"), call);
                if (first != null && !first.answer().path("result").path("number").equals(result.path("number"))) {
                    found.violated(RULE, call.text("orgId"), "Because " + first.called() + " was answered by one backend of"
                            + " the configuration, yet " + call.called() + " by another.", "the same backend",
                            call.outcome(), first, call);
                }
            }
        }
    }

    private static void violated(AskCall call, String because, String expected, AskFindings found) {
        found.violated(RULE, call.text("orgId"), "Because " + because + ".", expected, call.outcome(), call);
    }

    private static void violated(Event event, String because, String expected, String actual, AskFindings found) {
        found.violated(new Violation(RULE, "Because " + because + ".", expected, actual, null, List.of(event.seq()),
                List.of()));
    }
}
