package dev.or3.tck.suites.check.sync;

import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Retention;
import dev.or3.tck.suites.check.index.Retention.Collection;
import dev.or3.tck.suites.check.index.Retention.Device;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import java.util.List;
import java.util.Objects;

/** What collections of one workspace put to the test: each count rests on an entry that went, or that was shown to stay. */
final class CollectionPremises {
    private final Docket docket;
    private final HistoryIndex index;
    private final Workspace workspace;
    private final Retention retention;
    private final Overreach overreach;

    CollectionPremises(Docket docket, Workspace workspace) {
        this.docket = docket;
        this.index = docket.index;
        this.workspace = workspace;
        this.retention = index.retention(workspace);
        this.overreach = new Overreach(docket);
    }

    void count() {
        for (Collection collection : retention.collections()) {
            Call.Collect call = (Call.Collect) index.event(collection.event()).call();
            if (index.event(collection.event()).isOk() && call.retentionSeconds() >= 0 && !call.tombstones()) {
                count(collection);
            }
        }
        for (int i = 0; i < workspace.collects().size(); i++) {
            int seq = workspace.collects().get(i);
            boolean refused = !index.event(seq).isOk() && ((Call.Collect) index.event(seq).call()).retentionSeconds() < 0;
            docket.findings.premise("GC-10", refused && shownAfter(seq, 0) && anyAccepted() ? 1 : 0);
        }
    }

    private boolean anyAccepted() {
        return retention.collections().stream().anyMatch(collection -> index.event(collection.event()).isOk());
    }

    private void count(Collection collection) {
        int seq = collection.event();
        long floor = floorAfter(seq);
        boolean deleted = floor > 1 && workspace.shownBy(workspace.slot(1)) >= 0;
        long head = index.headLow(seq);
        boolean youngKept = collection.oldUpTo() < Math.min(collection.passedUpTo(), head)
                && shownAfter(seq, collection.oldUpTo() + 1);
        boolean unseenKept = collection.passedUpTo() < Math.min(collection.oldUpTo(), head)
                && shownAfter(seq, collection.passedUpTo() + 1);
        docket.findings.premise("GC-03", youngKept ? 1 : 0);
        docket.findings.premise("GC-02", unseenKept ? 1 : 0);
        docket.findings.premise("GC-01", deleted && floor <= head ? 1 : 0);
        docket.findings.premise("GC-04", deleted && collection.mustUpTo() > 0 && floor > collection.mustUpTo() ? 1 : 0);
        docket.findings.premise("GC-11", deleted && overreach.isRaced(workspace, seq) ? 1 : 0);
        docket.findings.premise("GC-05", deleted || unseenKept ? servedToLagging(seq) : 0);
        docket.findings.premise("GC-09", deleted ? othersKept(seq) : 0);
        cursors(collection, floor, deleted, unseenKept);
    }

    private void cursors(Collection collection, long floor, boolean deleted, boolean unseenKept) {
        int seq = collection.event();
        CursorStory story = new CursorStory(docket, workspace, seq);
        docket.findings.premise("CUR-01", deleted ? story.raised().stream()
                .filter(move -> CursorStory.version(move) + 1 < floor).count() : 0);
        docket.findings.premise("CUR-02", deleted ? story.regressions().stream()
                .filter(move -> CursorStory.version(move) + 1 < floor).count() : 0);
        List<Device> devices = retention.devices(seq);
        for (Workspace other : index.workspaces()) {
            for (int i = 0; other != workspace && i < other.moves().size(); i++) {
                Event event = index.event(other.moves().get(i));
                String device = ((Call.MoveCursor) event.call()).device();
                boolean lower = deleted && CursorStory.version(event) + 1 < floor;
                boolean higher = unseenKept && CursorStory.version(event) > collection.passedUpTo();
                docket.findings.premise("CUR-03", event.isOk() && index.before(event.seq(), seq) && (lower || higher)
                        && devices.stream().anyMatch(known -> known.device().equals(device)) ? 1 : 0);
            }
        }
        for (int i = 0; i < workspace.moves().size(); i++) {
            Event event = index.event(workspace.moves().get(i));
            long version = CursorStory.version(event);
            long head = index.headHigh(event.seq());
            if (index.before(event.seq(), seq) && version > head && collection.oldUpTo() > head
                    && index.headLow(seq) > head && shownAfter(seq, head + 1)) {
                docket.findings.premise("CUR-04");
            }
            boolean foreign = devices.stream().anyMatch(device -> isForeign(event, device)
                    && version > device.most() && shownAfter(seq, device.most() + 1)
                    && collection.oldUpTo() > device.most());
            docket.findings.premise("CUR-06", foreign && index.before(event.seq(), seq) ? 1 : 0);
        }
    }

    /** Whether the update of the device is by another user than the one who registered it. */
    private boolean isForeign(Event move, Device device) {
        if (!((Call.MoveCursor) move.call()).device().equals(device.device())) {
            return false;
        }
        for (int i = 0; i < workspace.moves().size(); i++) {
            Event first = index.event(workspace.moves().get(i));
            if (first.isOk() && ((Call.MoveCursor) first.call()).device().equals(device.device())) {
                return first.seq() < move.seq() && !Objects.equals(first.user(), move.user());
            }
        }
        return false;
    }

    private long floorAfter(int seq) {
        for (int i = workspace.pulls().floor(seq) + 1; i < workspace.pulls().size(); i++) {
            Event event = index.event(workspace.pulls().get(i));
            long floor = index.before(seq, event.seq()) ? CollectionJudgement.floor(index, event) : 0;
            if (floor > 0) {
                return floor;
            }
        }
        return 0;
    }

    /** Whether a pull that began after the call shows the version, or anything for 0. */
    private boolean shownAfter(int seq, long version) {
        for (int i = workspace.pulls().floor(seq) + 1; i < workspace.pulls().size(); i++) {
            Event event = index.event(workspace.pulls().get(i));
            if (event.isOk() && index.before(seq, event.seq())) {
                for (long shown : ((Call.Pull) event.call()).rows().versions()) {
                    if (shown == version || version == 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private long servedToLagging(int seq) {
        List<Device> devices = retention.devices(seq);
        long served = 0;
        for (int i = workspace.pulls().floor(seq) + 1; i < workspace.pulls().size(); i++) {
            Event event = index.event(workspace.pulls().get(i));
            if (!event.isOk() || !index.before(seq, event.seq()) || !index.isHome(event)) {
                continue;
            }
            Call.Pull pull = (Call.Pull) event.call();
            served += pull.rows().size() > 0 && devices.stream().anyMatch(device -> device.registered()
                    && device.device().equals(event.device()) && pull.cursor() >= device.least()
                    && device.most() < index.headLow(seq)) ? 1 : 0;
        }
        return served;
    }

    /** Other workspaces with entries just as old, which still show their first. */
    private long othersKept(int seq) {
        long kept = 0;
        for (Workspace other : index.workspaces()) {
            if (other == workspace || !index.retention(other).collections().isEmpty()) {
                continue;
            }
            for (int i = 0; i < other.pulls().size(); i++) {
                Event event = index.event(other.pulls().get(i));
                if (event.isOk() && index.before(seq, event.seq())) {
                    long[] versions = ((Call.Pull) event.call()).rows().versions();
                    kept += versions.length > 0 && versions[0] == 1 ? 1 : 0;
                }
            }
        }
        return kept;
    }
}
