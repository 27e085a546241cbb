package dev.or3.tck.suites.check.index;

import dev.or3.tck.api.Profile;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How far collections of one workspace may have gone, and how far they must have gone. Ages are judged with a tolerance
 * of two seconds; what is uncertain (lost calls, calls at the same time) counts in the provider's favour both ways.
 */
public final class Retention {
    private static final long TOLERANCE_MICROS = 2_000_000;
    private static final long FOREVER = Long.MAX_VALUE / 4;

    private final HistoryIndex index;
    private final Workspace workspace;
    private final List<Collection> collections = new ArrayList<>();
    private final long[] allowedSoFar;
    private final boolean forgets;
    private long[] storedAfter;
    private long[] storedBefore;

    /**
     * One call that collects.
     *
     * @param event    the call
     * @param oldUpTo  the highest version that may be older than retention
     * @param passedUpTo the highest version that every device that counts may have passed
     * @param mustUpTo the highest version that is certainly old enough and passed by all; 0 if nothing is certain
     */
    public record Collection(int event, long oldUpTo, long passedUpTo, long mustUpTo) {
        /** The highest version that may be deleted. */
        public long allowed() {
            return Math.min(oldUpTo, passedUpTo);
        }
    }

    /**
     * What is known of one device when a collection ran.
     *
     * @param device     its id
     * @param registered an update of it certainly took effect before
     * @param forgotten  it may count as gone: silent for the whole retention
     * @param least      the cursor it has at least
     * @param most       the cursor it has at most
     */
    public record Device(String device, boolean registered, boolean forgotten, long least, long most) {
    }

    Retention(HistoryIndex index, Workspace workspace) {
        this.index = index;
        this.workspace = workspace;
        this.forgets = index.isNewer() || index.header().manifest().profile().includes(Profile.V1_1);
        for (int i = 0; i < workspace.collects().size(); i++) {
            int seq = workspace.collects().get(i);
            if (index.event(seq).outcome() != Outcome.REFUSED) {
                collections.add(collection(seq));
            }
        }
        allowedSoFar = new long[collections.size() + 1];
        for (int i = 0; i < collections.size(); i++) {
            allowedSoFar[i + 1] = Math.max(allowedSoFar[i], collections.get(i).allowed());
        }
    }

    /** Collections that were not refused, in the order in which they began. */
    public List<Collection> collections() {
        return collections;
    }

    /** How many of them began before the call returned. */
    public int begunBefore(int event) {
        int low = 0;
        int high = collections.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (index.invoked(collections.get(middle).event()) < index.returned(event)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The highest version that may have been deleted when the call returned; 0 if nothing may. */
    public long allowed(int event) {
        return collections.isEmpty() ? 0 : allowedSoFar[begunBefore(event)];
    }

    private Collection collection(int seq) {
        Event event = index.event(seq);
        long retention = ((Call.Collect) event.call()).retentionSeconds();
        boolean open = event.outcome() == Outcome.LOST;
        long retentionMicros = Math.min(Math.max(retention, 0), FOREVER / 1_000_000) * 1_000_000;
        long old = retention < 0 ? 0 : open ? Long.MAX_VALUE
                : oldUpTo(event.returnedMicros() - retentionMicros + TOLERANCE_MICROS);
        List<Device> devices = devices(seq, retentionMicros);
        long passed = Long.MAX_VALUE;
        boolean counts = false;
        for (Device device : devices) {
            if (device.registered() && !device.forgotten()) {
                passed = Math.min(passed, device.most());
                counts = true;
            }
        }
        if (!counts && !forgets) {
            passed = devices.stream().mapToLong(Device::most).max().orElse(0);
        }
        return new Collection(seq, old, passed, must(event, retention, retentionMicros, devices));
    }

    private long must(Event event, long retention, long retentionMicros, List<Device> devices) {
        if (!event.isOk() || retention < 0 || devices.stream().noneMatch(Device::registered)) {
            return 0;
        }
        long least = devices.stream().mapToLong(Device::least).min().orElse(0);
        long certainlyOld = certainlyOldUpTo(event.invokedMicros() - retentionMicros - TOLERANCE_MICROS);
        return Math.max(0, Math.min(least - 1, certainlyOld));
    }

    /** The devices of the workspace as a collection may have seen them, in the order of their first update. */
    public List<Device> devices(int collection) {
        long retention = ((Call.Collect) index.event(collection).call()).retentionSeconds();
        return devices(collection, Math.min(Math.max(retention, 0), FOREVER / 1_000_000) * 1_000_000);
    }

    private List<Device> devices(int seq, long retentionMicros) {
        boolean owned = index.declares("cursorOwnership");
        Event collection = index.event(seq);
        boolean open = collection.outcome() == Outcome.LOST;
        Map<String, Tracker> trackers = new LinkedHashMap<>();
        Map<String, String> owner = new LinkedHashMap<>();
        for (int i = 0; i < workspace.moves().size(); i++) {
            int move = workspace.moves().get(i);
            Event event = index.event(move);
            Call.MoveCursor call = (Call.MoveCursor) event.call();
            boolean began = open || index.invoked(move) < index.returned(seq);
            if (!began || event.outcome() == Outcome.REFUSED || call.version() < 0 || !index.isHome(event)) {
                continue;
            }
            boolean certain = event.isOk() && index.before(move, seq);
            String user = event.isOk() ? owner.computeIfAbsent(call.device(), device -> event.user())
                    : owner.getOrDefault(call.device(), event.user());
            boolean foreign = owned && !Objects.equals(user, event.user());
            trackers.computeIfAbsent(call.device(), Tracker::new).add(event, call.version(), certain, foreign,
                    index.headLow(move), index.headHigh(move));
        }
        return trackers.values().stream().map(tracker -> tracker.device(forgets && (open
                || collection.returnedMicros() - tracker.lastSign >= retentionMicros - TOLERANCE_MICROS))).toList();
    }

    /** Gathers the updates of one device. */
    private static final class Tracker {
        private final String device;
        private boolean registered;
        private long certainly;
        private long most;
        private long leastPossible = Long.MAX_VALUE;
        private long leastForeign = Long.MAX_VALUE;
        private long lastSign = Long.MIN_VALUE / 2;

        Tracker(String device) {
            this.device = device;
        }

        void add(Event event, long version, boolean certain, boolean foreign, long headLow, long headHigh) {
            if (foreign) {
                leastForeign = Math.min(leastForeign, Math.min(version, headLow));
                return;
            }
            most = Math.max(most, Math.min(version, headHigh));
            if (certain) {
                if (!registered || version >= certainly) {
                    lastSign = Math.max(lastSign, event.invokedMicros());
                }
                registered = true;
                certainly = Math.max(certainly, Math.min(version, headLow));
            } else {
                leastPossible = Math.min(leastPossible, Math.min(version, headLow));
            }
        }

        Device device(boolean silent) {
            long least = registered ? certainly : leastPossible;
            return new Device(device, registered, registered && silent, Math.min(least, leastForeign), most);
        }
    }

    /** The highest version that may have been stored by then, as nothing above it was stored earlier. */
    private long oldUpTo(long micros) {
        if (storedAfter == null) {
            storedAfter = new long[workspace.top() + 1];
            long earliest = Long.MAX_VALUE;
            for (int slot = workspace.top(); slot > 0; slot--) {
                int operation = workspace.operation(slot);
                int push = operation < 0 ? -1 : index.fates().firstPush(operation);
                earliest = Math.min(earliest, push >= 0 ? index.event(push).invokedMicros() : earliest);
                storedAfter[slot] = earliest;
            }
        }
        int slot = last(storedAfter, micros);
        return slot == workspace.top() ? Long.MAX_VALUE : workspace.version(slot);
    }

    private long certainlyOldUpTo(long micros) {
        if (storedBefore == null) {
            storedBefore = new long[workspace.top() + 1];
            long latest = Long.MIN_VALUE;
            for (int slot = 1; slot < storedBefore.length; slot++) {
                int operation = workspace.operation(slot);
                int told = operation < 0 ? -1 : index.fates().versionEvent(operation);
                boolean plain = operation >= 0 && index.fates().version(operation) == workspace.version(slot);
                latest = Math.max(latest, plain ? index.event(told).returnedMicros() : Long.MAX_VALUE);
                storedBefore[slot] = latest;
            }
        }
        return workspace.version(last(storedBefore, micros));
    }

    /** The last slot whose value is at most that, in an array that never descends from slot 1 on. */
    private static int last(long[] ascending, long value) {
        int low = 0;
        int high = ascending.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (ascending[middle] <= value) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
