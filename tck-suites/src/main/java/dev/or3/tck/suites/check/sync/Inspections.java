package dev.or3.tck.suites.check.sync;

import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the inspect control shows of a record is a winner of some moment while it looked. */
final class Inspections {
    private final Docket docket;
    private final HistoryIndex index;
    private final Workspace workspace;
    private final Fold fold;
    private final StatePremises premises;
    private final Disagreement disagreement;
    private final Map<Integer, Settled> lastSeen = new HashMap<>();

    /** What was seen of a record while its log had so many operations. */
    private record Settled(int operations, Sight sight) {
    }

    Inspections(Docket docket, Workspace workspace, Fold fold, StatePremises premises, Disagreement disagreement) {
        this.docket = docket;
        this.index = docket.index;
        this.workspace = workspace;
        this.fold = fold;
        this.premises = premises;
        this.disagreement = disagreement;
    }

    void judge() {
        for (int i = 0; i < workspace.inspects().size(); i++) {
            Event event = index.event(workspace.inspects().get(i));
            Call.Inspect look = (Call.Inspect) event.call();
            if (event.isOk() && look.answer() != null) {
                judge(event, look);
            }
        }
    }

    private void judge(Event event, Call.Inspect look) {
        Sight sight = Sight.of(event.seq(), look.answer());
        int record = docket.operations.findKey(workspace.number(), look.table(), look.pk());
        if (record < 0) {
            if (!sight.isNothing()) {
                disagreement.nobodyWrote(sight, look.table() + "/" + look.pk());
            }
            return;
        }
        if (!disagreement.isJudgable(record)) {
            return;
        }
        int from = workspace.slot(index.headLow(event.seq()));
        int to = workspace.slot(index.headHigh(event.seq()));
        List<Integer> winners = fold.winnersBetween(record, from, to);
        if (sight.tombstones() > 1) {
            disagreement.report("LWW-09", record, winners.get(0), sight, "one tombstone at most");
            return;
        }
        for (int winner : winners) {
            if (disagreement.fits(record, winner, sight)) {
                if (winners.size() == 1) {
                    premises.seen(record, fold.upTo(record, to) - 1, sight);
                    settled(record, fold.upTo(record, to), sight);
                }
                return;
            }
        }
        disagreement.explain(record, winners.get(winners.size() - 1), sight);
        if (winners.size() == 1) {
            settled(record, fold.upTo(record, to), sight);
        }
    }

    /** The same log, looked at again: the same state (LWW-10). */
    private void settled(int record, int operations, Sight sight) {
        Settled before = lastSeen.put(record, new Settled(operations, sight));
        if (before == null || before.operations() != operations
                || index.retention(workspace).begunBefore(sight.event()) > 0) {
            return;
        }
        Sight other = before.sight();
        boolean same = other.live() == sight.live() && (!sight.live() || other.clock().equals(sight.clock())
                && other.hlc().equals(sight.hlc()));
        if (!same && VersionJudgement.restartBetween(docket, other.event(), sight.event()) < 0) {
            disagreement.report("LWW-10", record, fold.winner(record, operations - 1), sight, "what "
                    + docket.the(other.event()) + " saw of the same log: " + other.inWords());
        }
    }
}
