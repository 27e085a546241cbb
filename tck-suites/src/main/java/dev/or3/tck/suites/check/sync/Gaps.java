package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Ints;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.Outcome;

/** Versions that nothing holds, between rows that a page shows (PUSH-05, -08, -09, -13, DUR-02, -04). */
final class Gaps {
    private final Docket docket;

    Gaps(Docket docket) {
        this.docket = docket;
    }

    /** Looks for a version that the page passes over and nobody ever saw. */
    void look(Page page, long base) {
        Workspace workspace = page.workspace;
        int last = workspace.slot(page.last());
        int from = workspace.slot(base);
        boolean outlandish = last > workspace.dense() && page.last() != last;
        if (page.versions.length == 0 || !outlandish && workspace.slot(base) >= last
                || !outlandish && last - from == page.visibility.filled(from, last)) {
            return;
        }
        if (page.visibility.hasPrivateRows() && docket.index.hidesPrivateRows() && !isSeenByAll(page)
                || workspace.unsettled() > 0 && page.visibility.hasPrivateRows()) {
            return;
        }
        int slot = from + 1;
        while (slot < last && workspace.operation(slot) != Workspace.UNKNOWN) {
            slot++;
        }
        if (slot < last || outlandish) {
            gap(page, slot);
        }
    }

    /** Whether every member drained past the page: what all of them lack is nowhere. */
    private boolean isSeenByAll(Page page) {
        HistoryIndex index = docket.index;
        return page.workspace.members().keySet().stream().allMatch(user -> {
            for (int i = 0; i < page.workspace.pulls().size(); i++) {
                Event event = index.event(page.workspace.pulls().get(i));
                if (event.isOk() && user.equals(event.user()) && event.invoked() >= page.event.invoked()
                        && ((Call.Pull) event.call()).tables() == null) {
                    return true;
                }
            }
            return false;
        });
    }

    private void gap(Page page, int slot) {
        Workspace workspace = page.workspace;
        int below = holder(workspace, slot, -1);
        int above = holder(workspace, slot, 1);
        int belowPush = below < 0 ? 0 : docket.fates.firstPush(below);
        int aboveTold = above < 0 ? page.seq : docket.fates.versionEvent(above);
        long version = Math.min(workspace.version(slot), workspace.operation(slot) == Workspace.UNKNOWN
                ? Long.MAX_VALUE : workspace.version(slot) - 1);
        int other = elsewhere(workspace, version);
        int restart = VersionJudgement.restartBetween(docket, belowPush, aboveTold);
        int refused = refused(workspace, belowPush, aboveTold, false);
        int empty = refused(workspace, belowPush, aboveTold, true);
        String rule;
        int why;
        if (other >= 0) {
            rule = "PUSH-08";
            why = docket.fates.firstPush(other);
        } else if (restart >= 0) {
            rule = docket.over(restart, "DUR-04");
            why = restart;
        } else if (refused >= 0) {
            rule = "PUSH-09";
            why = refused;
        } else {
            rule = empty >= 0 ? "PUSH-13" : "PUSH-05";
            why = empty;
        }
        docket.report(rule, workspace, docket.the(page.seq) + " shows version " + page.last() + " and all that is below it",
                "nothing is at version " + version + because(rule, why), "versions without gap", "no version " + version,
                at(below < 0 ? 0 : docket.fates.version(below), version, above < 0 ? 0 : docket.fates.version(above)),
                page.seq, why, belowPush > 0 || below >= 0 ? belowPush : -1, aboveTold);
    }

    private String because(String rule, int why) {
        return switch (rule) {
            case "PUSH-08" -> ": that number went to another workspace, by " + docket.the(why);
            case "DUR-02", "DUR-04" -> ": it was left out over " + docket.the(why);
            case "PUSH-09" -> ": it went to what " + docket.the(why) + " was refused";
            case "PUSH-13" -> ": it went to the empty batch of " + docket.the(why);
            default -> "";
        };
    }

    private static int holder(Workspace workspace, int slot, int step) {
        for (int at = slot; at > 0 && at <= workspace.top(); at += step) {
            if (workspace.operation(at) >= 0) {
                return workspace.operation(at);
            }
        }
        return -1;
    }

    /** An operation of another workspace at that version, where no version is in two workspaces; else -1. */
    private int elsewhere(Workspace workspace, long version) {
        int found = -1;
        for (Workspace other : docket.index.workspaces()) {
            if (other == workspace) {
                continue;
            }
            for (int slot = 1; slot <= Math.min(other.top(), workspace.top()); slot++) {
                if (other.operation(slot) >= 0 && workspace.operation(slot) >= 0) {
                    return -1;
                }
            }
            int there = other.operation(other.slot(version));
            found = there >= 0 && other.version(other.slot(version)) == version ? there : found;
        }
        return found;
    }

    /** A push between the two that was refused or failed, wholly or in part, or that was empty; else -1. */
    private int refused(Workspace workspace, int after, int before, boolean empty) {
        Ints pushes = workspace.pushes();
        for (int i = Math.max(0, pushes.floor(after)); i < pushes.size() && pushes.get(i) <= before; i++) {
            int seq = pushes.get(i);
            Event event = docket.index.event(seq);
            Call.Push push = (Call.Push) event.call();
            boolean isEmpty = push.operations().length == 0 && event.isOk();
            boolean isRefused = event.outcome() == Outcome.REFUSED || event.outcome() == Outcome.FAILED
                    || event.isOk() && push.results().stream().anyMatch(result -> result != null && !result.success());
            if (empty ? isEmpty : isRefused) {
                return seq;
            }
        }
        return -1;
    }
}
