package dev.or3.tck.matrix.doctor;

import dev.or3.tck.api.ProviderException;
import dev.or3.tck.suites.connect.Bounded;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.connect.UnreachableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Looks a provider over. Every look has a limit; the first one that hangs is the last. */
public final class Doctor {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Map<String, Supplier<List<Finding>>> looks = new LinkedHashMap<>();

    private Doctor(Target target, Path data) {
        Ward ward = new Ward(target.instance(0), target.manifest());
        looks.put("machine", MachineLook::look);
        looks.put("manifest", () -> ManifestLook.look(target));
        looks.put("workspace", ward::admit);
        looks.put("round trip", () -> SyncLook.roundTrip(ward));
        looks.put("capabilities", () -> SyncLook.capabilities(ward));
        looks.put("components", () -> ComponentsLook.look(ward));
        looks.put("controls", () -> ControlsLook.look(ward));
        looks.put("storage", () -> StorageLook.look(data));
    }

    /**
     * Examines a target on which nothing else runs.
     *
     * @param data    the directory that the provider was given
     * @param hearing hears each finding at once
     */
    public static void examine(Target target, Path data, Consumer<Finding> hearing) {
        for (Map.Entry<String, Supplier<List<Finding>>> look : new Doctor(target, data).looks.entrySet()) {
            try {
                Bounded.call("the look at " + look.getKey(), LIMIT, look.getValue()).forEach(hearing);
            } catch (UnreachableException e) {
                if (e.getCause() instanceof TimeoutException) {
                    hearing.accept(Finding.fail(look.getKey(), e.getMessage(),
                            "find out what it waits for; nothing after this was looked at"));
                    return;
                }
                hearing.accept(Finding.fail(look.getKey(), "the provider answered with " + words(e.getCause()),
                        "correct that first: what depends on it was not looked at"));
            }
        }
    }

    static String words(Throwable e) {
        if (e instanceof ProviderException known) {
            return known.status() + " " + known.code() + ": " + known.getMessage();
        }
        return e instanceof Unexpected ? e.getMessage() : e.toString();
    }

    /** An answer that is none. The message completes "the provider answers with". */
    static final class Unexpected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unexpected(String message) {
            super(message);
        }
    }
}
