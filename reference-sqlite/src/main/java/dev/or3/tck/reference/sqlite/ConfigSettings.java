package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.reference.backends.BackendConfig;
import dev.or3.tck.reference.backends.BackendTypes;
import dev.or3.tck.reference.backends.DefaultBackend;
import dev.or3.tck.reference.backends.Vault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the config component is set up with; checked before anything is opened. */
record ConfigSettings(Vault vault, BackendTypes types, BackendConfig standard, Duration healthInterval) {
    static final String HEALTH_INTERVAL = "OR3_HEALTH_INTERVAL_SECONDS";
    private static final Duration EVERY_FIVE_MINUTES = Duration.ofMinutes(5);

    /**
     * Empty without a key to encrypt with: then there is no config component.
     *
     * @throws ProviderException naming what is missing or malformed and what is expected, never a value
     */
    static Optional<ConfigSettings> of(Map<String, String> settings) {
        return Vault.of(settings).map(vault -> {
            BackendTypes types = new BackendTypes();
            return new ConfigSettings(vault, types, DefaultBackend.of(settings, types), interval(settings));
        });
    }

    private static Duration interval(Map<String, String> settings) {
        String value = settings.getOrDefault(HEALTH_INTERVAL, "").strip();
        if (value.isEmpty()) {
            return EVERY_FIVE_MINUTES;
        }
        if (!value.matches("[0-9]{1,5}")) {
            throw Settings.wrong(HEALTH_INTERVAL + " is malformed: set it to seconds, 1 to 99999, or 0 for never");
        }
        return Duration.ofSeconds(Long.parseLong(value));
    }

    /** The variables of the environment that count, under the settings that were given. */
    static ProviderConfig withEnvironment(ProviderConfig config, Map<String, String> environment) {
        List<String> names = new ArrayList<>(DefaultBackend.settings());
        names.addAll(List.of(Vault.KEY, Vault.PREVIOUS_KEY, HEALTH_INTERVAL));
        Map<String, String> all = new HashMap<>(environment);
        all.keySet().retainAll(names);
        all.putAll(config.settings());
        return config.with(all);
    }

    SqliteConfiguration open(Store store, ProviderTime time) {
        return new SqliteConfiguration(store, time, types, vault, standard, new HealthWatch(store, time, healthInterval));
    }
}
