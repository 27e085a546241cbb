package dev.or3.tck.matrix.doctor;

import dev.or3.tck.api.ProviderException;
import dev.or3.tck.suites.connect.Bounded;
import dev.or3.tck.suites.connect.LostAnswerException;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.connect.UnreachableException;
import dev.or3.tck.suites.connect.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Looks a provider over. Every look has a limit; the first one that hangs is the last. Where the provider runs elsewhere, its
 * bridge comes first, and all looks share {@link #BUDGET}.
 */
public final class Doctor {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** What the looks at a provider elsewhere may take together. */
    static final Duration BUDGET = Duration.ofMillis(2500);
    private static final Duration HANGING = Duration.ofMillis(900);
    private static final Duration BRIDGE_LIMIT = Duration.ofMillis(1000);

    private final Map<String, Supplier<List<Finding>>> looks = new LinkedHashMap<>();
    private final Ward ward;

    private Doctor(Target target, Path data, List<Wire> wires) {
        ward = new Ward(wires.isEmpty() ? target.instance(0) : new WatchedProvider(target.instance(0), wires.get(0).curl()),
                target.manifest());
        if (wires.isEmpty()) {
            looks.put("machine", MachineLook::look);
        }
        looks.put("manifest", () -> ManifestLook.look(target));
        looks.put("workspace", ward::admit);
        looks.put("round trip", () -> SyncLook.roundTrip(ward));
        if (!wires.isEmpty()) {
            looks.put("concurrent calls", () -> ConcurrencyLook.look(ward, wires, BRIDGE_LIMIT));
        }
        looks.put("capabilities", () -> SyncLook.capabilities(ward));
        looks.put("components", () -> ComponentsLook.look(ward));
        looks.put("controls", () -> ControlsLook.look(ward));
        looks.put("storage", () -> StorageLook.look(data));
    }

    /**
     * Examines a target in this JVM on which nothing else runs.
     *
     * @param data    the directory that the provider was given
     * @param hearing hears each finding at once
     */
    public static void examine(Target target, Path data, Consumer<Finding> hearing) {
        new Doctor(target, data, List.of()).examine(Long.MAX_VALUE, hearing);
    }

    /**
     * Examines a target that runs elsewhere: its bridge, and if that works, the provider behind it.
     *
     * @param wires   one to each instance
     * @param opening reaches the target once the bridge is known to work
     * @param data    the directory that the provider was given; it may be empty
     * @param hearing hears each finding at once
     */
    public static void examine(List<Wire> wires, Supplier<Target> opening, Path data, Consumer<Finding> hearing) {
        long deadline = System.nanoTime() + BUDGET.toNanos();
        boolean[] broken = new boolean[1];
        Consumer<Finding> noticing = finding -> {
            broken[0] |= finding.health() == Finding.Health.BROKEN;
            hearing.accept(finding);
        };
        MachineLook.look().forEach(noticing);
        IntStream.range(0, wires.size()).mapToObj(i -> CompletableFuture.supplyAsync(() -> BridgeLook.look(wires.get(i),
                        wires.size() == 1 ? "bridge" : "bridge " + (i + 1), BRIDGE_LIMIT)))
                .toList().forEach(look -> look.join().forEach(noticing));
        if (!broken[0]) {
            new Doctor(opening.get(), data, wires).examine(deadline, noticing);
        }
    }

    private void examine(long deadline, Consumer<Finding> hearing) {
        for (Map.Entry<String, Supplier<List<Finding>>> look : looks.entrySet()) {
            long left = deadline == Long.MAX_VALUE ? LIMIT.toNanos() : deadline - System.nanoTime();
            if (left <= 0) {
                hearing.accept(tooSlow(look.getKey()));
                return;
            }
            try {
                Bounded.call("the look at " + look.getKey(), Duration.ofNanos(Math.min(left, LIMIT.toNanos())),
                        look.getValue()).forEach(finding -> hearing.accept(look.getKey().equals("round trip")
                        ? finding.repeatedBy(ward.last()) : finding));
            } catch (UnreachableException e) {
                hearing.accept(trouble(look.getKey(), e).repeatedBy(ward.last()));
                if (e.getCause() instanceof TimeoutException) {
                    return;
                }
            }
        }
    }

    private static Finding tooSlow(String look) {
        return Finding.warn(look, "was not looked at to its end, nor what comes after it, for the answers take too long",
                "answer in a few milliseconds, or little is tried in a campaign's time");
    }

    private Finding trouble(String look, UnreachableException e) {
        if (e.getCause() instanceof TimeoutException) {
            String advice = "find out what it waits for; nothing after this was looked at";
            if (!ward.isElsewhere()) {
                return Finding.fail(look, e.getMessage(), advice);
            }
            return ward.waitsFor(HANGING) ? Finding.broken(look, "no answer comes within " + HANGING.toMillis() + " ms", advice)
                    : tooSlow(look);
        }
        if (e.getCause() instanceof LostAnswerException lost) {
            return Finding.broken(look, "no answer comes: " + lost.getMessage(),
                    "see the log of the bridge: answers that are lost are not judged");
        }
        return Finding.fail(look, "the provider answered with " + words(e.getCause()),
                "correct that first: what depends on it was not looked at");
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
