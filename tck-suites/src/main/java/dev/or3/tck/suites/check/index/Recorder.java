package dev.or3.tck.suites.check.index;

import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.OperationResult.ErrorCodes;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Reads the events once, in their order, and fills in what they tell of operations and logs. */
final class Recorder {
    private static final Set<String> UNSETTLING =
            Set.of(ErrorCodes.SERVER_ERROR, ErrorCodes.NETWORK_ERROR, ErrorCodes.UNKNOWN);

    /** A row of another workspace: it says nothing about this one's log. */
    private static final int LEAK = -3;

    private final List<Event> events;
    private final Operations operations;
    private final Fates fates;
    private final Tolerance tolerance;
    private final long[] returned;
    private final long[] told;
    private final boolean aliases;
    private final Map<Integer, String> accepted = new HashMap<>();

    Recorder(List<Event> events, Operations operations, Fates fates, Tolerance tolerance, long[] returned, long[] told) {
        this.events = events;
        this.operations = operations;
        this.fates = fates;
        this.tolerance = tolerance;
        this.returned = returned;
        this.told = told;
        this.aliases = operations.idsReused();
    }

    void push(Workspace workspace, Event event, Call.Push push) {
        int seq = event.seq();
        boolean foreign = !Objects.equals(event.workspace(), push.scope());
        int bit = switch (event.outcome()) {
            case OK -> 0;
            case REFUSED -> Fates.REFUSED;
            case FAILED -> Fates.FAILED;
            case LOST -> Fates.LOST;
        };
        bit |= foreign ? Fates.FOREIGN : Fates.HOME;
        for (int sent : push.operations()) {
            sent(operations.original(sent), seq, push.operations(), bit);
        }
        if (!event.isOk() || push.results() == null || !answers(workspace, seq, push)) {
            workspace.unusual.add(seq);
        }
    }

    private void sent(int operation, int seq, int[] batch, int bit) {
        if (fates.firstPush[operation] < 0) {
            fates.firstPush[operation] = seq;
        } else if (fates.lastPush[operation] == seq) {
            fates.mark(operation, Fates.DOUBLED);
        } else {
            if (!fates.is(operation, Fates.AGAIN)) {
                fates.repeated.add(operation);
            }
            Call.Push before = (Call.Push) events.get(fates.lastPush[operation]).call();
            fates.mark(operation, Arrays.equals(before.operations(), batch) ? Fates.AGAIN
                    : Fates.AGAIN | Fates.REGROUPED);
        }
        fates.lastPush[operation] = seq;
        fates.mark(operation, bit);
    }

    /** Whether the answer is as plain as can be: a success for each operation, in order. */
    private boolean answers(Workspace workspace, int seq, Call.Push push) {
        List<OperationResult> results = push.results();
        int[] batch = push.operations();
        boolean plain = results.size() == batch.length;
        for (int i = 0; i < results.size(); i++) {
            OperationResult result = results.get(i);
            if (result == null || result.opId() == null) {
                plain = false;
                continue;
            }
            boolean inOrder = i < batch.length && operations.opId(batch[i]).equals(result.opId());
            int sent = inOrder ? batch[i] : inBatch(batch, result.opId());
            plain &= inOrder && result.success() && result.serverVersion() != null && result.serverVersion() > 0;
            if (sent >= 0) {
                answer(workspace, seq, operations.original(sent), result);
            }
        }
        return plain;
    }

    private int inBatch(int[] batch, String opId) {
        for (int sent : batch) {
            if (operations.opId(sent).equals(opId)) {
                return sent;
            }
        }
        return -1;
    }

    private void answer(Workspace workspace, int seq, int operation, OperationResult result) {
        if (!result.success()) {
            fates.mark(operation, result.errorCode() != null && UNSETTLING.contains(result.errorCode())
                    ? Fates.FAILED : Fates.REFUSED);
            return;
        }
        if (!fates.is(operation, Fates.ACKED)) {
            fates.answer(operation, result);
        }
        fates.mark(operation, Fates.ACKED);
        if (result.serverVersion() == null || result.serverVersion() < 1) {
            return;
        }
        long version = result.serverVersion();
        fates.place(operation, version, seq);
        int slot = workspace.open(version);
        if (slot == 0) {
            return;
        }
        int held = workspace.operation(slot);
        if (held == Workspace.UNKNOWN) {
            workspace.tell(slot, operation, returned[seq]);
        } else if (held == operation) {
            workspace.know(slot, returned[seq]);
        } else if (!sameId(held, operation)) {
            workspace.clash(new Workspace.Clash(slot, held, witness(workspace, slot, held),
                    workspace.shownBy(slot) >= 0, operation, seq, false));
        }
        told[seq] = Math.max(told[seq], version);
    }

    /** A conflicting reuse of an op id may be answered with the first outcome. */
    private boolean sameId(int held, int operation) {
        return held >= 0 && aliases && operations.opId(held).equals(operations.opId(operation));
    }

    private int witness(Workspace workspace, int slot, int held) {
        return workspace.shownBy(slot) >= 0 ? workspace.shownBy(slot) : fates.versionEvent[held];
    }

    void pull(Workspace workspace, Event event, Call.Pull pull) {
        Call.Rows rows = pull.rows();
        int seq = event.seq();
        long time = returned[seq];
        long[] versions = rows.versions();
        int[] shown = rows.operations();
        long highest = 0;
        for (int i = 0; i < versions.length; i++) {
            long version = versions[i];
            if (version < 1) {
                continue;
            }
            highest = Math.max(highest, version);
            int slot = workspace.open(version);
            int operation = shown[i];
            if (operation >= 0 && workspace.operation(slot) == operation && workspace.shownBy(slot) >= 0) {
                workspace.know(slot, time);
            } else if (slot != 0) {
                row(workspace, event, pull, i, slot);
            }
        }
        told[seq] = highest;
    }

    private void row(Workspace workspace, Event event, Call.Pull pull, int row, int slot) {
        int seq = event.seq();
        int shown = pull.rows().operations()[row];
        int operation = shown < 0 ? -1 : operations.original(shown);
        if (operation >= 0 && operations.space(operation) != workspace.number()) {
            operation = twin(workspace, operation);
        }
        if (operation < 0) {
            operation = odd(workspace, event, pull, row, shown);
            if (operation == LEAK) {
                return;
            }
        } else {
            fates.mark(operation, Fates.SHOWN);
        }
        if (operation >= 0) {
            fates.place(operation, pull.rows().versions()[row], seq);
        }
        int held = workspace.operation(slot);
        if (held == Workspace.UNKNOWN || held == operation && workspace.shownBy(slot) < 0) {
            workspace.tell(slot, operation < 0 ? Workspace.STRANGER : operation, returned[seq]);
            workspace.show(slot, seq);
        } else if (held == operation || held == Workspace.STRANGER && operation < 0) {
            workspace.know(slot, returned[seq]);
        } else {
            boolean heldShown = workspace.shownBy(slot) >= 0;
            int other = operation < 0 ? Workspace.STRANGER : operation;
            if (heldShown || !sameId(held, operation)) {
                workspace.clash(new Workspace.Clash(slot, held, heldShown ? workspace.shownBy(slot)
                        : held >= 0 ? fates.versionEvent[held] : -1, heldShown, other, seq, true));
            }
            if (!heldShown) {
                boolean acked = operation >= 0 && fates.version[operation] == pull.rows().versions()[row];
                workspace.replace(slot, other, acked ? Math.min(returned[seq], returned[fates.versionEvent[operation]])
                        : returned[seq]);
                workspace.show(slot, seq);
            }
        }
    }

    /** The same operation as it was sent to this workspace, or -1: an op id may be used in two workspaces. */
    private int twin(Workspace workspace, int operation) {
        for (int other = operations.firstOfId(operations.opId(operation)); other >= 0; other = operations.nextOfId(other)) {
            if (operations.space(other) == workspace.number()
                    && Operations.sameContent(operations.get(other), operations.get(operation))) {
                return operations.original(other);
            }
        }
        return -1;
    }

    /** The operation that an unusual row stands for, with what may differ taken into account; else an oddity is noted. */
    private int odd(Workspace workspace, Event event, Call.Pull pull, int row, int shown) {
        int elsewhere = shown;
        if (shown < 0) {
            Change change = pull.rows().other(row);
            String opId = change == null || change.stamp() == null ? null : change.stamp().opId();
            int inSpace = -1;
            for (int other = operations.firstOfId(opId); other >= 0; other = operations.nextOfId(other)) {
                if (operations.space(other) != workspace.number()) {
                    elsewhere = other;
                } else if (accepts(workspace, other, change)) {
                    int operation = operations.original(other);
                    fates.mark(operation, Fates.SHOWN);
                    return operation;
                } else if (inSpace < 0) {
                    inSpace = operations.original(other);
                }
            }
            if (inSpace >= 0) {
                fates.mark(inSpace, Fates.ALTERED);
                workspace.oddity(new Workspace.Oddity(event.seq(), row, inSpace, elsewhere < 0 ? -1 : elsewhere));
                return inSpace;
            }
        }
        workspace.oddity(new Workspace.Oddity(event.seq(), row, -1, elsewhere < 0 ? -1 : elsewhere));
        return elsewhere < 0 ? -1 : LEAK;
    }

    private boolean accepts(Workspace workspace, int operation, Change change) {
        Operation sent = operations.get(operation);
        boolean plain = change.payload() != null && Objects.equals(sent.stamp(), change.stamp())
                && Objects.equals(sent.pk(), change.pk()) && Objects.equals(sent.tableName(), change.tableName())
                && Objects.equals(sent.operation(), change.op());
        if (plain && change.payload().text().equals(accepted.get(operation))) {
            return true;
        }
        int push = fates.firstPush[operations.original(operation)];
        boolean several = fates.is(operations.original(operation), Fates.SEVERAL);
        String pusher = push < 0 || several ? null : events.get(push).user();
        boolean fine = tolerance.accepts(sent, workspace.id(), pusher, change);
        if (fine && plain) {
            accepted.put(operation, change.payload().text());
        }
        return fine;
    }
}
