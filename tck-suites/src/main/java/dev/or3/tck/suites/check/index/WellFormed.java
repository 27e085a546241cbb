package dev.or3.tck.suites.check.index;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import java.util.List;

/** Reads raw calls that are well formed after all as what they are: they move cursors and collect like any other. */
final class WellFormed {
    private WellFormed() {
    }

    /** The event with a typed call in place of the raw one, or the event itself. */
    static Event typed(Event event, Call.Raw raw) {
        if (!raw.component().equals("sync")) {
            return event;
        }
        JsonNode input = raw.input().parse();
        JsonNode scope = input.path("scope").path("workspaceId");
        if (!scope.isTextual()) {
            return event;
        }
        Call call = call(raw, input, scope.textValue());
        return call == null ? event : new Event(event.seq(), event.invoked(), event.returned(), event.invokedMicros(),
                event.returnedMicros(), event.client(), event.instance(), event.device(), event.user(), event.workspace(),
                event.attempt(), event.outcome(), event.error(), call);
    }

    private static Call call(Call.Raw raw, JsonNode input, String scope) {
        JsonNode version = input.path("version");
        JsonNode retention = input.path("retentionSeconds");
        JsonNode device = input.path("deviceId");
        return switch (raw.method()) {
            case "updateCursor" -> device.isTextual() && !device.textValue().isEmpty() && isLong(version)
                    ? new Call.MoveCursor(scope, device.textValue(), version.longValue()) : null;
            case "gcChangeLog", "gcTombstones" -> isLong(retention)
                    ? new Call.Collect(scope, raw.method().equals("gcTombstones"), retention.longValue()) : null;
            case "push" -> input.path("ops").isArray() && input.path("ops").isEmpty()
                    ? new Call.Push(scope, new int[0], List.of(), null) : null;
            default -> null;
        };
    }

    private static boolean isLong(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong();
    }
}
