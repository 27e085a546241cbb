package dev.or3.tck.api;

import dev.or3.tck.api.schema.WireSchema;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * What a provider is started with.
 *
 * @param dataDirectory an existing directory for the provider's files, the same one after a restart and for all instances
 * @param settings      settings by the names of the environment variables they would have
 * @param schema        the wire schema to serve
 */
public record ProviderConfig(Path dataDirectory, Map<String, String> settings, WireSchema schema) {
    public ProviderConfig {
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        Objects.requireNonNull(schema, "schema");
        settings = Map.copyOf(settings);
    }

    public static ProviderConfig in(Path dataDirectory) {
        return new ProviderConfig(dataDirectory, Map.of(), WireSchema.current());
    }

    public ProviderConfig with(Map<String, String> otherSettings) {
        return new ProviderConfig(dataDirectory, otherSettings, schema);
    }

    public ProviderConfig with(WireSchema otherSchema) {
        return new ProviderConfig(dataDirectory, settings, otherSchema);
    }
}
