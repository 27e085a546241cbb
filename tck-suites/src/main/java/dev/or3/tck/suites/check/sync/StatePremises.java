package dev.or3.tck.suites.check.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.index.Fates;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Operations;
import dev.or3.tck.suites.check.index.Retention.Collection;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;

/** What sights that agree with the fold put to the test: the decisions that led to the state seen. */
final class StatePremises {
    /** Payloads are compared field by field so often; premises need no more. */
    private static final int LOOKS = 200;
    /** Decisions that are looked at for one sight. */
    private static final int RIVALS = 16;

    private final Docket docket;
    private final HistoryIndex index;
    private final Operations operations;
    private final Workspace workspace;
    private final Fold fold;
    private final Collisions collisions;
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private final long deletedUpTo;
    private int looks;

    StatePremises(Docket docket, Workspace workspace, Fold fold, Collisions collisions) {
        this.docket = docket;
        this.index = docket.index;
        this.operations = docket.operations;
        this.workspace = workspace;
        this.fold = fold;
        this.collisions = collisions;
        long floor = 1;
        if (!workspace.collects().isEmpty()) {
            for (int i = 0; i < workspace.pulls().size(); i++) {
                floor = Math.max(floor, CollectionJudgement.floor(index, index.event(workspace.pulls().get(i))));
            }
        }
        deletedUpTo = floor - 1;
    }

    private void count(String rule) {
        counts.merge(rule, 1L, Long::sum);
    }

    /** A record was seen as its first n + 1 operations make it. */
    void seen(int record, int n, Sight sight) {
        int winner = fold.winner(record, n);
        if (winner < 0 || sight.isNothing() && docket.operations.isDelete(winner)) {
            return;
        }
        boolean dead = operations.isDelete(winner);
        for (int i = Math.max(0, n - RIVALS); i <= n; i++) {
            int rival = fold.operation(record, i);
            if (rival != winner) {
                decision(winner, rival, dead, fold.slot(record, i) > workspace.slot(docket.fates.version(winner)));
            }
        }
        if (dead) {
            count("LWW-09");
        }
        if (collisions.shares(record)) {
            count("LWW-11");
        }
        collected(record, n, winner, dead, sight);
    }

    private void decision(int winner, int rival, boolean dead, boolean rivalLater) {
        count(rule(winner, rival));
        if (isTricky(winner, rival)) {
            count("LWW-04");
        }
        if (rivalLater) {
            count("LWW-10");
        }
        boolean rivalDeletes = operations.isDelete(rival);
        if (dead != rivalDeletes) {
            count("LWW-06");
            if (dead && rivalLater) {
                count("LWW-07");
            } else if (rivalDeletes && !rivalLater) {
                count("LWW-08");
            }
        }
        if (!dead && !rivalDeletes && !rivalLater && looks < LOOKS) {
            looks++;
            if (hasMore(rival, winner)) {
                count("LWW-13");
            }
        }
    }

    private String rule(int winner, int rival) {
        return operations.clock(winner) != operations.clock(rival) ? "LWW-01"
                : operations.hlc(winner).equals(operations.hlc(rival)) ? "LWW-03" : "LWW-02";
    }

    /** Whether another comparison than the right one would decide otherwise. */
    private boolean isTricky(int winner, int rival) {
        long clock = operations.clock(winner);
        long other = operations.clock(rival);
        if (clock != other) {
            return Long.toString(other).compareTo(Long.toString(clock)) > 0;
        }
        return !operations.hlc(rival).equals(operations.hlc(winner))
                && operations.hlc(rival).compareToIgnoreCase(operations.hlc(winner)) >= 0;
    }

    /** Whether the loser has a field that the winner lacks, or another value in one that both have. */
    private boolean hasMore(int loser, int winner) {
        if (operations.get(loser).payload() == null || operations.get(winner).payload() == null) {
            return false;
        }
        JsonNode lost = operations.get(loser).payload().parse();
        JsonNode won = operations.get(winner).payload().parse();
        for (Iterator<String> names = lost.fieldNames(); names.hasNext(); ) {
            if (!won.has(names.next())) {
                return true;
            }
        }
        return false;
    }

    private void collected(int record, int n, int winner, boolean dead, Sight sight) {
        long version = docket.fates.version(winner);
        if (!dead && version <= deletedUpTo && version <= index.retention(workspace).allowed(sight.event())) {
            count("GC-08");
        }
        for (int i = 0; i <= n; i++) {
            int operation = fold.operation(record, i);
            if (docket.fates.is(operation, Fates.AGAIN) && docket.fates.version(operation) <= deletedUpTo
                    && index.before(docket.fates.lastPush(operation), sight.event())
                    && docket.fates.version(operation) <= index.retention(workspace).allowed(
                            docket.fates.lastPush(operation))) {
                count("GC-12");
                break;
            }
        }
        if (!dead) {
            return;
        }
        for (Collection collection : index.retention(workspace).collections()) {
            int event = collection.event();
            if (!index.before(docket.fates.versionEvent(winner), event) || !index.before(event, sight.event())
                    || !index.event(event).isOk() || !((Call.Collect) index.event(event).call()).tombstones()) {
                continue;
            }
            if (version > collection.oldUpTo()) {
                count("GC-13");
            } else if (version > collection.passedUpTo()) {
                count("GC-06");
            }
        }
    }

    void report() {
        long losers = 0;
        for (int slot = 1; slot <= workspace.top(); slot++) {
            int operation = workspace.operation(slot);
            losers += operation >= 0 && fold.before(slot) >= 0 && !fold.won(slot) && docket.fates.is(operation, Fates.ACKED)
                    && docket.fates.is(operation, Fates.SHOWN) && fold.before(slot) != operation ? 1 : 0;
        }
        docket.findings.premise("LWW-05", losers);
        counts.forEach(docket.findings::premise);
    }
}
