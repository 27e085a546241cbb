package dev.or3.tck.suites.check.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Every wrong field of a configuration is named, with what is expected there (CFG-01). */
final class FormRules {
    private static final String RULE = "CFG-01";
    private static final int SHORTEST_MESSAGE = 5;
    private static final Predicate<String> URL = value -> value.matches("https?://[^\\s/]+\\S*");

    /** By type, each field with its form: those that begin with {@code ?} may be left out. */
    private static final Map<String, Map<String, Predicate<String>>> FORMS = Map.of(
            "convex", Map.of("deploymentUrl", URL, "deploymentName", value -> value.matches("(dev|prod):.+")),
            "wordpress", Map.of("baseUrl", URL.and(value -> value.endsWith("/wp-json")),
                    "username", value -> !value.isEmpty(),
                    "applicationPassword", value -> value.replace(" ", "").matches("[a-zA-Z0-9]{24}")),
            "notion", Map.of("token", value -> value.startsWith("secret_"), "databaseId", value -> true, "?baseUrl", URL),
            "supabase", Map.of("url", URL, "anonKey", value -> true, "?serviceKey", value -> true));

    private FormRules() {
    }

    static void judge(ConfigWorld world, AskFindings found) {
        long right = 0;
        long wrong = 0;
        for (AskCall call : world.calls) {
            switch (call.method()) {
                case "validate" -> {
                    Set<String> bad = wrongFields(call.text("type"), call.input().path("config"));
                    if (judgeValidation(world, call, bad, found)) {
                        right += bad != null && bad.isEmpty() ? 1 : 0;
                        wrong += bad == null || bad.isEmpty() ? 0 : 1;
                    }
                }
                case "saveConfig", "switchProvider" -> judgeChange(call, found);
                default -> { }
            }
        }
        found.premise(RULE, right > 0 ? wrong : 0);
    }

    /** The fields that do not have their form; null where the type is none of the built-in ones. */
    static Set<String> wrongFields(String type, JsonNode config) {
        Map<String, Predicate<String>> forms = FORMS.get(String.valueOf(type));
        if (forms == null) {
            return null;
        }
        Set<String> wrong = new TreeSet<>();
        new TreeMap<>(forms).forEach((name, form) -> {
            String field = name.replace("?", "");
            JsonNode value = config.path(field);
            boolean missing = value.isMissingNode() || value.isNull();
            if (missing ? !name.startsWith("?") : !value.isTextual() || !form.test(value.textValue())) {
                wrong.add(field);
            }
        });
        return wrong;
    }

    private static boolean judgeValidation(ConfigWorld world, AskCall call, Set<String> wrong, AskFindings found) {
        if (!call.isOk()) {
            if (wrong != null && call.isTurnedDown()) {
                found.violated(RULE, null, "Because a configuration of a known type can be validated, yet " + call.called()
                        + " got " + call.outcome() + ".", "what is wrong with it, or that nothing is", call.outcome(), call);
            }
            return false;
        }
        boolean ok = call.answer().path("ok").asBoolean();
        if (wrong == null) {
            if (ok && !isListed(world, call.text("type"))) {
                found.violated(RULE, null, "Because there is no type '" + call.text("type") + "', yet " + call.called()
                        + " finds nothing wrong.", "an error for the type", call.outcome(), call);
            }
            return false;
        }
        if (ok != wrong.isEmpty()) {
            found.violated(RULE, null, wrong.isEmpty() ? "Because every field has the form that its type asks for, yet "
                            + call.called() + " says that something is wrong." : "Because " + wrong
                            + " do not have their form, yet "
                            + call.called() + " finds nothing wrong.", wrong.isEmpty() ? "ok" : "errors for " + wrong,
                    call.outcome(), call);
            return false;
        }
        Set<String> named = new TreeSet<>();
        for (JsonNode error : call.answer().path("errors")) {
            String message = error.path("message").asText();
            if (message.strip().length() >= SHORTEST_MESSAGE && !message.strip().equals(error.path("field").asText())) {
                wrong.stream().filter(field -> names(error.path("field").asText(), field)).forEach(named::add);
            }
        }
        Set<String> unnamed = new TreeSet<>(wrong);
        unnamed.removeAll(named);
        if (!unnamed.isEmpty()) {
            found.violated(RULE, null, "Because " + wrong + " do not have their form, yet the errors of " + call.called()
                    + " do not say of " + unnamed + " what is expected there.", "an error for each of " + wrong,
                    call.outcome(), call);
        }
        return unnamed.isEmpty();
    }

    private static boolean isListed(ConfigWorld world, String type) {
        return world.calls.stream().filter(call -> call.method().equals("listTypes") && call.isOk())
                .anyMatch(call -> call.answer().findValuesAsText("type").contains(type));
    }

    /** A path such as {@code config.token} or {@code $.token} names the field too. */
    private static boolean names(String told, String field) {
        return told.equals(field) || told.endsWith("." + field) || told.endsWith("/" + field);
    }

    private static void judgeChange(AskCall call, AskFindings found) {
        JsonNode config = call.input().path("config");
        Set<String> wrong = config.isObject() ? wrongFields(config.path("type").asText(), config) : null;
        if (call.isOk() && wrong != null && !wrong.isEmpty()) {
            found.violated(RULE, call.text("orgId"), "Because " + wrong + " do not have their form, yet " + call.called()
                    + " got success.", "a refusal", call.outcome(), call);
        }
    }
}
