package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.backend.KitEnvironment;
import dev.or3.tck.suites.connect.Bounded;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.UnreachableException;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import dev.or3.tck.suites.minimize.SavedCounterexample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A provider in this JVM.
 *
 * @param provider  its id, or null for the usual one
 * @param jars      where it is; empty for the kit's own
 * @param settings  settings by name, beside those of the environment
 * @param instances how many run over the same storage
 * @param faults    ids of faults to switch on; only for the memory provider
 */
record ProviderChoice(String provider, List<Path> jars, Map<String, String> settings, int instances, List<String> faults)
        implements TargetChoice {
    static final String MEMORY = "memory";
    static final String INSTANCES = "instances";

    private static final Duration LOADING_LIMIT = Duration.ofSeconds(10);

    ProviderChoice {
        jars = List.copyOf(jars);
        settings = Map.copyOf(settings);
        faults = List.copyOf(faults);
    }

    @Override
    public Running start(Console console, Duration limit) {
        TemporaryData data = TemporaryData.create();
        try {
            return new Running(start(console, data.directory(), WireSchema.current(), limit, (factory, config) -> {
                tell(console);
                return InProcessTarget.open(factory, config, instances);
            }), data);
        } catch (Trouble e) {
            data.close();
            throw e;
        }
    }

    /**
     * A provider that runs by itself.
     *
     * @param storage the settings that place its storage, if they are not chosen already
     */
    record Opened(Provider provider, Optional<ProviderFactory.StorageSettings> storage) {
    }

    /** Starts the provider by itself, on a given directory. */
    Opened open(Console console, Path data, WireSchema schema, Duration limit) {
        return start(console, data, schema, limit, (factory, config) -> new Opened(factory.open(config),
                factory.storageSettings().filter(storage -> !settings.containsKey(storage.path())
                        && !settings.containsKey(storage.strict()))));
    }

    private <T> T start(Console console, Path data, WireSchema schema, Duration limit,
            BiFunction<ProviderFactory, ProviderConfig, T> opening) {
        ProviderFactory factory = factory();
        ProviderConfig config = new ProviderConfig(data, allSettings(console), schema);
        try {
            return Bounded.call("starting the provider " + factory.id(), limit, () -> {
                // Drivers and the like that a provider looks up while it starts are beside it, not beside the kit.
                Thread.currentThread().setContextClassLoader(factory.getClass().getClassLoader());
                return opening.apply(factory, config);
            });
        } catch (UnreachableException e) {
            throw trouble(factory.id(), e.getCause() instanceof UnreachableException inner ? inner : e);
        }
    }

    /** Constructors and ids are foreign code too. */
    private ProviderFactory factory() {
        try {
            return Bounded.call("loading the provider", LOADING_LIMIT,
                    () -> (jars.isEmpty() ? Providers.ofKit() : Providers.inJars(jars)).choose(provider));
        } catch (UnreachableException e) {
            if (e.getCause() instanceof Trouble trouble) {
                throw trouble;
            }
            throw Trouble.unreachable(e.getMessage() + ": correct its constructor", e);
        }
    }

    /** The settings that the environment holds, in the order of their names. */
    private static Map<String, String> surrounding(Console console) {
        Map<String, String> all = new TreeMap<>(console.environment());
        all.keySet().removeIf(name -> !KitEnvironment.NAMES.contains(name)
                && (!name.startsWith("OR3_") || name.startsWith("OR3_TCK_")));
        return all;
    }

    private static void tell(Console console) {
        Map<String, String> all = surrounding(console);
        if (!all.isEmpty()) {
            console.err().println("or3-tck: the environment sets " + String.join(", ", all.keySet()));
        }
    }

    private Map<String, String> allSettings(Console console) {
        Map<String, String> all = new LinkedHashMap<>(surrounding(console));
        all.putAll(settings);
        if (!faults.isEmpty()) {
            all.put(MemoryProviderFactory.FAULT_SETTING, String.join(",", faults));
        }
        return all;
    }

    private static Trouble trouble(String id, UnreachableException e) {
        Throwable cause = e.getCause();
        if (cause instanceof IllegalArgumentException || cause instanceof ProviderException refusal
                && (refusal.status() < 500 || "CONFIGURATION".equals(refusal.code()))) {
            return Trouble.usage("the provider " + id + " does not start: " + cause.getMessage(), e);
        }
        if (cause instanceof LinkageError) {
            return Trouble.usage("the provider " + id + " does not start: " + cause
                    + "; give the jars it needs with further --provider-jar options", e);
        }
        return Trouble.unreachable("the provider cannot be reached: " + e.getMessage() + "; --verbose shows where", e);
    }

    @Override
    public Map<String, String> toMap() {
        Map<String, String> map = new TreeMap<>(SavedCounterexample.written(settings));
        if (provider != null) {
            map.put("provider", provider);
        }
        if (!jars.isEmpty()) {
            map.put("jars", jars.stream().map(jar -> jar.toAbsolutePath().toString())
                    .collect(Collectors.joining(System.getProperty("path.separator"))));
        }
        map.put(INSTANCES, String.valueOf(instances));
        if (!faults.isEmpty()) {
            map.put("faults", String.join(",", faults));
        }
        return map;
    }

    static ProviderChoice fromMap(Map<String, String> map) {
        return new ProviderChoice(map.get("provider"),
                list(map.get("jars"), Pattern.quote(System.getProperty("path.separator"))).stream().map(Path::of).toList(),
                SavedCounterexample.settings(map), instances(map), list(map.get("faults"), ","));
    }

    /** The same provider with settings that were written down, but for those that are given anew. */
    ProviderChoice over(Map<String, String> written) {
        boolean same = provider == null || provider.equals(written.get("provider"));
        Map<String, String> all = new TreeMap<>(same ? SavedCounterexample.settings(written) : Map.of());
        all.putAll(settings);
        return new ProviderChoice(provider, jars, all, instances, faults);
    }

    static int instances(Map<String, String> map) {
        return Integer.parseInt(map.getOrDefault(INSTANCES, "1"));
    }

    private static List<String> list(String text, String separator) {
        return text == null ? List.of() : Arrays.asList(text.split(separator));
    }
}
