package dev.or3.tck.suites.certify;

import dev.or3.tck.api.Profile;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.ProviderFactory.StorageSettings;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.connect.Place;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts the provider on storage that cannot be used, and records what it says (DUR-06). */
final class StartProbe {
    static final String NAME = "start/unusable-storage";

    private final Target target;
    private final StorageSettings settings;
    private final List<Event> events = new ArrayList<>();

    private StartProbe(Target target) {
        this.target = target;
        this.settings = target.storageSettings().orElseThrow();
    }

    /** The target must have storage settings. */
    static History run(Target target, Profile profile, long seed) {
        StartProbe probe = new StartProbe(target);
        String text = "This file is no database, but somebody's notes.\n".repeat(200);
        try (Place place = target.place(Map.of("notes.txt", text))) {
            String directory = place.path();
            probe.start("none", Map.of(probe.settings.path(), directory + "/good.db"));
            probe.start("missing", Map.of());
            probe.start("folder", Map.of(probe.settings.path(), directory));
            probe.start("not-a-database", Map.of(probe.settings.path(), directory + "/notes.txt"));
            probe.start("unwritable", Map.of(probe.settings.path(), directory + "/notes.txt/below-a-file.db"));
        }
        var header = new History.Header(Kit.version(), target.manifest(), profile, WireSchema.current().version(), seed, -1,
                NAME, target.instances(), List.of(), null);
        return new History(header, List.of(), probe.events);
    }

    private void start(String trouble, Map<String, String> path) {
        Map<String, String> strict = new HashMap<>(path);
        strict.put(settings.strict(), "true");
        long before = System.currentTimeMillis() * 1000;
        Outcome outcome = Outcome.OK;
        Event.Fault error = null;
        try {
            target.tryStart(strict);
        } catch (ProviderException e) {
            outcome = Outcome.REFUSED;
            error = new Event.Fault(e.status(), e.code(), target.secrets().hide(e.getMessage()));
        } catch (RuntimeException e) {
            outcome = Outcome.FAILED;
            error = new Event.Fault(500, e.getClass().getSimpleName(), target.secrets().hide(e.getMessage()));
        }
        int seq = events.size();
        events.add(new Event(seq, 2L * seq + 1, 2L * seq + 2, before, System.currentTimeMillis() * 1000, -1, 0, null, null,
                null, 1, outcome, error, new Call.Start(trouble, settings.path())));
    }
}
