package dev.or3.tck.suites.check.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.suites.check.index.Operations;
import dev.or3.tck.suites.check.index.Tolerance;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Whether a provider has to accept an operation: it is valid beyond doubt, and nothing around it is in its way. */
final class Acceptance {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final long EXACT_INTEGERS = 1L << 53;

    private final Docket docket;
    private final Operations operations;

    Acceptance(Docket docket) {
        this.docket = docket;
        this.operations = docket.operations;
    }

    static boolean isUuid(String text) {
        return text != null && UUID.matcher(text).matches();
    }

    /** Whether the push had to store the operation. */
    boolean isDue(Event event, int operation) {
        Call.Push push = (Call.Push) event.call();
        return docket.isOrdinary(event) && push.operations().length <= limit()
                && operations.soundness(operation) == 0 && isIdFresh(operation) && isValid(event, operation);
    }

    private int limit() {
        return docket.index.header().manifest().limits().opsPerPush();
    }

    /** Whether every operation of the push had to be stored. */
    boolean isDue(Event event) {
        for (int sent : ((Call.Push) event.call()).operations()) {
            if (!isDue(event, sent)) {
                return false;
            }
        }
        return true;
    }

    private boolean isIdFresh(int operation) {
        for (int other = operations.firstOfId(operations.opId(operation)); other >= 0; other = operations.nextOfId(other)) {
            if (operations.original(other) != operations.original(operation)) {
                return false;
            }
        }
        return isUuid(operations.opId(operation));
    }

    private boolean isValid(Event event, int number) {
        Operation operation = operations.get(number);
        WireSchema.Table table = docket.schemaAt(event.seq()).table(operation.tableName()).orElse(null);
        if (table == null || operation.stamp().clock() >= EXACT_INTEGERS || hasLoneSurrogate(operation.pk())) {
            return false;
        }
        if (mayBeAnothers(event, number)) {
            return false;
        }
        if (operation.payload() == null) {
            return operation.isDelete();
        }
        JsonNode payload;
        try {
            payload = operation.payload().parse();
        } catch (IllegalArgumentException notJson) {
            return false;
        }
        return payload.isObject() && !hasLoneSurrogate(operation.payload().text())
                && fits(event, operation, table, payload);
    }

    /** Whether it is about a private row that others touched too, or that is for somebody else: it may be refused. */
    boolean mayBeAnothers(Event event, int number) {
        Operation operation = operations.get(number);
        if (!operation.tableName().equals(Operations.PRIVATE_TABLE)) {
            return false;
        }
        if (operation.payload() != null && !operation.payload().text().contains(String.valueOf(event.user()))) {
            return true;
        }
        for (int other = 0; other < operations.count(); other++) {
            if (operations.key(other) == operations.key(number) && !event.user().equals(docket.index.pusher(other))) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(Event event, Operation operation, WireSchema.Table table, JsonNode payload) {
        boolean strict = docket.index.header().manifest().strictSchema();
        for (Map.Entry<String, WireSchema.Field> field : table.fields().entrySet()) {
            JsonNode value = payload.get(field.getKey());
            if (value == null ? strict || field.getValue().required() : !isOfType(value, field.getValue().type())) {
                return false;
            }
        }
        for (Iterator<String> names = payload.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.equals("_id") || name.equals("workspace_id") || strict && !table.fields().containsKey(name)) {
                return false;
            }
        }
        String keyField = Tolerance.keyField(operation.tableName());
        return payload.path(keyField).asText().equals(operation.pk())
                && payload.path("clock").asLong(-1) == operation.stamp().clock()
                && !payload.path("deleted").asBoolean(false) && event.user() != null;
    }

    private static boolean isOfType(JsonNode value, WireSchema.FieldType type) {
        return switch (type) {
            case text -> value.isTextual();
            case integer, time -> value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0
                    && value.asLong() < EXACT_INTEGERS;
            case number -> value.isNumber();
            case bool -> value.isBoolean();
            case json -> true;
        };
    }

    private static boolean hasLoneSurrogate(String text) {
        return text == null || text.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF)
                || text.toLowerCase(Locale.ROOT).contains("\\ud");
    }
}
