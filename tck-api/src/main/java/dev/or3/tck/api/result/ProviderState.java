package dev.or3.tck.api.result;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.admin.Admin.Action;
import dev.or3.tck.api.admin.Admin.Warning;
import dev.or3.tck.api.config.Configuration.Health;
import java.util.List;

/**
 * What a provider with an admin or a config component says of itself, asked once when its certification is over. The words
 * are the provider's own, cut where they are long. Immutable.
 *
 * @param details    what its status tells; null for nothing
 * @param warnings   none if all is well
 * @param actions    what can be done about it
 * @param backends   how the active backends of organizations are; null without a config component
 * @param unanswered what was asked and not told, and why, in sentences
 */
public record ProviderState(JsonText details, List<Warning> warnings, List<Action> actions, Backends backends,
        List<String> unanswered) {
    public ProviderState {
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
        actions = actions == null ? List.of() : List.copyOf(actions);
        unanswered = unanswered == null ? List.of() : List.copyOf(unanswered);
    }

    /**
     * @param online   how many
     * @param degraded how many
     * @param offline  how many
     * @param troubled the first of those that are not online
     */
    public record Backends(int online, int degraded, int offline, List<Health> troubled) {
        public Backends {
            troubled = troubled == null ? List.of() : List.copyOf(troubled);
        }
    }
}
