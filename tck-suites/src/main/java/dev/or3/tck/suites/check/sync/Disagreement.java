package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.suites.check.index.Fates;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Operations;
import dev.or3.tck.suites.check.index.Retention;
import dev.or3.tck.suites.check.index.Workspace;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** Compares what was seen of a record with what the log folds to, and says which rule a difference breaks. */
final class Disagreement {
    /** Looking closely is expensive: after so many findings there is enough to show. */
    private static final int ENOUGH = 100;

    private final Docket docket;
    private final HistoryIndex index;
    private final Operations operations;
    private final Workspace workspace;
    private final Fold fold;
    private final Retention retention;
    private final Collisions collisions;
    private final int privateTable;
    private int explained;
    private final Set<Integer> disputed = new HashSet<>();

    Disagreement(Docket docket, Workspace workspace, Fold fold, Collisions collisions) {
        this.docket = docket;
        this.index = docket.index;
        this.operations = docket.operations;
        this.workspace = workspace;
        this.fold = fold;
        this.collisions = collisions;
        this.privateTable = operations.tableNumber(Operations.PRIVATE_TABLE);
        this.retention = index.retention(workspace);
    }

    /** Whether a record can be judged: its log is known, and it is nobody's private row that others touched. */
    boolean isJudgable(int record) {
        if (fold.isDoubtful(record)) {
            return false;
        }
        if (operations.table(operations.onKey(record)) != privateTable) {
            return true;
        }
        String user = null;
        for (int n = 0; n < fold.count(record); n++) {
            String pusher = index.pusher(fold.operation(record, n));
            if (pusher == null || user != null && !user.equals(pusher)) {
                return false;
            }
            user = pusher;
        }
        return true;
    }

    /** Records of which a window showed the wrong winner. */
    boolean isDisputed(int record) {
        return disputed.contains(record);
    }

    /** Whether the sight may be of that winner; -1 for a record that nobody wrote. */
    boolean fits(int record, int winner, Sight sight) {
        if (winner < 0) {
            return sight.isNothing();
        }
        if (!operations.isDelete(winner)) {
            return sight.live() && hasStamp(winner, sight) && hasPayload(winner, sight);
        }
        if (mayBeCollected(winner, sight.event())) {
            return !sight.live() || arrivedAfter(record, winner);
        }
        return !sight.live() && sight.clock() != null && hasStamp(winner, sight);
    }

    boolean hasStamp(int operation, Sight sight) {
        return sight.clock() != null && sight.clock() == operations.clock(operation)
                && operations.hlc(operation).equals(sight.hlc())
                && (sight.opId() == null || sight.opId().equals(operations.opId(operation)));
    }

    private boolean hasPayload(int winner, Sight sight) {
        return docket.fates.is(winner, Fates.ALTERED) || index.tolerance().acceptsPayload(operations.get(winner),
                workspace.id(), index.pusher(winner), sight.payload());
    }

    boolean mayBeCollected(int operation, int event) {
        return docket.fates.version(operation) <= retention.allowed(event);
    }

    /** Whether anything new came to the record after that operation. */
    private boolean arrivedAfter(int record, int operation) {
        for (int n = fold.count(record) - 1; n >= 0 && fold.operation(record, n) != operation; n--) {
            if (docket.fates.version(fold.operation(record, n)) == workspace.version(fold.slot(record, n))) {
                return true;
            }
        }
        return false;
    }

    /** A record is there that nobody wrote. */
    void nobodyWrote(Sight sight, String name) {
        int other = sight.opId() == null ? -1 : operations.firstOfId(sight.opId());
        boolean moved = other >= 0 && operations.space(other) == workspace.number();
        docket.report(moved ? "PUSH-15" : "LWW-11", workspace, "nothing was ever pushed to " + name,
                docket.the(sight.event()) + " shows " + sight.inWords() + " there", "nothing", sight.inWords(),
                other < 0 ? at() : at(docket.fates.version(other)), sight.event(),
                other < 0 ? -1 : docket.fates.firstPush(other));
    }

    /** Reports the rule that explains the difference best. */
    void explain(int record, int winner, Sight sight) {
        if (++explained > ENOUGH) {
            return;
        }
        report(rule(record, winner, sight), record, winner, sight, winner < 0 ? "nothing" : docket.op(winner));
    }

    void report(String rule, int record, int winner, Sight sight, String expected) {
        disputed.add(record);
        int shown = observed(record, sight);
        String because = winner < 0 ? "nothing was pushed to " + name(record) + " by then"
                : docket.op(winner) + " wins at version " + docket.fates.version(winner)
                        + (shown >= 0 && shown != winner ? " over " + docket.op(shown) : "");
        docket.report(rule, workspace, because, docket.the(sight.event()) + " shows " + sight.inWords(), expected,
                sight.inWords(), at(winner < 0 ? 0 : docket.fates.version(winner), shown < 0 ? 0
                        : docket.fates.version(shown)), winner < 0 ? -1 : docket.fates.versionEvent(winner),
                shown < 0 ? -1 : docket.fates.firstPush(shown), sight.event());
    }

    private String name(int record) {
        int operation = operations.onKey(record);
        return operations.get(operation).tableName() + "/" + Docket.cut(operations.get(operation).pk(), 40);
    }

    /** The operation on the record that the sight shows, or -1. */
    int observed(int record, Sight sight) {
        int byStamp = -1;
        for (int i = 0; i < operations.count(); i++) {
            if (operations.key(i) == record && operations.original(i) == i && sight.clock() != null
                    && hasStamp(i, sight) && operations.isDelete(i) != sight.live()) {
                if (sight.payload() == null || hasPayload(i, sight)) {
                    return i;
                }
                byStamp = byStamp < 0 ? i : byStamp;
            }
        }
        return byStamp;
    }

    String rule(int record, int winner, Sight sight) {
        int shown = observed(record, sight);
        int foreign = shown >= 0 || sight.opId() == null ? -1 : operations.firstOfId(sight.opId());
        if (foreign >= 0 && operations.key(foreign) != record) {
            return "LWW-11";
        }
        if (shown >= 0 && docket.fates.version(shown) == 0) {
            return trace(shown);
        }
        if (winner < 0) {
            return "LWW-01";
        }
        String crash = crash(winner, shown, sight);
        if (crash != null) {
            return crash;
        }
        return operations.isDelete(winner) ? againstDelete(winner, shown, sight)
                : sight.live() ? againstPut(record, winner, shown, sight) : gone(record, winner, sight);
    }

    /** The rule of a winner that is in the log, while a kill left the state as it was before; else null. */
    private String crash(int winner, int shown, Sight sight) {
        boolean older = shown < 0 ? sight.isNothing()
                : docket.fates.version(shown) > 0 && docket.fates.version(shown) < docket.fates.version(winner);
        if (!older) {
            return null;
        }
        int push = index.crashes().push(winner);
        if (push >= 0 && index.before(index.crashes().kill(push), sight.event())) {
            return "DUR-03";
        }
        int restart = VersionJudgement.restartBetween(docket, docket.fates.versionEvent(winner), sight.event());
        boolean applied = !Boolean.FALSE.equals(docket.fates.applied(winner));
        return restart >= 0 && docket.isKill(restart) && applied ? "DUR-02" : null;
    }

    /** The state shows what is not in the log. */
    private String trace(int shown) {
        if (docket.fates.is(shown, Fates.FOREIGN) && !docket.fates.is(shown, Fates.HOME)) {
            return "ISO-01";
        }
        for (int other = operations.firstOfId(operations.opId(shown)); other >= 0; other = operations.nextOfId(other)) {
            if (other != shown && operations.space(other) == workspace.number() && docket.fates.version(other) > 0) {
                return "PUSH-04";
            }
        }
        return docket.fates.isRefused(shown) ? RefusedJudgement.rule(docket, shown) : "LWW-05";
    }

    /** The winner is a put, and the record is not there. */
    private String gone(int record, int winner, Sight sight) {
        int told = docket.fates.versionEvent(winner);
        if (collectionBetween(told, sight.event()) >= 0 && sight.isNothing()) {
            return "GC-08";
        }
        int restart = VersionJudgement.restartBetween(docket, told, sight.event());
        if (restart >= 0 && sight.isNothing()) {
            return docket.over(restart, "DUR-01");
        }
        boolean deletedAfter = false;
        boolean deletedBefore = false;
        for (int n = 0; n < fold.count(record); n++) {
            int other = fold.operation(record, n);
            boolean shown = operations.isDelete(other) && (sight.isNothing() || hasStamp(other, sight));
            deletedAfter |= shown && docket.fates.version(other) > docket.fates.version(winner);
            deletedBefore |= shown && docket.fates.version(other) < docket.fates.version(winner);
        }
        return deletedAfter ? "LWW-06" : deletedBefore ? "LWW-08" : !sight.isNothing() ? "LWW-06"
                : collisions.shares(record) ? "LWW-11" : "LWW-01";
    }

    private String againstDelete(int winner, int shown, Sight sight) {
        boolean resurrected = sight.live() && shown >= 0;
        int collection = collectionBetween(docket.fates.versionEvent(winner),
                resurrected ? docket.fates.firstPush(shown) : sight.event());
        if (mayBeCollected(winner, sight.event())) {
            return "GC-12";
        }
        if (sight.live()) {
            boolean later = shown < 0 || docket.fates.version(shown) > docket.fates.version(winner);
            return !later ? "LWW-06" : collection >= 0 ? tombstoneRule(winner, collection) : "LWW-07";
        }
        return sight.isNothing() && collection >= 0 ? tombstoneRule(winner, collection) : "LWW-09";
    }

    /** A tombstone is gone that a collection had to keep. */
    private String tombstoneRule(int winner, int collection) {
        for (Retention.Collection known : retention.collections()) {
            if (known.event() == collection) {
                return docket.fates.version(winner) > known.oldUpTo() ? "GC-13" : "GC-06";
            }
        }
        return "GC-06";
    }

    private int collectionBetween(int after, int before) {
        int found = -1;
        for (Retention.Collection collection : retention.collections()) {
            if (collection.event() > after && index.invoked(collection.event()) < index.returned(before)) {
                found = collection.event();
            }
        }
        return found;
    }

    private String againstPut(int record, int winner, int shown, Sight sight) {
        if (shown < 0 || shown == winner || hasStamp(winner, sight)) {
            return "LWW-13";
        }
        return decidedBy(winner, shown);
    }

    /** The rule by which the first of two operations wins over the second. */
    String decidedBy(int winner, int loser) {
        long clock = operations.clock(winner);
        long other = operations.clock(loser);
        if (clock != other) {
            return Long.toString(other).compareTo(Long.toString(clock)) > 0 ? "LWW-04" : "LWW-01";
        }
        String hlc = operations.hlc(winner);
        if (!Objects.equals(hlc, operations.hlc(loser))) {
            return operations.hlc(loser).compareToIgnoreCase(hlc) >= 0 ? "LWW-04" : "LWW-02";
        }
        return "LWW-03";
    }
}
