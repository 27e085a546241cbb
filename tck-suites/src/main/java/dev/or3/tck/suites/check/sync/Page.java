package dev.or3.tck.suites.check.sync;

import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Visibility;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import java.util.Arrays;
import java.util.List;

/** One answered pull with what the index says about it. */
final class Page {
    final Workspace workspace;
    final Visibility visibility;
    final Event event;
    final Call.Pull pull;
    final int seq;
    final long[] versions;
    /** The head when it began, at least. */
    final long low;
    /** The head when it returned, at most. */
    final long high;
    /** The version up to which entries may have been collected. */
    final long collected;

    Page(HistoryIndex index, Workspace workspace, Event event) {
        this.workspace = workspace;
        this.visibility = index.visibility(workspace);
        this.event = event;
        this.pull = (Call.Pull) event.call();
        this.seq = event.seq();
        this.versions = pull.rows().versions();
        this.low = index.headLow(seq);
        this.high = index.headHigh(seq);
        this.collected = index.retention(workspace).allowed(seq);
    }

    /** The tables asked for; null for all. An empty filter means all or none, and is not judged. */
    List<String> tables() {
        return pull.tables();
    }

    boolean isJudgable() {
        return pull.cursor() >= 0 && (pull.tables() == null || !pull.tables().isEmpty());
    }

    boolean isFlagged() {
        return Boolean.TRUE.equals(pull.requiresSnapshot());
    }

    long last() {
        return versions.length == 0 ? pull.cursor() : versions[versions.length - 1];
    }

    /** Up to where the page claims to be complete. */
    long reach() {
        return Math.max(pull.cursor(), Math.max(last(), pull.nextCursor()));
    }

    boolean isFull() {
        return versions.length > 0 && versions.length >= pull.limit();
    }

    /** Whether a version is in it; only for pages that ascend. */
    boolean shows(long version) {
        return Arrays.binarySearch(versions, version) >= 0;
    }

    /** How many rows are above a version; only for pages that ascend. */
    int rowsAbove(long version) {
        int place = Arrays.binarySearch(versions, version);
        return versions.length - (place >= 0 ? place + 1 : -place - 1);
    }

    /** How many rows above a version the log itself makes a page show, strangers and others' private rows left out. */
    int requiredRowsAbove(long version) {
        if (workspace.oddities().isEmpty() && !visibility.hasPrivateRows()) {
            return rowsAbove(version);
        }
        int found = 0;
        for (int row = versions.length - rowsAbove(version); row < versions.length; row++) {
            int operation = workspace.operation(workspace.slot(versions[row]));
            found += visibility.isRequired(event.user(), tables(), operation) ? 1 : 0;
        }
        return found;
    }

    /** How many entries in (above, upTo] it must show. */
    int required(long above, long upTo) {
        return above >= upTo ? 0 : visibility.required(event.user(), tables(), workspace.slot(above), workspace.slot(upTo));
    }

    /** The first entry in (above, upTo] that it must show and does not, or -1. */
    int firstMissing(long above, long upTo) {
        int slot = workspace.slot(above);
        int to = workspace.slot(upTo);
        while ((slot = visibility.firstRequired(event.user(), tables(), slot, to)) > 0) {
            if (!shows(workspace.version(slot))) {
                return slot;
            }
        }
        return -1;
    }
}
