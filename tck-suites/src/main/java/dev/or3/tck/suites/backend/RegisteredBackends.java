package dev.or3.tck.suites.backend;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.config.Configuration.Connection;
import dev.or3.tck.api.config.Configuration.Reachability;
import dev.or3.tck.api.config.Registry.Backend;
import dev.or3.tck.api.config.Registry.BackendFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A type of backends that lives in this JVM and counts the backends that are opened of it. A configuration has a
 * {@code name}, by which they are told apart, and a {@code password}. Safe for use by several threads.
 */
public final class RegisteredBackends implements BackendFactory {
    private static final JsonText SCHEMA = new JsonText("""
            {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","required":["name","password"],\
            "properties":{"name":{"type":"string","minLength":1},\
            "password":{"type":"string","minLength":1,"writeOnly":true}}}""");

    private final String type;
    private final Map<String, Count> counts = new HashMap<>();

    public RegisteredBackends(String type) {
        this.type = type;
    }

    /**
     * Of the backends of one configuration.
     *
     * @param opened how many there were
     * @param open   how many of them are not closed
     */
    public record Count(int opened, int open) {
        private Count add(int more) {
            return new Count(opened + Math.max(0, more), open + more);
        }
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public Set<String> capabilities() {
        return Set.of("storage");
    }

    @Override
    public JsonText schema() {
        return SCHEMA;
    }

    /** By the name of the configuration. */
    public synchronized Map<String, Count> counts() {
        return Map.copyOf(counts);
    }

    private synchronized int count(String name, int more) {
        return counts.merge(name, new Count(0, 0).add(more), (before, one) -> before.add(more)).opened();
    }

    @Override
    public Backend create(JsonText config) {
        String name = config.parse().path("name").asText();
        int number = count(name, 1);
        return new Backend() {
            private boolean closed;

            @Override
            public JsonText query() {
                return new JsonText(Json.write(Map.of("backend", name, "number", number)));
            }

            @Override
            public Connection health() {
                return new Connection(Reachability.ONLINE, 0L, null);
            }

            @Override
            public synchronized void close() {
                if (!closed) {
                    closed = true;
                    count(name, -1);
                }
            }
        };
    }
}
