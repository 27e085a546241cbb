package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Ints;
import dev.or3.tck.suites.check.index.Retention;
import dev.or3.tck.suites.check.index.Retention.Collection;
import dev.or3.tck.suites.check.index.Retention.Device;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import java.util.List;
import java.util.Objects;

/** Says which rule a collection broke that deleted an entry it had to keep. */
final class Overreach {
    private static final int NEIGHBOURS = 32;

    private final Docket docket;
    private final HistoryIndex index;

    Overreach(Docket docket) {
        this.docket = docket;
        this.index = docket.index;
    }

    /** Whether a collection explains that the entry is gone; if so, it was reported. */
    boolean explain(Page page, int slot) {
        Workspace workspace = page.workspace;
        int lastShown = lastShown(page, slot);
        Retention retention = index.retention(workspace);
        int begun = retention.begunBefore(page.seq);
        if (begun > 0 && retention.collections().get(begun - 1).event() > lastShown) {
            own(page, slot, retention.collections().get(begun - 1));
            return true;
        }
        int refused = refused(workspace, lastShown, page.seq);
        if (refused >= 0) {
            report("GC-10", page, slot, refused, "that collection was refused", -1);
            return true;
        }
        int other = elsewhere(workspace, lastShown, page.seq);
        if (other >= 0) {
            report("GC-09", page, slot, other, "that collection was for another workspace", -1);
            return true;
        }
        return false;
    }

    /** The last pull before this one that shows the entry; else the event that told of it. */
    private int lastShown(Page page, int slot) {
        Workspace workspace = page.workspace;
        long version = workspace.version(slot);
        for (int i = workspace.pulls().floor(page.seq) - 1; i >= 0; i--) {
            int seq = workspace.pulls().get(i);
            if (index.event(seq).isOk()) {
                for (long shown : ((Call.Pull) index.event(seq).call()).rows().versions()) {
                    if (shown == version) {
                        return seq;
                    }
                }
            }
        }
        return docket.fates.versionEvent(workspace.operation(slot));
    }

    private int refused(Workspace workspace, int after, int before) {
        Ints collects = workspace.collects();
        for (int i = collects.floor(before); i >= 0 && collects.get(i) > after; i--) {
            if (((Call.Collect) index.event(collects.get(i)).call()).retentionSeconds() < 0) {
                return collects.get(i);
            }
        }
        for (int i = index.raws().floor(before); i >= 0 && index.raws().get(i) > after; i--) {
            Event event = index.event(index.raws().get(i));
            if (((Call.Raw) event.call()).method().startsWith("gc") && Objects.equals(event.workspace(), workspace.id())) {
                return event.seq();
            }
        }
        return -1;
    }

    private int elsewhere(Workspace workspace, int after, int before) {
        for (Workspace other : index.workspaces()) {
            int place = other == workspace ? -1 : other.collects().floor(before);
            if (place >= 0 && other.collects().get(place) > after) {
                return other.collects().get(place);
            }
        }
        return -1;
    }

    private void own(Page page, int slot, Collection collection) {
        long version = page.workspace.version(slot);
        int seq = collection.event();
        boolean young = version > collection.oldUpTo();
        boolean ahead = version > collection.passedUpTo();
        long retention = ((Call.Collect) index.event(seq).call()).retentionSeconds();
        if (retention < 0) {
            report("GC-10", page, slot, seq, "a negative retention deletes nothing", -1);
        } else if (young) {
            report(ahead ? "GC-01" : "GC-03", page, slot, seq, "it was stored less than " + retention + " s before"
                    + (ahead ? ", and a device had not passed it" : ""), -1);
        } else {
            ahead(page, slot, seq);
        }
        if (isRaced(page.workspace, seq)) {
            report("GC-11", page, slot, seq, "other calls ran beside that collection", -1);
        }
    }

    private void ahead(Page page, int slot, int collection) {
        long version = page.workspace.version(slot);
        List<Device> devices = index.retention(page.workspace).devices(collection);
        boolean somebodyPassed = devices.stream().anyMatch(device -> device.most() >= version);
        for (Device device : devices) {
            if (!device.registered() || device.forgotten() || device.most() >= version) {
                continue;
            }
            String where = "device " + device.device() + " had come to version " + device.most() + " at most";
            int foreign = foreignMove(page.workspace, device.device(), version, collection);
            int beyond = move(page.workspace, device.device(), version, collection, true);
            int other = somebodyPassed ? -1 : elsewhereMoved(page.workspace, device.device(), version, collection);
            if (foreign >= 0) {
                report("CUR-06", page, slot, collection, where + ": another user's update is not its own", foreign);
            } else if (beyond >= 0) {
                report("CUR-04", page, slot, collection, where + ": its update was beyond the head", beyond);
            } else if (other >= 0) {
                report("CUR-03", page, slot, collection, where + " here, and further in another workspace only", other);
            } else {
                report("GC-02", page, slot, collection, where, move(page.workspace, device.device(), 0, collection, true));
            }
            if (device.device().equals(page.event.device()) && page.pull.cursor() >= device.least()) {
                report("GC-05", page, slot, collection, "the lagging device itself asked for what follows its cursor", -1);
            }
            return;
        }
        report("GC-02", page, slot, collection, "no device had passed it", -1);
    }

    /** The last update of a device to a version at least, before the collection returned; else -1. */
    private int move(Workspace workspace, String device, long version, int collection, boolean any) {
        for (int i = workspace.moves().size() - 1; i >= 0; i--) {
            int seq = workspace.moves().get(i);
            Call.MoveCursor move = (Call.MoveCursor) index.event(seq).call();
            if (move.device().equals(device) && move.version() >= version && index.invoked(seq) < index.returned(collection)
                    && (any || index.event(seq).isOk())) {
                return seq;
            }
        }
        return -1;
    }

    private int foreignMove(Workspace workspace, String device, long version, int collection) {
        if (!docket.findings.applies("CUR-06")) {
            return -1;
        }
        String owner = null;
        for (int i = 0; i < workspace.moves().size(); i++) {
            Event event = index.event(workspace.moves().get(i));
            Call.MoveCursor move = (Call.MoveCursor) event.call();
            if (move.device().equals(device) && index.invoked(event.seq()) < index.returned(collection)) {
                owner = owner == null && event.isOk() ? event.user() : owner;
                if (owner != null && !owner.equals(event.user()) && move.version() >= version) {
                    return event.seq();
                }
            }
        }
        return -1;
    }

    private int elsewhereMoved(Workspace workspace, String device, long version, int collection) {
        for (Workspace other : index.workspaces()) {
            int found = other == workspace ? -1 : move(other, device, version, collection, false);
            if (found >= 0) {
                return found;
            }
        }
        return -1;
    }

    /** Whether another client's call ran beside the collection. */
    boolean isRaced(Workspace workspace, int collection) {
        return overlaps(workspace.pushes(), collection) || overlaps(workspace.pulls(), collection)
                || overlaps(workspace.moves(), collection);
    }

    private boolean overlaps(Ints calls, int collection) {
        int place = calls.floor(collection);
        for (int i = Math.max(0, place - NEIGHBOURS); i < Math.min(calls.size(), place + NEIGHBOURS); i++) {
            if (index.overlap(calls.get(i), collection)) {
                return true;
            }
        }
        return false;
    }

    private void report(String rule, Page page, int slot, int collection, String why, int third) {
        Workspace workspace = page.workspace;
        int operation = workspace.operation(slot);
        long version = workspace.version(slot);
        int told = docket.fates.versionEvent(operation);
        docket.report(rule, workspace, docket.op(operation) + " is at version " + version + " by " + docket.the(told)
                        + ", and " + why, docket.the(page.seq) + " no longer has it after " + docket.the(collection),
                "version " + version + " kept", page.pull.oldestRetained() == null ? "version " + version + " missing"
                        : "oldestRetainedVersion " + page.pull.oldestRetained(), at(version), told, collection, page.seq,
                third);
    }
}
