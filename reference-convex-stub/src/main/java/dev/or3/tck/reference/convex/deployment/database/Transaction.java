package dev.or3.tck.reference.convex.deployment.database;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads and writes that take effect together or not at all. It sees what it wrote itself. Used by one thread.
 */
public final class Transaction {
    private final Database database;
    /** The last commit that it surely sees. */
    final long begun;
    final ReadSet reads = new ReadSet();
    /** By id: what was committed before, and what is to be; each may be null. */
    final Map<Long, Change> changes = new LinkedHashMap<>();
    private final Map<Index, TreeMap<Key, Document>> written = new HashMap<>();
    final List<Runnable> afterwards = new ArrayList<>();

    /** A document as it was, and as it is to be. */
    record Change(Document before, Document after) {
        String table() {
            return documents().findFirst().map(Document::table).orElse("");
        }

        Stream<Document> documents() {
            return Stream.of(before, after).filter(Objects::nonNull);
        }
    }

    Transaction(Database database, long begun) {
        this.database = database;
        this.begun = begun;
    }

    /** The first document of an index whose fields begin with these values; null if there is none. */
    public Document first(String table, String index, Object... values) {
        List<Document> found = query(table, index).eq(values).take(1);
        return found.isEmpty() ? null : found.get(0);
    }

    /** All documents of an index whose fields begin with these values, in its order. */
    public List<Document> all(String table, String index, Object... values) {
        return query(table, index).eq(values).take(Integer.MAX_VALUE);
    }

    public Query query(String table, String index) {
        return new Query(database.index(table, index));
    }

    /** Adds a document. */
    public Document insert(String table, ObjectNode fields) {
        Document added = new Document(table, database.newId(), fields);
        write(null, added);
        return added;
    }

    /** Changes some fields of a document. */
    public Document patch(Document document, Consumer<ObjectNode> change) {
        ObjectNode fields = document.fields().deepCopy();
        change.accept(fields);
        Document changed = new Document(document.table(), document.id(), fields);
        write(document, changed);
        return changed;
    }

    public void delete(Document document) {
        write(document, null);
    }

    /** What is to be done once the transaction is committed, and only then. */
    public void onCommit(Runnable action) {
        afterwards.add(action);
    }

    private void write(Document from, Document to) {
        long id = from == null ? to.id() : from.id();
        Change known = changes.get(id);
        changes.put(id, new Change(known == null ? from : known.before, to));
        for (Index index : database.indexes(from == null ? to.table() : from.table())) {
            TreeMap<Key, Document> mine = written.computeIfAbsent(index, key -> new TreeMap<>());
            if (from != null) {
                mine.remove(index.key(from));
            }
            if (to != null) {
                mine.put(index.key(to), to);
            }
        }
    }

    /** A stretch of an index. */
    public final class Query {
        private final Index index;
        private Object[] prefix = {};
        private Key from = Key.before();
        private Key to = Key.after();

        private Query(Index index) {
            this.index = index;
        }

        /** Only where the first fields have these values. */
        public Query eq(Object... values) {
            prefix = values;
            from = Key.before(values);
            to = Key.after(values);
            return this;
        }

        /** Only where the next field is greater. */
        public Query gt(Object value) {
            from = Key.after(with(value));
            return this;
        }

        /** Only where the next field is not greater. */
        public Query lte(Object value) {
            to = Key.after(with(value));
            return this;
        }

        private Object[] with(Object value) {
            Object[] values = new Object[prefix.length + 1];
            System.arraycopy(prefix, 0, values, 0, prefix.length);
            values[prefix.length] = value;
            return values;
        }

        /** So many documents at most, in the order of the index. */
        public List<Document> take(int limit) {
            List<Document> found = new ArrayList<>();
            Iterator<Map.Entry<Key, Document>> committed = index.entries.subMap(from, true, to, true).entrySet().iterator();
            TreeMap<Key, Document> overlay = written.get(index);
            Iterator<Map.Entry<Key, Document>> own = overlay == null ? List.<Map.Entry<Key, Document>>of().iterator()
                    : overlay.subMap(from, true, to, true).entrySet().iterator();
            Map.Entry<Key, Document> theirs = next(committed, true);
            Map.Entry<Key, Document> mine = next(own, false);
            Key last = from;
            while (found.size() < limit && (theirs != null || mine != null)) {
                if (mine == null || theirs != null && theirs.getKey().compareTo(mine.getKey()) < 0) {
                    found.add(theirs.getValue());
                    last = theirs.getKey();
                    theirs = next(committed, true);
                } else {
                    found.add(mine.getValue());
                    last = mine.getKey();
                    mine = next(own, false);
                }
            }
            reads.add(index, from, found.size() == limit ? last : to);
            return found;
        }

        /** What this transaction changed itself is no longer where it was committed. */
        private Map.Entry<Key, Document> next(Iterator<Map.Entry<Key, Document>> entries, boolean committed) {
            while (entries.hasNext()) {
                Map.Entry<Key, Document> entry = entries.next();
                if (!committed || !changes.containsKey(entry.getValue().id())) {
                    return entry;
                }
            }
            return null;
        }
    }
}
