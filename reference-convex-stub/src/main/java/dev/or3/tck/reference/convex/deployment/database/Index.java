package dev.or3.tck.reference.convex.deployment.database;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** The documents of a table in the order of some of their fields, and then of their ids. */
final class Index {
    private final String table;
    private final List<String> fields;
    final ConcurrentSkipListMap<Key, Document> entries = new ConcurrentSkipListMap<>();

    Index(String table, List<String> fields) {
        this.table = table;
        this.fields = List.copyOf(fields);
    }

    String table() {
        return table;
    }

    Key key(Document document) {
        Object[] values = new Object[fields.size() + 1];
        for (int i = 0; i < fields.size(); i++) {
            values[i] = value(document.fields().path(fields.get(i)));
        }
        values[fields.size()] = document.id();
        return Key.of(values);
    }

    private static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.textValue();
            case NUMBER -> node.longValue();
            case BOOLEAN -> node.booleanValue();
            default -> null;
        };
    }
}
