package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Snapshots page by page: their tokens, their order, and what they hold (SNAP rules). */
final class Snapshots {
    private static final long SECOND = 1_000_000;
    private static final int ORDINARY_PAGE = 100;
    private static final Comparator<SnapshotPage.Item> ORDER = Comparator.comparing(SnapshotPage.Item::tableName)
            .thenComparing(SnapshotPage.Item::pk).thenComparing(SnapshotPage.Item::kind);

    private final Docket docket;
    private final HistoryIndex index;
    private final Workspace workspace;
    private final SnapshotState state;
    private final long lifeMicros;

    Snapshots(Docket docket, Workspace workspace, Fold fold, StatePremises premises, Disagreement disagreement) {
        this.docket = docket;
        this.index = docket.index;
        this.workspace = workspace;
        this.state = new SnapshotState(docket, workspace, fold, premises, disagreement);
        this.lifeMicros = index.header().manifest().limits().snapshotLifeSeconds() * SECOND;
    }

    static Call.Snapshot call(Event event) {
        return (Call.Snapshot) event.call();
    }

    void judge() {
        Set<Integer> continued = new HashSet<>();
        boolean goesOn = false;
        for (int i = 0; i < workspace.snapshots().size(); i++) {
            Event event = index.event(workspace.snapshots().get(i));
            if (call(event).genuine() >= 0 && isPage(event) && isOwnToken(event)) {
                continued.add(call(event).genuine());
                goesOn = true;
            }
        }
        for (int i = 0; i < workspace.snapshots().size(); i++) {
            Event event = index.event(workspace.snapshots().get(i));
            tokens(event, goesOn);
            if (isPage(event) && !continued.contains(event.seq()) && index.isHome(event)) {
                List<Event> path = path(event);
                if (!path.isEmpty() && inOrder(path)) {
                    watermark(path);
                    state.judge(path);
                }
            }
        }
    }

    private static boolean isPage(Event event) {
        return event.isOk() && call(event).page() != null;
    }

    private boolean isOwnToken(Event event) {
        return index.spaceOf(call(event).genuine()) == workspace.number();
    }

    /** The pages from the first one to this one; empty if the way back is broken. */
    private List<Event> path(Event last) {
        LinkedList<Event> path = new LinkedList<>();
        Event event = last;
        while (true) {
            path.addFirst(event);
            int source = call(event).genuine();
            if (source < 0) {
                return call(event).pageToken() == null ? new ArrayList<>(path) : List.of();
            }
            if (source >= event.seq() || index.spaceOf(source) != workspace.number() || isExpired(event)) {
                return List.of();
            }
            event = index.event(source);
        }
    }

    /** Whether the token was given out longer ago than tokens live, in the provider's own time. */
    private boolean isExpired(Event event) {
        return event.invokedMicros() - index.event(call(event).genuine()).returnedMicros() > lifeMicros + 2 * SECOND;
    }

    private void tokens(Event event, boolean goesOn) {
        Call.Snapshot call = call(event);
        if (call.pageToken() == null) {
            boolean plain = call.pageSize() > 0 && call.pageSize() <= ORDINARY_PAGE && docket.isOrdinary(event);
            if (plain && event.outcome() == Outcome.REFUSED && !PushJudgement.isRateLimit(event)
                    && index.declares("snapshot")) {
                docket.report("SNAP-03", workspace, docket.the(event.seq()) + " asks for a snapshot as a fresh device does",
                        "it was refused", "a page", docket.error(event.seq()), at(), event.seq());
            }
            return;
        }
        boolean forged = call.genuine() < 0;
        boolean foreign = !forged && index.spaceOf(call.genuine()) != index.spaceOf(event.seq());
        boolean expired = !forged && !foreign && isExpired(event);
        if (forged || foreign || expired) {
            if (event.isOk()) {
                docket.report("SNAP-04", workspace, docket.the(event.seq()) + " carries a page token that "
                                + (forged ? "nobody gave out" : foreign ? "belongs to another workspace"
                                : "expired " + lifeMicros / SECOND + " s after it was given out"),
                        "it was answered with a page", "a refusal", items(call) + " items", at(), event.seq(),
                        call.genuine());
            } else if (event.outcome() == Outcome.REFUSED && goesOn) {
                docket.findings.premise("SNAP-04");
            }
        } else if (event.outcome() == Outcome.REFUSED && isUndisturbed(event)) {
            docket.report("SNAP-02", workspace, docket.the(event.seq()) + " goes on with the token of "
                            + docket.the(call.genuine()) + " in good time", "it was refused", "the next page",
                    docket.error(event.seq()), at(), event.seq(), call.genuine());
        }
    }

    private static int items(Call.Snapshot call) {
        return call.page() == null || call.page().items() == null ? 0 : call.page().items().size();
    }

    private boolean isUndisturbed(Event event) {
        Event source = index.event(call(event).genuine());
        Event first = source;
        while (call(first).genuine() >= 0 && call(first).genuine() < first.seq()) {
            first = index.event(call(first).genuine());
        }
        return docket.isOrdinary(event) && !PushJudgement.isRateLimit(event)
                && Objects.equals(source.user(), event.user())
                && event.returnedMicros() - first.invokedMicros() < lifeMicros - 2 * SECOND
                && VersionJudgement.restartBetween(docket, first.seq(), event.seq()) < 0
                && workspace.collects().floor(event.seq()) == workspace.collects().floor(first.seq());
    }

    /** Whether the items ascend over all pages, none twice, and no page is too long. */
    private boolean inOrder(List<Event> path) {
        SnapshotPage.Item last = null;
        Event lastEvent = null;
        for (Event event : path) {
            Call.Snapshot call = call(event);
            if (call.pageSize() > 0 && items(call) > call.pageSize()) {
                docket.report("SNAP-05", workspace, docket.the(event.seq()) + " asks for pages of " + call.pageSize(),
                        items(call) + " items came", call.pageSize() + " items at most", items(call) + " items", at(),
                        event.seq());
                return false;
            }
            for (SnapshotPage.Item item : call.page().items()) {
                if (item == null || item.tableName() == null || item.pk() == null || item.kind() == null) {
                    docket.report("SNAP-01", workspace, docket.the(event.seq()) + " is part of a snapshot",
                            "one of its items has no table, key or kind", "complete items", Docket.cut(item), at(),
                            event.seq());
                    return false;
                }
                if (last != null && !ascends(event, lastEvent, last, item)) {
                    return false;
                }
                last = item;
                lastEvent = event;
            }
        }
        docket.findings.premise("SNAP-05", path.size() > 1 && call(path.get(path.size() - 1)).page().nextPageToken() == null
                ? 1 : 0);
        return true;
    }

    private boolean ascends(Event event, Event lastEvent, SnapshotPage.Item last, SnapshotPage.Item item) {
        boolean same = last.tableName().equals(item.tableName()) && last.pk().equals(item.pk());
        if (same && last.kind().equals(item.kind())) {
            docket.report(event == lastEvent ? "SNAP-01" : "SNAP-05", workspace, docket.the(lastEvent.seq()) + " has the "
                            + name(item), docket.the(event.seq()) + " has it again", "each " + item.kind() + " once",
                    "twice", at(), lastEvent.seq(), event.seq());
            return false;
        }
        boolean plain = isAscii(last.pk()) && isAscii(item.pk());
        if (plain && ORDER.compare(last, item) > 0) {
            docket.report("SNAP-05", workspace, docket.the(lastEvent.seq()) + " has the " + name(last),
                    docket.the(event.seq()) + " has the " + name(item) + " after it", "the order of table, key and kind",
                    name(item) + " after " + name(last), at(), lastEvent.seq(), event.seq());
            return false;
        }
        return true;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static String name(SnapshotPage.Item item) {
        return item.kind() + " " + item.tableName() + "/" + Docket.cut(item.pk(), 40);
    }

    /** The watermark stays, is no promise of what is not there, and a pull can go on from it. */
    private void watermark(List<Event> path) {
        Event first = path.get(0);
        SnapshotPage page = call(first).page();
        for (Event event : path) {
            SnapshotPage other = call(event).page();
            if (other.highWatermark() != page.highWatermark() || !Objects.equals(other.snapshotId(), page.snapshotId())) {
                docket.report("SNAP-02", workspace, docket.the(first.seq()) + " began snapshot " + page.snapshotId()
                                + " at version " + page.highWatermark(), docket.the(event.seq()) + " belongs to snapshot "
                                + other.snapshotId() + " at version " + other.highWatermark(), "one snapshot",
                        "version " + other.highWatermark(), at(page.highWatermark(), other.highWatermark()), first.seq(),
                        event.seq());
            }
        }
        if (page.highWatermark() > Math.max(index.headHigh(first.seq()), index.headLow(first.seq()))) {
            docket.report("SNAP-03", workspace, "the head was at most " + index.headHigh(first.seq()),
                    docket.the(first.seq()) + " has the highWatermark " + page.highWatermark()
                            + ": a pull from there misses what comes", "a watermark that the log has reached",
                    "highWatermark " + page.highWatermark(), at(page.highWatermark()), first.seq());
        }
        if (call(path.get(path.size() - 1)).page().nextPageToken() == null) {
            tail(path);
        }
    }

    /** Pulls that go on from the watermark of a whole snapshot. */
    private void tail(List<Event> path) {
        Event first = path.get(0);
        Event last = path.get(path.size() - 1);
        long watermark = call(first).page().highWatermark();
        for (int i = workspace.pulls().floor(last.seq()) + 1; i < workspace.pulls().size(); i++) {
            Event event = index.event(workspace.pulls().get(i));
            Call.Pull pull = (Call.Pull) event.call();
            if (!event.isOk() || pull.cursor() != watermark || !index.before(last.seq(), event.seq())
                    || pull.tables() != null || !index.isHome(event)) {
                continue;
            }
            boolean collected = workspace.collects().floor(event.seq()) != workspace.collects().floor(first.seq());
            if (Boolean.TRUE.equals(pull.requiresSnapshot()) && !collected && watermark >= index.headLow(first.seq())) {
                docket.report("SNAP-03", workspace, docket.the(first.seq()) + " began a snapshot at version " + watermark,
                        docket.the(event.seq()) + " is told to take a snapshot again", "the changes above " + watermark,
                        "requiresSnapshot", at(watermark), first.seq(), event.seq());
            } else if (!path.isEmpty() && items(call(first)) > 0) {
                docket.findings.premise("SNAP-03");
            }
        }
    }
}
