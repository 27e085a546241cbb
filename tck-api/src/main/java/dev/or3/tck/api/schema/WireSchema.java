package dev.or3.tck.api.schema;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The synced tables and their fields, read from {@code wire-schema.yaml} (sqlite requirements 4.1). Immutable.
 *
 * @param version the version of the schema, 1 or more
 * @param tables  by name
 */
public record WireSchema(int version, Map<String, Table> tables) {

    private static final WireSchema CURRENT = load();

    public WireSchema {
        tables = Map.copyOf(tables);
    }

    /** The schema that this kit was built with. */
    public static WireSchema current() {
        return CURRENT;
    }

    /**
     * This schema as it was in an earlier version: without the tables and fields that came later.
     *
     * @param earlier a version, 1 to {@link #version}
     */
    public WireSchema asOf(int earlier) {
        Map<String, Table> kept = new HashMap<>();
        tables.forEach((name, table) -> {
            if (table.since() <= earlier) {
                Map<String, Field> fields = new LinkedHashMap<>();
                table.fields().forEach((field, shape) -> {
                    if (shape.since() <= earlier) {
                        fields.put(field, shape);
                    }
                });
                kept.put(name, new Table(table.key(), table.since(), fields));
            }
        });
        return new WireSchema(earlier, kept);
    }

    /** The names of the tables, in code-unit order. */
    public List<String> tableNames() {
        return List.copyOf(new TreeSet<>(tables.keySet()));
    }

    public Optional<Table> table(String name) {
        return name == null ? Optional.empty() : Optional.ofNullable(tables.get(name));
    }

    /**
     * @param key    the field that holds the record's key: {@code id}, or {@code hash} for {@code file_meta}
     * @param since  the schema version that added the table
     * @param fields by name, in the order of the file
     */
    public record Table(String key, int since, Map<String, Field> fields) {
        public Table {
            since = since == 0 ? 1 : since;
        }
    }

    /**
     * @param type     what a value looks like
     * @param required whether a put must carry it
     * @param since    the schema version that added the field
     */
    public record Field(FieldType type, boolean required, int since) {
        public Field {
            since = since == 0 ? 1 : since;
        }
    }

    /** The types of fields. */
    public enum FieldType { text, integer, number, bool, json, time }

    private static WireSchema load() {
        try (InputStream file = WireSchema.class.getResourceAsStream("/dev/or3/tck/api/wire-schema.yaml")) {
            return YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build()
                    .readValue(file, WireSchema.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the wire schema cannot be read", e);
        }
    }
}
