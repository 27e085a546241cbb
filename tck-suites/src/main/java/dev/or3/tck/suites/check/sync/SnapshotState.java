package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Operations;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a snapshot holds is the fold of the log at its watermark (SNAP-01), on every page (SNAP-02). A state that is newer
 * than the watermark, but one state, is no loss to anybody: the pull that follows repeats what the device has.
 */
final class SnapshotState {
    private final Docket docket;
    private final HistoryIndex index;
    private final Operations operations;
    private final Workspace workspace;
    private final Fold fold;
    private final StatePremises premises;
    private final Disagreement disagreement;

    /** Everything that a snapshot shows of one record. */
    private record Shown(Event event, Sight row, Sight tombstone) {
        Sight sight() {
            return row != null ? row : tombstone;
        }
    }

    /** A record that the snapshot shows wrongly, or lacks. */
    private record Mismatch(int record, int winner, Shown shown) {
    }

    SnapshotState(Docket docket, Workspace workspace, Fold fold, StatePremises premises, Disagreement disagreement) {
        this.docket = docket;
        this.index = docket.index;
        this.operations = docket.operations;
        this.workspace = workspace;
        this.fold = fold;
        this.premises = premises;
        this.disagreement = disagreement;
    }

    void judge(List<Event> path) {
        Map<Integer, Shown> shown = new HashMap<>();
        for (Event event : path) {
            for (SnapshotPage.Item item : Snapshots.call(event).page().items()) {
                int record = operations.findKey(workspace.number(), item.tableName(), item.pk());
                if (record < 0) {
                    unknown(event, item);
                    continue;
                }
                Sight sight = Sight.of(event.seq(), item);
                Shown before = shown.get(record);
                shown.put(record, sight.live() ? new Shown(event, sight, before == null ? null : before.tombstone())
                        : new Shown(event, before == null ? null : before.row(), sight));
            }
        }
        Event last = path.get(path.size() - 1);
        boolean whole = Snapshots.call(last).page().nextPageToken() == null;
        int slot = workspace.slot(Snapshots.call(path.get(0)).page().highWatermark());
        Mismatch mismatch = mismatch(path, shown, slot, whole);
        if (mismatch == null) {
            agreed(path, shown, slot, whole);
            return;
        }
        int newest = newest(shown, slot);
        if (newest > slot && newest <= workspace.slot(index.headHigh(last.seq()))
                && !isTorn(path, shown, slot) && mismatch(path, shown, newest, whole) == null) {
            return;
        }
        explain(path, mismatch, slot);
    }

    private void unknown(Event event, SnapshotPage.Item item) {
        boolean own = Operations.PRIVATE_TABLE.equals(item.tableName()) && index.hidesPrivateRows();
        if (!own && new RawPushes(index).isEmpty()) {
            disagreement.nobodyWrote(Sight.of(event.seq(), item), item.tableName() + "/" + item.pk());
        }
    }

    private Mismatch mismatch(List<Event> path, Map<Integer, Shown> shown, int slot, boolean whole) {
        String user = path.get(0).user();
        int lastEvent = path.get(path.size() - 1).seq();
        Mismatch worst = null;
        for (int record = 0; record < operations.keyCount(); record++) {
            Shown seen = shown.get(record);
            if (seen == null && (!whole || fold.count(record) == 0) || !disagreement.isJudgable(record)
                    || !isVisible(record, user)) {
                continue;
            }
            int winner = fold.winnerAt(record, slot);
            if (!agrees(record, winner, seen, lastEvent)) {
                Mismatch found = new Mismatch(record, winner, seen);
                if (seen != null) {
                    return found;
                }
                worst = worst == null ? found : worst;
            }
        }
        return worst;
    }

    /** Whose private row it is follows from what was logged: others may have tried to write it, and been refused. */
    private boolean isVisible(int record, String user) {
        int operation = fold.count(record) == 0 ? operations.onKey(record) : fold.operation(record, 0);
        return !operations.get(operation).tableName().equals(Operations.PRIVATE_TABLE)
                || user != null && user.equals(index.pusher(operation))
                && index.visibility(workspace).isRequired(user, null, operation);
    }

    private boolean agrees(int record, int winner, Shown seen, int lastEvent) {
        if (seen == null) {
            return winner < 0 || operations.isDelete(winner) && disagreement.mayBeCollected(winner, lastEvent);
        }
        if (winner < 0 || !disagreement.fits(record, winner, seen.sight())) {
            return false;
        }
        // A revived record may keep its old tombstone.
        return seen.row() == null || seen.tombstone() == null || !disagreement.hasStamp(winner, seen.tombstone());
    }

    /** The highest slot at which an item that is shown became the winner. */
    private int newest(Map<Integer, Shown> shown, int slot) {
        int newest = slot;
        for (Map.Entry<Integer, Shown> entry : shown.entrySet()) {
            int operation = newer(entry.getKey(), entry.getValue(), slot);
            if (operation >= 0) {
                newest = Math.max(newest, workspace.slot(docket.fates.version(operation)));
            }
        }
        return newest;
    }

    /** The later winner that the item shows, or -1. */
    private int newer(int record, Shown seen, int slot) {
        for (int n = fold.upTo(record, slot); n < fold.count(record); n++) {
            int winner = fold.winner(record, n);
            if (winner == fold.operation(record, n) && disagreement.fits(record, winner, seen.sight())) {
                return winner;
            }
        }
        return -1;
    }

    /** Whether an item shows what was pushed only after the first page had come. */
    private boolean isTorn(List<Event> path, Map<Integer, Shown> shown, int slot) {
        return shown.entrySet().stream().anyMatch(entry -> isTorn(path, newer(entry.getKey(), entry.getValue(), slot)));
    }

    private boolean isTorn(List<Event> path, int operation) {
        return operation >= 0 && index.before(path.get(0).seq(), docket.fates.firstPush(operation));
    }

    private void agreed(List<Event> path, Map<Integer, Shown> shown, int slot, boolean whole) {
        int deletes = 0;
        for (Map.Entry<Integer, Shown> entry : shown.entrySet()) {
            premises.seen(entry.getKey(), fold.upTo(entry.getKey(), slot) - 1, entry.getValue().sight());
            deletes += entry.getValue().row() == null ? 1 : 0;
        }
        docket.findings.premise("SNAP-01", whole && deletes > 0 && shown.size() > deletes ? 1 : 0);
        Event first = path.get(0);
        Event last = path.get(path.size() - 1);
        boolean pushedBetween = workspace.pushes().floor(last.seq()) > workspace.pushes().floor(first.seq())
                && index.headLow(last.seq()) > Snapshots.call(first).page().highWatermark();
        docket.findings.premise("SNAP-02", whole && path.size() > 1 && pushedBetween ? 1 : 0);
    }

    private void explain(List<Event> path, Mismatch mismatch, int slot) {
        int record = mismatch.record();
        Shown seen = mismatch.shown();
        Event first = path.get(0);
        if (seen == null) {
            missing(path, mismatch);
            return;
        }
        int later = newer(record, seen, slot);
        if (isTorn(path, later)) {
            docket.report("SNAP-02", workspace, docket.the(first.seq()) + " began a snapshot at version "
                            + workspace.version(slot) + ", before " + docket.the(docket.fates.firstPush(later)),
                    docket.the(seen.event().seq()) + " shows " + docket.op(later) + ", which that push brought",
                    mismatch.winner() < 0 ? "nothing of that record" : docket.op(mismatch.winner()), docket.op(later),
                    at(workspace.version(slot), docket.fates.version(later)), first.seq(), docket.fates.firstPush(later),
                    seen.event().seq());
            return;
        }
        Sight sight = seen.sight();
        int observed = disagreement.observed(record, sight);
        boolean otherWinner = observed >= 0 && observed != mismatch.winner() && mismatch.winner() >= 0
                && docket.fates.version(observed) <= workspace.version(slot)
                && workspace.knownAt(workspace.slot(docket.fates.version(mismatch.winner()))) < first.invoked();
        if (otherWinner || observed < 0 && sight.opId() != null && operations.firstOfId(sight.opId()) >= 0) {
            disagreement.explain(record, mismatch.winner(), sight);
            // What a late replay may bring back is a should, and no fault of the snapshot.
            if (disagreement.rule(record, mismatch.winner(), sight).equals("GC-12")) {
                return;
            }
        }
        disagreement.report("SNAP-01", record, mismatch.winner(), sight, mismatch.winner() < 0
                ? "nothing at version " + workspace.version(slot) : docket.op(mismatch.winner()));
    }

    /** A record is missing: at the seam between two pages (SNAP-05), or altogether. */
    private void missing(List<Event> path, Mismatch mismatch) {
        Operation operation = operations.get(mismatch.winner());
        boolean delete = operation.isDelete();
        int seam = seam(path, operation.tableName(), operation.pk());
        Event event = path.get(Math.max(seam, 0));
        int told = docket.fates.versionEvent(mismatch.winner());
        boolean collected = !delete && index.retention(workspace).begunBefore(event.seq()) > 0;
        String rule = seam >= 0 ? "SNAP-05" : "SNAP-01";
        List<String> rules = new ArrayList<>(List.of(rule));
        if (collected) {
            rules.add(0, "GC-08");
        }
        for (String each : rules) {
            docket.report(each, workspace, docket.op(mismatch.winner()) + " wins at version "
                            + docket.fates.version(mismatch.winner()) + " by " + docket.the(told),
                    "the snapshot at version " + Snapshots.call(path.get(0)).page().highWatermark() + " has no "
                            + (delete ? "tombstone" : "row") + " for it" + (seam >= 0 ? ", at the seam after "
                            + docket.the(event.seq()) : ""), delete ? "a tombstone" : "a row", "nothing",
                    at(docket.fates.version(mismatch.winner())), told, path.get(0).seq(), event.seq());
        }
    }

    /** The page after whose last item, and before the next page's first, the record belongs; -1 if it is within a page. */
    private static int seam(List<Event> path, String table, String pk) {
        for (int i = 0; i + 1 < path.size(); i++) {
            List<SnapshotPage.Item> items = Snapshots.call(path.get(i)).page().items();
            List<SnapshotPage.Item> next = Snapshots.call(path.get(i + 1)).page().items();
            if (!items.isEmpty() && compare(items.get(items.size() - 1), table, pk) <= 0
                    && (next.isEmpty() || compare(next.get(0), table, pk) > 0)) {
                return i;
            }
        }
        return -1;
    }

    private static int compare(SnapshotPage.Item item, String table, String pk) {
        int byTable = item.tableName().compareTo(table);
        return byTable != 0 ? byTable : item.pk().compareTo(pk);
    }
}
