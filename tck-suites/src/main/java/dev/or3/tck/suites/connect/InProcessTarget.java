package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.api.control.Mortal;
import dev.or3.tck.api.protocol.Dispatcher;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.backend.KitEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Instances of a provider in this JVM, over one data directory. Starting, restarting and closing are bounded in time, so
 * that a provider which hangs there is reported and left behind.
 */
public final class InProcessTarget implements Target {
    /** How long a provider may take to start, restart or close. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final ProviderFactory factory;
    private final boolean temporary;
    private final KitEnvironment environment;
    private final Secrets secrets;
    private ProviderConfig config;
    private final int count;
    private volatile List<Provider> instances = List.of();
    private volatile List<Dispatcher> dispatchers = List.of();
    private Manifest manifest;
    private volatile long clockOffset;

    private InProcessTarget(ProviderFactory factory, ProviderConfig config, int count, boolean temporary) {
        if (count < 1) {
            throw new IllegalArgumentException("a target has one instance or more, not " + count);
        }
        this.factory = factory;
        this.environment = KitEnvironment.fresh().beside(config.settings());
        this.config = config.with(environment.with(config.settings()));
        this.secrets = Secrets.of(this.config.settings());
        this.count = count;
        this.temporary = temporary;
    }

    /**
     * Starts a provider on a given directory, which stays when the target is closed.
     *
     * @param instances how many to open on it, 1 or more
     * @throws UnreachableException if the provider does not start
     */
    public static InProcessTarget open(ProviderFactory factory, ProviderConfig config, int instances) {
        return new InProcessTarget(factory, config, instances, false).started();
    }

    /**
     * Starts a provider on a directory of its own, which is deleted when the target is closed.
     *
     * @param settings  settings by the names of their environment variables
     * @param instances how many to open on it, 1 or more
     * @throws UnreachableException if the provider does not start
     */
    public static InProcessTarget temporary(ProviderFactory factory, Map<String, String> settings, WireSchema schema,
            int instances) {
        ProviderConfig config = new ProviderConfig(Place.newDirectory(), settings, schema);
        return new InProcessTarget(factory, config, instances, true).started();
    }

    @Override
    public Secrets secrets() {
        return secrets;
    }

    private InProcessTarget started() {
        try {
            start();
            manifest = Bounded.call("reading the manifest of " + factory.id(), LIMIT, instances.get(0)::manifest);
            if (manifest == null) {
                throw new UnreachableException("the provider " + factory.id() + " has no manifest", null);
            }
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void start() {
        List<Provider> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opened.add(opened());
            instances = List.copyOf(opened);
        }
        serve(opened);
    }

    private void serve(List<Provider> opened) {
        instances = List.copyOf(opened);
        dispatchers = instances.stream().map(Dispatcher::new).toList();
        sendClock();
    }

    private Provider opened() {
        Provider provider = Bounded.call("starting the provider " + factory.id(), LIMIT, () -> factory.open(config));
        if (provider == null) {
            throw new UnreachableException("the factory of " + factory.id() + " returned no provider", null);
        }
        return provider;
    }

    private void stop() {
        List<Provider> closing = instances;
        instances = List.of();
        dispatchers = List.of();
        UnreachableException trouble = null;
        for (Provider provider : closing) {
            try {
                Bounded.run("closing the provider " + factory.id(), LIMIT, provider::close);
            } catch (UnreachableException e) {
                trouble = e;
            }
        }
        if (trouble != null) {
            throw trouble;
        }
    }

    @Override
    public String description() {
        return factory.id() + " in this JVM" + (count == 1 ? "" : ", " + count + " instances");
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    public int instances() {
        return count;
    }

    @Override
    public Provider instance(int index) {
        return instances.get(index);
    }

    @Override
    public JsonNode call(int instance, String component, String method, Caller caller, JsonNode input) {
        Object answer = dispatchers.get(instance).call(component, method, caller, input);
        return Json.parse(Json.write(answer));
    }

    @Override
    public long clockOffset() {
        return clockOffset;
    }

    @Override
    public void setClock(long offsetSeconds) {
        if (offsetSeconds < clockOffset) {
            throw new IllegalArgumentException("provider time is never lowered: " + offsetSeconds + " < " + clockOffset);
        }
        clockOffset = offsetSeconds;
        sendClock();
    }

    /** Also after every start: an instance that comes up knows nothing of it. */
    private void sendClock() {
        if (clockOffset > 0) {
            instances.forEach(provider -> Bounded.call("moving the clock of " + factory.id(), LIMIT,
                    () -> provider.controls().clock(clockOffset)));
        }
    }

    @Override
    public void restart() {
        instances.forEach(provider -> Bounded.run("restarting " + factory.id(), LIMIT, () -> provider.controls().restart()));
        sendClock();
    }

    /** Works where the provider can play it. */
    @Override
    public boolean canKill() {
        return instances.stream().allMatch(Mortal.class::isInstance);
    }

    /** The dead stay in their places until all others have come: who calls them meanwhile gets no answer. */
    @Override
    public void kill() {
        instances.forEach(provider -> ((Mortal) provider).die());
        List<Provider> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opened.add(opened());
        }
        serve(opened);
    }

    /** Works where the storage outlives the instance. */
    @Override
    public boolean canStartUnderOtherSchema() {
        return factory.storageSettings().isPresent();
    }

    @Override
    public Target startFresh(WireSchema schema) {
        return temporary(factory, ownSettings(), schema, count);
    }

    @Override
    public void reopen(WireSchema schema) {
        stop();
        config = config.with(schema);
        start();
    }

    @Override
    public KitEnvironment environment() {
        return environment;
    }

    @Override
    public boolean canStartOtherwise() {
        return factory.storageSettings().isPresent();
    }

    @Override
    public Target startFresh(Map<String, String> variables) {
        Map<String, String> own = ownSettings();
        own.putAll(variables);
        return temporary(factory, own, config.schema(), count);
    }

    @Override
    public void reopen(Map<String, String> variables, Runnable meanwhile) {
        stop();
        meanwhile.run();
        Map<String, String> all = new HashMap<>(config.settings());
        all.putAll(variables);
        config = config.with(all);
        start();
    }

    @Override
    public List<Path> storage() {
        return Place.ofStorage(config.dataDirectory(), factory.storageSettings(), config.settings());
    }

    @Override
    public Optional<ProviderFactory.StorageSettings> storageSettings() {
        return factory.storageSettings();
    }

    @Override
    public void tryStart(Map<String, String> settings) {
        Map<String, String> own = settingsWithoutStorage();
        own.putAll(settings);
        try {
            Bounded.run("starting the provider " + factory.id() + " on other storage", LIMIT,
                    () -> factory.open(config.with(own)).close());
        } catch (UnreachableException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw e;
        }
    }

    /** Those for another target, to which the kit tells its own. */
    private Map<String, String> ownSettings() {
        Map<String, String> settings = settingsWithoutStorage();
        settings.keySet().removeAll(environment.variables().keySet());
        return settings;
    }

    /** A provider that was told where its storage is must not be told so a second time. */
    private Map<String, String> settingsWithoutStorage() {
        Map<String, String> settings = new HashMap<>(config.settings());
        factory.storageSettings().ifPresent(storage -> settings.keySet().removeAll(List.of(storage.path(), storage.strict())));
        return settings;
    }

    @Override
    public void close() {
        try {
            stop();
        } finally {
            if (temporary) {
                Place.delete(config.dataDirectory());
            }
        }
    }
}
