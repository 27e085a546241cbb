package dev.or3.tck.suites.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.config.Configuration.ConfigEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the config component keeps. Configurations lie in a file beside the database, a line each, and are read from there at
 * every start; the rest lives as long as the {@link Disk}. Organizations are changed by whoever holds them.
 */
final class ConfigTables {
    private final Map<String, Row> rows = new ConcurrentHashMap<>();
    private final Map<String, Organization> organizations = new ConcurrentHashMap<>();
    private final Path file;

    /**
     * @param database the file that stands for the database; null if there is none
     */
    ConfigTables(Path database) {
        this.file = database == null ? null : database.resolveSibling(database.getFileName() + ".configurations");
    }

    /**
     * A configuration.
     *
     * @param open    the fields that are no credentials
     * @param secrets the others, sealed
     */
    record Row(String id, String orgId, String type, JsonText open, Map<String, String> secrets) {
    }

    /** One organization's. */
    static final class Organization {
        String active;
        /** What rollbacks go back to, the latest first; empty texts stand for the default backend. */
        final Deque<String> before = new ArrayDeque<>();
        final List<ConfigEvent> events = new ArrayList<>();
        /** How long each query took, in milliseconds, with provider time in the same. */
        final List<Use> uses = new ArrayList<>();
    }

    record Use(long at, double millis) {
    }

    Organization organization(String orgId) {
        return organizations.computeIfAbsent(orgId, id -> new Organization());
    }

    Optional<Row> row(String id) {
        return Optional.ofNullable(id).map(rows::get);
    }

    List<String> organizations() {
        return List.copyOf(organizations.keySet());
    }

    synchronized void save(Row row) {
        rows.put(row.id(), row);
        append(Json.write(row));
    }

    synchronized void append(String line) {
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the configurations cannot be written", e);
        }
    }

    /**
     * Reads what there is.
     *
     * @throws IllegalStateException if it is damaged
     */
    synchronized void load() {
        if (file == null || !Files.exists(file)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                JsonNode row = Json.parse(line);
                Map<String, String> secrets = new HashMap<>();
                row.path("secrets").fields().forEachRemaining(field -> secrets.put(field.getKey(), field.getValue()
                        .asText()));
                rows.put(row.path("id").asText(), new Row(row.path("id").asText(), row.path("orgId").asText(),
                        row.path("type").asText(), JsonText.of(row.path("open")), secrets));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("the file of configurations is damaged", e);
        }
    }
}
