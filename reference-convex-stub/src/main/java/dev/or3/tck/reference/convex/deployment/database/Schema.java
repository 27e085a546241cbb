package dev.or3.tck.reference.convex.deployment.database;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of a deployment and their indexes, by their names. */
public final class Schema {
    private final Map<String, Map<String, List<String>>> tables = new LinkedHashMap<>();

    /** Adds an index to a table. */
    public Schema index(String table, String name, String... fields) {
        tables.computeIfAbsent(table, key -> new LinkedHashMap<>()).put(name, List.of(fields));
        return this;
    }

    Map<String, Map<String, Index>> open() {
        Map<String, Map<String, Index>> opened = new HashMap<>();
        tables.forEach((table, indexes) -> {
            Map<String, Index> mine = new LinkedHashMap<>();
            indexes.forEach((name, fields) -> mine.put(name, new Index(table, fields)));
            opened.put(table, mine);
        });
        return opened;
    }
}
