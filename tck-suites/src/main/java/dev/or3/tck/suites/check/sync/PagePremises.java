package dev.or3.tck.suites.check.sync;

import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Ints;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;

/** What the sound pages of one workspace put to the test. */
final class PagePremises {
    private final Docket docket;
    private final Workspace workspace;
    private final HistoryIndex index;
    private final int[] limitOf;
    private final long[] batchBusyUntil;
    private long beyond;
    private long rowsAfterBeyond;
    private long again;
    private long otherLimits;
    private long exact;
    private long progressed;
    private long cursors;
    private long limited;
    private long filtered;
    private long raced;
    private long racedBatches;
    private long settled;

    PagePremises(Docket docket, Workspace workspace) {
        this.docket = docket;
        this.index = docket.index;
        this.workspace = workspace;
        this.limitOf = new int[workspace.top() + 1];
        Ints pushes = workspace.pushes();
        this.batchBusyUntil = new long[pushes.size()];
        long busy = Long.MIN_VALUE;
        for (int i = 0; i < batchBusyUntil.length; i++) {
            Event event = index.event(pushes.get(i));
            busy = ((Call.Push) event.call()).operations().length > 1 && event.isOk()
                    ? Math.max(busy, event.returned()) : busy;
            batchBusyUntil[i] = busy;
        }
    }

    void count(Page page) {
        long[] versions = page.versions;
        cursors++;
        limited += versions.length > 0 && (versions.length == page.pull.limit() || page.pull.limit() < 1) ? 1 : 0;
        exact += versions.length > 0 && versions.length == page.pull.limit() && !page.pull.hasMore() ? 1 : 0;
        progressed += page.pull.hasMore() && versions.length > 0 ? 1 : 0;
        filtered += page.tables() != null && versions.length > 0
                && page.visibility.filled(workspace.slot(page.pull.cursor()), workspace.slot(page.reach()))
                > versions.length ? 1 : 0;
        beyond += versions.length == 0 && page.pull.cursor() > page.high ? 1 : 0;
        rowsAfterBeyond += beyond > 0 && versions.length > 0 ? 1 : 0;
        // Acknowledged before it began, above its cursor, and shown.
        settled += versions.length > 0 && versions[0] <= page.low ? 1 : 0;
        for (long version : versions) {
            int slot = workspace.slot(version);
            if (limitOf[slot] == 0) {
                limitOf[slot] = page.pull.limit();
            } else {
                again++;
                otherLimits += limitOf[slot] != page.pull.limit() ? 1 : 0;
            }
        }
        races(page);
    }

    private void races(Page page) {
        Ints pushes = workspace.pushes();
        int place = pushes.floor(page.seq);
        if (place < 0) {
            return;
        }
        racedBatches += batchBusyUntil[place] >= page.event.invoked() && page.reach() > 0 ? 1 : 0;
        boolean busy = place + 1 < pushes.size() && index.overlap(pushes.get(place + 1), page.seq)
                || index.overlap(pushes.get(place), page.seq);
        raced += busy && page.versions.length > 0 ? 1 : 0;
    }

    void report() {
        boolean showed = again + cursors > 0 && workspace.top() > 0;
        if (!showed) {
            return;
        }
        docket.findings.premise("PULL-01", settled);
        docket.findings.premise("PULL-02", limited);
        docket.findings.premise("PULL-03", exact > 0 && progressed > 0 ? exact + progressed : 0);
        docket.findings.premise("PULL-04", progressed);
        docket.findings.premise("PULL-05", otherLimits);
        docket.findings.premise("PULL-06", filtered);
        docket.findings.premise("PULL-07", again);
        docket.findings.premise("PULL-08", raced);
        docket.findings.premise("PULL-09", settled);
        docket.findings.premise("PULL-12", rowsAfterBeyond);
        docket.findings.premise("PUSH-17", racedBatches);
    }
}
