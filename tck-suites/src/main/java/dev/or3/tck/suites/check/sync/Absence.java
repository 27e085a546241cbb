package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.suites.check.index.Fates;
import dev.or3.tck.suites.check.index.Retention;
import dev.or3.tck.suites.check.index.Soundness;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;

/** Says which rule it breaks that a page lacks an entry which it must show. */
final class Absence {
    /** Looking closely is expensive: after so many findings there is enough to show. */
    private static final int ENOUGH = 200;

    private final Docket docket;
    private final Overreach overreach;
    private int explained;

    /** Where the entry is missing. */
    enum Place {
        /** Below the last row. */
        GAP,
        /** Between the last row and nextCursor. */
        SKIPPED,
        /** After a page that says that nothing follows. */
        TAIL
    }

    Absence(Docket docket) {
        this.docket = docket;
        this.overreach = new Overreach(docket);
    }

    void explain(Page page, int slot, Place place) {
        if (++explained > ENOUGH) {
            return;
        }
        Workspace workspace = page.workspace;
        int operation = workspace.operation(slot);
        boolean known = workspace.knownAt(slot) < page.event.invoked();
        boolean acked = docket.fates.is(operation, Fates.ACKED);
        boolean gone = isGone(page, slot);
        if (gone && known && overreach.explain(page, slot)) {
            return;
        }
        int restart = known ? VersionJudgement.restartBetween(docket, docket.fates.versionEvent(operation), page.seq) : -1;
        if (restart >= 0 && gone) {
            boolean grown = docket.schemaAt(restart).version() != docket.schemaAt(restart - 1).version();
            report(grown ? "WIRE-05" : docket.over(restart, "DUR-01"), page, slot, "it is gone after " + docket.the(restart), restart);
        } else if (workspace.shownBy(slot) < 0 && acked && page.tables() == null && (place == Place.GAP || !page.isFull())) {
            neverStored(page, slot);
        } else if (!known) {
            report("PULL-08", page, slot, "its position had passed that version before it appeared", -1);
        } else if (page.tables() != null) {
            report("PULL-06", page, slot, "the filter lost it", -1);
        } else if (page.pull.limit() < 1) {
            report("PULL-02", page, slot, "it asked for " + page.pull.limit() + " changes and was told of no more", -1);
        } else if (gone && workspace.shownBy(slot) >= 0 && workspace.shownBy(slot) < page.seq && !acked) {
            report("PULL-07", page, slot, "it was shown before and is gone", -1);
        } else if (place == Place.GAP) {
            report("PULL-05", page, slot, "later versions came and this one did not", -1);
        } else if (place == Place.TAIL) {
            report(page.isFull() ? "PULL-03" : "PULL-09", page, slot, "it says that nothing more follows", -1);
        } else if (page.isFull()) {
            report("PULL-04", page, slot, "its nextCursor " + page.pull.nextCursor() + " jumps over it", -1);
            report("PULL-05", page, slot, "a client that pages on from nextCursor never sees it", -1);
        } else {
            report("PULL-09", page, slot, "its nextCursor " + page.pull.nextCursor() + " lies behind it", -1);
        }
    }

    private void report(String rule, Page page, int slot, String how, int third) {
        Workspace workspace = page.workspace;
        int operation = workspace.operation(slot);
        long version = workspace.version(slot);
        int told = docket.fates.version(operation) == version ? docket.fates.versionEvent(operation)
                : workspace.shownBy(slot);
        String when = workspace.knownAt(slot) < page.event.invoked() ? ", before " + docket.the(page.seq) + " began" : "";
        docket.report(rule, workspace, docket.op(operation) + " is at version " + version + " by " + docket.the(told) + when,
                docket.the(page.seq) + " lacks it: " + how, "version " + version + " in the page",
                rows(page) + ", nextCursor " + page.pull.nextCursor() + ", hasMore " + page.pull.hasMore(), at(version),
                told, page.seq, third, docket.fates.firstPush(operation));
    }

    private static String rows(Page page) {
        return page.versions.length == 0 ? "no rows"
                : page.versions.length + " rows from " + page.versions[0] + " to " + page.last();
    }

    private void neverStored(Page page, int slot) {
        int operation = page.workspace.operation(slot);
        report("PUSH-01", page, slot, "no pull ever showed it", -1);
        if (docket.fates.is(operation, Fates.LOST)) {
            report("DUR-07", page, slot, "its answer was lost once, and what was sent again is acknowledged and nowhere", -1);
        }
        if (Fold.losesOnArrival(docket, page.workspace, slot)) {
            report("LWW-05", page, slot, "it lost, and was not logged", -1);
        }
        Call.Push push = (Call.Push) docket.index.event(docket.fates.firstPush(operation)).call();
        for (int sent : push.operations()) {
            if ((docket.operations.soundness(sent) & Soundness.DOUBTFUL) != 0) {
                report("PUSH-10", page, slot,
                        "its batch held something that is not valid, and the answer hides what it cost",
                        -1);
                return;
            }
        }
    }

    /** Whether no later pull shows the entry. */
    private boolean isGone(Page page, int slot) {
        Workspace workspace = page.workspace;
        long version = workspace.version(slot);
        for (int i = workspace.pulls().floor(page.seq) + 1; i < workspace.pulls().size(); i++) {
            int later = workspace.pulls().get(i);
            if (docket.index.event(later).isOk()) {
                for (long shown : ((Call.Pull) docket.index.event(later).call()).rows().versions()) {
                    if (shown == version) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** A page without its flag lacks what was collected rightly (PULL-13). */
    void collected(Page page) {
        if (!docket.findings.wants("PULL-13") || page.isFlagged()) {
            return;
        }
        long upTo = Math.min(page.collected, page.pull.hasMore() ? page.last() : Math.max(page.last(), page.low));
        int slot = page.required(page.pull.cursor(), upTo) == 0 ? -1 : page.firstMissing(page.pull.cursor(), upTo);
        if (slot > 0 && page.workspace.knownAt(slot) < page.event.invoked()) {
            Retention retention = docket.index.retention(page.workspace);
            int begun = retention.begunBefore(page.seq);
            report("PULL-13", page, slot, "it was collected, and requiresSnapshot is " + page.pull.requiresSnapshot(),
                    retention.collections().get(begun - 1).event());
        }
    }

    /** Whether the page, which says that nothing follows, shows only part of a batch (PUSH-17). */
    boolean wholeBatch(Page page) {
        if (page.versions.length == 0) {
            return true;
        }
        int last = page.workspace.operation(page.workspace.slot(page.last()));
        if (last < 0) {
            return true;
        }
        int push = docket.fates.firstPush(last);
        int[] batch = ((Call.Push) docket.index.event(push).call()).operations();
        int kill = docket.index.crashes().kill(push);
        if (kill >= 0 && docket.index.before(kill, page.seq)) {
            // What the kill left of it is judged by itself.
            return true;
        }
        if (batch.length < 2 || docket.fates.is(last, Fates.REGROUPED) || docket.fates.version(last) != page.last()) {
            return true;
        }
        for (int sent : batch) {
            int operation = docket.operations.original(sent);
            long version = docket.fates.version(operation);
            if (docket.fates.firstPush(operation) == push && !docket.fates.is(operation, Fates.REGROUPED)
                    && version > page.reach() && page.workspace.operation(page.workspace.slot(version)) == operation
                    && page.visibility.isRequired(page.event.user(), page.tables(), operation)) {
                docket.report("PUSH-17", page.workspace, docket.op(last) + " and " + docket.op(operation)
                                + " were pushed in one batch by " + docket.the(push),
                        docket.the(page.seq) + " shows the first at version " + page.last()
                                + ", says that nothing follows, and the second came at version " + version,
                        "the whole batch or nothing of it", "a part of it", at(page.last(), version), push, page.seq,
                        docket.fates.versionEvent(operation));
                return false;
            }
        }
        return true;
    }
}
