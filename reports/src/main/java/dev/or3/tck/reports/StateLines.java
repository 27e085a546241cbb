package dev.or3.tck.reports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.or3.tck.api.admin.Admin.Action;
import dev.or3.tck.api.admin.Admin.Warning;
import dev.or3.tck.api.config.Configuration.Health;
import dev.or3.tck.api.result.ProviderState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a provider says of itself, line by line, made {@link Visible}: what is wrong comes first. */
final class StateLines {
    static final String TITLE = "What the provider says of itself";
    private static final int LONGEST = 400;

    /**
     * @param name what the line is about: warning, action, backends and so on
     */
    record Line(String name, String text) {
    }

    private final List<Line> lines = new ArrayList<>();

    private StateLines() {
    }

    /**
     * Everything.
     *
     * @param state may be null
     */
    static List<Line> of(ProviderState state) {
        StateLines told = new StateLines();
        if (state != null) {
            told.summary(state);
            told.troubled(state.backends());
            details(state).forEach(told::add);
            state.actions().forEach(action -> told.add("action", words(action)));
        }
        return told.lines;
    }

    /** Warnings line by line, and the rest in a line of each kind. */
    static List<Line> brief(ProviderState state) {
        StateLines told = new StateLines();
        if (state != null) {
            told.summary(state);
            Map<String, String> details = details(state);
            if (!details.isEmpty()) {
                told.add("details", String.join(" · ", details.entrySet().stream()
                        .map(detail -> detail.getKey() + " " + detail.getValue()).toList()));
            }
            if (!state.actions().isEmpty()) {
                told.add("actions", String.join(", ", state.actions().stream().map(action -> action.id()
                        + (Boolean.TRUE.equals(action.danger()) ? " (dangerous)" : "")).toList()));
            }
        }
        return told.lines;
    }

    private void summary(ProviderState state) {
        warnings(state);
        backends(state.backends());
    }

    private void warnings(ProviderState state) {
        for (Warning warning : state.warnings()) {
            add(warning.level() == null ? "warning" : warning.level(), String.valueOf(warning.message()));
        }
        state.unanswered().forEach(sentence -> add("no answer", sentence));
        if (lines.isEmpty()) {
            add("warnings", "none");
        }
    }

    private void backends(ProviderState.Backends backends) {
        if (backends != null) {
            add("backends", backends.online() + " online, " + backends.degraded() + " degraded, " + backends.offline()
                    + " offline");
        }
    }

    private void troubled(ProviderState.Backends backends) {
        if (backends == null) {
            return;
        }
        for (Health health : backends.troubled()) {
            add(health.status() == null ? "unknown" : health.status().wireName(), health.type() + " of " + health.orgId()
                    + (health.responseMillis() == null ? "" : ", " + health.responseMillis() + " ms"));
        }
    }

    private static Map<String, String> details(ProviderState state) {
        Map<String, String> told = new LinkedHashMap<>();
        JsonNode details = state.details() == null ? MissingNode.getInstance() : state.details().parse();
        if (details.isObject()) {
            details.fields().forEachRemaining(field -> told.put(field.getKey(), words(field.getValue())));
        } else if (!details.isMissingNode() && !details.isNull()) {
            told.put("details", words(details));
        }
        return told;
    }

    private static String words(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private static String words(Action action) {
        return action.id() + ": " + action.label()
                + (action.description() == null ? "" : " (" + action.description() + ")")
                + (Boolean.TRUE.equals(action.danger()) ? ". Dangerous" : "");
    }

    private void add(String name, String text) {
        lines.add(new Line(Visible.line(name, 40), Visible.line(text, LONGEST)));
    }
}
