package dev.or3.tck.suites.certify;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.backend.KitEnvironment;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tries to start a provider with an environment that names no usable backend or key (CFG-02, -03), and with usable ones. */
final class ConfigProbe {
    static final String NAME = "start/CFG-02-CFG-03-environment";

    private static final Map<String, String> WORDPRESS = Map.of(KitEnvironment.BACKEND, "wordpress",
            "WORDPRESS_URL", "http://127.0.0.1:9/wp-json", "WORDPRESS_USERNAME", "editor",
            "WORDPRESS_APP_PASSWORD", "abcdEFGH1234ijklMNOP5678");
    private static final int KEY_DIGITS = 64;

    private final Target target;
    private final List<Event> events = new ArrayList<>();

    private ConfigProbe(Target target) {
        this.target = target;
    }

    /** What came of each start: an event {@code started}, which says what was wrong and how. */
    static History run(Target target, Profile profile, long seed) {
        ConfigProbe probe = new ConfigProbe(target);
        probe.start("", "", Map.of());
        probe.start("", "", WORDPRESS);
        probe.start(KitEnvironment.BACKEND, "no known type", Map.of(KitEnvironment.BACKEND, "carrier-pigeon"));
        probe.start("CONVEX_DEPLOYMENT_URL", "no URL", Map.of("CONVEX_DEPLOYMENT_URL", "somewhere"));
        probe.start("WORDPRESS_USERNAME", "missing", changed(WORDPRESS, "WORDPRESS_USERNAME"));
        probe.start(KitEnvironment.KEY, "one digit short",
                Map.of(KitEnvironment.KEY, KitEnvironment.freshKey().substring(1)));
        probe.start(KitEnvironment.KEY, "not hex", Map.of(KitEnvironment.KEY, "z".repeat(KEY_DIGITS)));
        var header = new History.Header(Kit.version(), target.manifest(), profile, WireSchema.current().version(), seed, -1,
                NAME, target.instances(), List.of(), null);
        return new History(header, List.of(), probe.events);
    }

    private static Map<String, String> changed(Map<String, String> variables, String missing) {
        Map<String, String> changed = new HashMap<>(variables);
        changed.put(missing, "");
        return changed;
    }

    private void start(String wrong, String how, Map<String, String> variables) {
        long before = System.currentTimeMillis() * 1000;
        Outcome outcome = Outcome.OK;
        Event.Fault error = null;
        try {
            target.tryStart(variables);
        } catch (RuntimeException e) {
            outcome = Outcome.FAILED;
            error = new Event.Fault(500, e.getClass().getSimpleName(), target.secrets().hide(e.getMessage()));
        }
        int seq = events.size();
        events.add(new Event(seq, 2L * seq + 1, 2L * seq + 2, before, System.currentTimeMillis() * 1000, -1, 0, null, null,
                null, 1, outcome, error, new Call.Arranged("started",
                new JsonText(Json.write(Map.of("wrong", wrong, "how", how))), null)));
    }
}
