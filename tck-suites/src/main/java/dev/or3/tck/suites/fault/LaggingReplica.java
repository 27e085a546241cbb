package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.suites.fault.Entry.Place;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A copy of the log for readers, which is brought up to date when the next push arrives. */
final class LaggingReplica {
    private LaggingReplica() {
    }

    private static NavigableMap<Place, Entry> of(Parts parts, Space space) {
        Map<Space, NavigableMap<Place, Entry>> replicas = parts.disk.extra("replicas", ConcurrentHashMap::new);
        return replicas.computeIfAbsent(space, ignored -> new ConcurrentSkipListMap<>());
    }

    static final class Feeder extends Pushing {
        Feeder(Parts parts) {
            super(parts);
        }

        @Override
        PushResponse push(Caller caller, PushRequest request) {
            Space space = parts.access.enter(caller, request.scope());
            NavigableMap<Place, Entry> replica = of(parts, space);
            replica.putAll(space.log);
            replica.keySet().retainAll(space.log.keySet());
            return super.push(caller, request);
        }
    }

    static final class Reader extends Paging {
        Reader(Parts parts) {
            super(parts);
        }

        @Override
        Iterable<Entry> above(Space space, long cursor) {
            return of(parts, space).tailMap(Place.after(cursor), false).values();
        }
    }
}
