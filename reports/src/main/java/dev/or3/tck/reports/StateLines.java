package dev.or3.tck.reports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.admin.Admin.Action;
import dev.or3.tck.api.admin.Admin.Warning;
import dev.or3.tck.api.config.Configuration.Health;
import dev.or3.tck.api.result.ProviderState;
import java.util.ArrayList;
import java.util.List;

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
     * @param state may be null
     */
    static List<Line> of(ProviderState state) {
        StateLines told = new StateLines();
        if (state != null) {
            told.warnings(state);
            told.backends(state.backends());
            told.details(state);
            state.actions().forEach(told::action);
        }
        return told.lines;
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
        if (backends == null) {
            return;
        }
        add("backends", backends.online() + " online, " + backends.degraded() + " degraded, " + backends.offline()
                + " offline");
        for (Health health : backends.troubled()) {
            add(health.status() == null ? "unknown" : health.status().wireName(), health.type() + " of " + health.orgId()
                    + (health.responseMillis() == null ? "" : ", " + health.responseMillis() + " ms"));
        }
    }

    private void details(ProviderState state) {
        if (state.details() == null) {
            return;
        }
        JsonNode details = state.details().parse();
        if (!details.isObject()) {
            add("details", details.toString());
            return;
        }
        details.fields().forEachRemaining(field -> add(field.getKey(),
                field.getValue().isTextual() ? field.getValue().textValue() : field.getValue().toString()));
    }

    private void action(Action action) {
        add("action", action.id() + ": " + action.label()
                + (action.description() == null ? "" : " (" + action.description() + ")")
                + (Boolean.TRUE.equals(action.danger()) ? ". Dangerous" : ""));
    }

    private void add(String name, String text) {
        lines.add(new Line(Visible.line(name, 40), Visible.line(text, LONGEST)));
    }
}
