package dev.or3.tck.suites.check.index;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The differences between what was sent and what is shown that a correct provider may make: declared normalizations,
 * a delete without its payload, identity fields that give way to key, stamp and scope, the owner of a private row.
 */
public final class Tolerance {
    private final boolean dropsNulls;
    private final boolean stripsRefCount;

    Tolerance(Manifest manifest) {
        dropsNulls = manifest.normalizes("nulls");
        stripsRefCount = manifest.normalizes("file_meta.ref_count");
    }

    /** Whether the change may be what became of the operation. */
    public boolean accepts(Operation sent, String workspaceId, String user, Change shown) {
        return shown != null && Objects.equals(sent.tableName(), shown.tableName())
                && Objects.equals(sent.pk(), shown.pk()) && Objects.equals(sent.operation(), shown.op())
                && Objects.equals(sent.stamp(), shown.stamp()) && acceptsPayload(sent, workspaceId, user, shown.payload());
    }

    /** Whether the payload may be what became of the operation's. */
    public boolean acceptsPayload(Operation sent, String workspaceId, String user, JsonText shown) {
        JsonText payload = sent.payload();
        if (payload == null || shown == null) {
            return payload == null && isNull(shown) || sent.isDelete();
        }
        if (payload.sameAs(shown)) {
            return true;
        }
        if (sent.isDelete() && isNull(shown)) {
            return true;
        }
        return differences(sent, workspaceId, user, shown).isEmpty();
    }

    private static boolean isNull(JsonText text) {
        return text == null || text.text().equals("null");
    }

    /** The fields of the payload that differ, and may not, in the order of their names; {@code $} for the whole. */
    public List<String> differences(Operation sent, String workspaceId, String user, JsonText shown) {
        JsonNode before;
        JsonNode after;
        try {
            before = sent.payload() == null ? null : sent.payload().parse();
            after = shown == null ? null : shown.parse();
        } catch (IllegalArgumentException notJson) {
            return List.of("$");
        }
        if (before == null || after == null || !before.isObject() || !after.isObject()) {
            return List.of("$");
        }
        TreeSet<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        List<String> found = new ArrayList<>();
        for (String name : names) {
            if (!same(before.get(name), after.get(name))
                    && !mayDiffer(name, sent, workspaceId, user, before.get(name), after.get(name))) {
                found.add(name);
            }
        }
        return found;
    }

    private boolean mayDiffer(String name, Operation sent, String workspaceId, String user, JsonNode before,
            JsonNode after) {
        if (name.equals("ref_count")) {
            return stripsRefCount && after == null && "file_meta".equals(sent.tableName());
        }
        if (name.equals("workspace_id")) {
            return before != null && (after == null || after.asText().equals(workspaceId));
        }
        if (name.equals("_id")) {
            return before != null && (after == null || after.asText().equals(sent.pk()));
        }
        if (name.equals("clock")) {
            return after != null && after.isIntegralNumber() && after.asLong() == sent.stamp().clock();
        }
        if (name.equals("user_id") && Operations.PRIVATE_TABLE.equals(sent.tableName())) {
            return after != null && (user == null || after.asText().equals(user));
        }
        return name.equals(keyField(sent.tableName())) && after != null && after.asText().equals(sent.pk());
    }

    /** The field that holds the key of the table's records. */
    public static String keyField(String table) {
        return WireSchema.current().table(table).map(WireSchema.Table::key).orElse("id");
    }

    private boolean same(JsonNode before, JsonNode after) {
        if (dropsNulls && (before == null || before.isNull()) && (after == null || after.isNull())) {
            return true;
        }
        if (before == null || after == null) {
            return before == after;
        }
        if (dropsNulls && before.isContainerNode() && before.getNodeType() == after.getNodeType()) {
            return sameWithoutNulls(before, after);
        }
        return JsonText.of(before).sameAs(JsonText.of(after));
    }

    private boolean sameWithoutNulls(JsonNode before, JsonNode after) {
        if (before.isArray()) {
            if (before.size() != after.size()) {
                return false;
            }
            for (int i = 0; i < before.size(); i++) {
                if (!same(before.get(i), after.get(i))) {
                    return false;
                }
            }
            return true;
        }
        TreeSet<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        return names.stream().allMatch(name -> same(before.get(name), after.get(name)));
    }
}
