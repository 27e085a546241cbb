package dev.or3.tck.suites.run;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.suites.backend.Canaries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Turns what was kept during a run into a history: all that costs time happens here, after the last call. */
final class Transcript {
    private static final Change NONE = new Change(0, null, null, null, null, null);

    private final Script script;
    private final Seal seal;
    private final long epochMicros;
    private final long nanos;
    private final List<History.Sent> operations = new ArrayList<>();
    /** The number in the history for each number of the script; -1 until it was sent. */
    private final int[] renumbered;

    /**
     * @param seal        hides tokens
     * @param epochMicros real time, in microseconds since the epoch, at {@code nanos}
     */
    Transcript(Script script, Seal seal, long epochMicros, long nanos) {
        this.script = script;
        this.seal = seal;
        this.epochMicros = epochMicros;
        this.nanos = nanos;
        this.renumbered = new int[script.operations().size()];
        Arrays.fill(renumbered, -1);
    }

    History history(History.Header header, List<Entry> entries) {
        List<Entry> ordered = new ArrayList<>(entries);
        ordered.sort(Comparator.comparingLong(entry -> entry.invoked));
        for (int i = 0; i < ordered.size(); i++) {
            ordered.get(i).seq = i;
            if (ordered.get(i).isSecret() && ordered.get(i).answer instanceof JsonText answer) {
                seal.learn(answer);
            }
            if (ordered.get(i).request instanceof Request.Push push) {
                numbers(push.batch());
            }
        }
        List<Event> events = new ArrayList<>(ordered.size());
        for (Entry entry : ordered) {
            events.add(event(entry));
        }
        return new History(header, List.copyOf(operations), List.copyOf(events));
    }

    private Event event(Entry entry) {
        Client client = entry.client;
        boolean answered = entry.returned != Event.NEVER;
        Call call = entry.request.told(entry.isOk() ? entry.answer : null, this, entry);
        String user = client == null ? null : client.user;
        String workspace = client == null ? null : client.workspace;
        int instance = client == null ? -1 : client.instance;
        if (entry.request instanceof Request.Ask ask) {
            user = ask.caller() == null ? null : ask.caller().userId();
            workspace = ask.caller() == null ? null : ask.caller().workspaceId();
            instance = ask.pinned() ? 0 : instance;
        }
        return new Event(entry.seq, entry.invoked, entry.returned, micros(entry.began, entry.offset),
                answered ? micros(entry.ended, entry.offsetAfter) : Event.NEVER, client == null ? -1 : client.index,
                instance, client == null ? null : client.device, user, workspace,
                entry.attempt, entry.outcome, entry.isSecret() ? sealed(entry.error) : silenced(entry.error), call);
    }

    private Event.Fault sealed(Event.Fault error) {
        return error == null ? null : new Event.Fault(error.status(), seal.hide(error.code()), seal.hide(error.message()));
    }

    private static Event.Fault silenced(Event.Fault error) {
        return error == null ? null : new Event.Fault(error.status(), error.code(), Canaries.silence(error.message()));
    }

    /** The answer as the history keeps it. */
    JsonText kept(Entry entry, JsonText answer) {
        return answer != null && entry.isSecret() ? seal.seal(answer) : silenced(answer);
    }

    /** What was asked or answered, without credentials: a history is kept, and shown. */
    static JsonText silenced(JsonText json) {
        return json == null ? null : new JsonText(Canaries.silence(json.text()));
    }

    private long micros(long at, long offsetSeconds) {
        return epochMicros + (at - nanos) / 1000 + offsetSeconds * 1_000_000;
    }

    /** The numbers of a batch's operations in the history: those that are sent first come first. */
    int[] numbers(Script.Batch batch) {
        int[] numbers = new int[batch.numbers().length];
        for (int i = 0; i < numbers.length; i++) {
            int old = batch.numbers()[i];
            if (renumbered[old] < 0) {
                renumbered[old] = operations.size();
                operations.add(script.operations().get(old));
            }
            numbers[i] = renumbered[old];
        }
        return numbers;
    }

    Call.Rows rows(String workspaceId, Change[] changes) {
        if (changes.length == 0) {
            return Call.Rows.NONE;
        }
        long[] versions = new long[changes.length];
        int[] shown = new int[changes.length];
        List<Change> others = new ArrayList<>(0);
        for (int i = 0; i < changes.length; i++) {
            Change change = changes[i] == null ? NONE : changes[i];
            versions[i] = change.serverVersion();
            shown[i] = sent(workspaceId, change);
            if (shown[i] < 0) {
                others.add(change);
                shown[i] = -others.size();
            }
        }
        return new Call.Rows(versions, shown, others);
    }

    /** The operation that a change shows exactly as it was sent, or -1. */
    private int sent(String workspaceId, Change change) {
        if (change.stamp() != null && change.stamp().opId() != null) {
            for (int old : script.numbers(workspaceId, change.stamp().opId())) {
                if (renumbered[old] >= 0 && shows(change, script.operations().get(old).operation())) {
                    return renumbered[old];
                }
            }
        }
        return -1;
    }

    private static boolean shows(Change change, Operation operation) {
        return operation.tableName().equals(change.tableName()) && operation.pk().equals(change.pk())
                && operation.operation().equals(change.op()) && operation.stamp().equals(change.stamp())
                && samePayload(operation.payload(), change.payload());
    }

    private static boolean samePayload(JsonText sent, JsonText shown) {
        return sent == null || shown == null ? Objects.equals(sent, shown) : sent.sameAs(shown);
    }
}
