package dev.or3.tck.suites.certify;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.admin.Admin.Action;
import dev.or3.tck.api.admin.Admin.Nothing;
import dev.or3.tck.api.admin.Admin.ProviderStatus;
import dev.or3.tck.api.admin.Admin.Warning;
import dev.or3.tck.api.config.Configuration.Health;
import dev.or3.tck.api.config.Configuration.HealthQuery;
import dev.or3.tck.api.config.Configuration.Reachability;
import dev.or3.tck.api.control.Controls.Provisioned;
import dev.or3.tck.api.result.ProviderState;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.backend.PlayedBackends;
import dev.or3.tck.suites.connect.Bounded;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.connect.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Asks a provider how it is. Nothing is judged here: what it does not answer is told beside what it does. */
final class StateProbe {
    private static final int AT_MOST = 50;
    private static final int LONGEST = 2000;
    private static final int LONGEST_DETAILS = 16_000;

    private final Target target;
    private final long until;
    private final List<String> unanswered = new ArrayList<>();

    private StateProbe(Target target, Duration limit) {
        this.target = target;
        this.until = System.nanoTime() + limit.toNanos();
    }

    /**
     * @param limit for all questions together
     * @return null for a provider that has neither of the components
     */
    static ProviderState of(Target target, Duration limit) {
        Manifest manifest = target.manifest();
        if (!manifest.hasComponent("admin") && !manifest.hasComponent("config")) {
            return null;
        }
        return new StateProbe(target, limit).ask(manifest);
    }

    private ProviderState ask(Manifest manifest) {
        Provider provider = target.instance(0);
        Provisioned somebody = !manifest.hasControl("provision") ? null
                : answer("control provision", () -> provider.controls().provision(List.of(Role.OWNER)));
        Caller caller = somebody == null ? null : Caller.of(somebody.userIds().get(0), somebody.workspaceId());
        ProviderStatus status = !manifest.hasComponent("admin") ? null
                : answer("admin.getStatus", () -> provider.admin().getStatus(caller, new Nothing()));
        List<Health> health = !manifest.hasComponent("config") || isBackendUnplayed() ? null
                : answer("config.health", () -> provider.configuration().health(caller, new HealthQuery(null)));
        return new ProviderState(status == null ? null : details(status.details()),
                status == null ? List.of() : known(status.warnings()).stream().map(this::told).toList(),
                status == null ? List.of() : known(status.actions()).stream().map(this::told).toList(),
                health == null ? null : backends(health), unanswered);
    }

    /** The default backend is the kit's, and in this campaign nobody needed it: that it is down says nothing. */
    private boolean isBackendUnplayed() {
        return target.environment().choosesBackend()
                && PlayedBackends.shared().filter(PlayedBackends::isOn).isEmpty();
    }

    private <T> T answer(String question, Supplier<T> ask) {
        try {
            Duration left = Duration.ofNanos(Math.max(1_000_000, until - System.nanoTime()));
            T answer = Bounded.call("asking for " + question, left, ask);
            if (answer == null) {
                unanswered.add(question + " answered null");
            }
            return answer;
        } catch (UnreachableException e) {
            unanswered.add(told(e.getMessage()));
            return null;
        }
    }

    private static <T> List<T> known(List<T> told) {
        return told == null ? List.of() : told.stream().filter(Objects::nonNull).limit(AT_MOST).toList();
    }

    private static ProviderState.Backends backends(List<Health> health) {
        return new ProviderState.Backends(count(health, Reachability.ONLINE), count(health, Reachability.DEGRADED),
                count(health, Reachability.OFFLINE), known(health.stream()
                        .filter(one -> one == null || one.status() != Reachability.ONLINE).toList()));
    }

    private static int count(List<Health> health, Reachability status) {
        return (int) health.stream().filter(one -> one != null && one.status() == status).count();
    }

    private JsonText details(JsonText details) {
        String hidden = details == null ? "null" : target.secrets().hide(details.text());
        return hidden.equals("null") ? null : hidden.length() <= LONGEST_DETAILS ? new JsonText(hidden)
                : new JsonText("{\"omitted\":\"" + hidden.length() + " characters\"}");
    }

    private Warning told(Warning warning) {
        return new Warning(told(warning.level()), told(warning.message()));
    }

    private Action told(Action action) {
        return new Action(told(action.id()), told(action.label()), told(action.description()), action.danger());
    }

    private String told(String words) {
        String hidden = target.secrets().hide(words);
        return hidden == null || hidden.length() <= LONGEST ? hidden : hidden.substring(0, LONGEST) + "\u2026";
    }
}
