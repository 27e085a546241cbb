package dev.or3.tck.suites.check.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import java.util.HashMap;
import java.util.Map;

/** The op ids that were pushed as raw JSON: they stand in no list of operations. Read only when somebody asks. */
final class RawPushes {
    private final HistoryIndex index;
    private Map<String, Integer> events;

    RawPushes(HistoryIndex index) {
        this.index = index;
    }

    /** Whether no push was made as raw JSON. */
    boolean isEmpty() {
        event("");
        return events.isEmpty();
    }

    /** Whether a raw push carried the op id. */
    boolean sent(String opId) {
        return event(opId) >= 0;
    }

    /** The raw push that carried the op id, or -1. */
    int event(String opId) {
        if (events == null) {
            events = new HashMap<>();
            for (int i = 0; i < index.raws().size(); i++) {
                Event event = index.event(index.raws().get(i));
                Call.Raw raw = (Call.Raw) event.call();
                if (raw.method().equals("push")) {
                    for (JsonNode op : raw.input().parse().path("ops")) {
                        events.putIfAbsent(op.path("stamp").path("opId").asText(), event.seq());
                    }
                }
            }
        }
        return opId == null ? -1 : events.getOrDefault(opId, -1);
    }
}
