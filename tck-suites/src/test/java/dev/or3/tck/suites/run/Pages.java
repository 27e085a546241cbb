package dev.or3.tck.suites.run;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A plain history: one client pushes batches of a hundred, then pulls everything in one page, several times. */
final class Pages {
    private Pages() {
    }

    static History pulledAgain(int size, int times) {
        Manifest manifest = new Manifest(1, new Manifest.Identity("p", "p", "1"), Profile.V1_1,
                Map.of("sync", Manifest.Component.with()), null, null, false, null);
        List<History.Sent> operations = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (int first = 0; first < size; first += 100) {
            List<OperationResult> results = new ArrayList<>();
            for (int i = first; i < first + 100; i++) {
                String opId = String.format("%08x-0000-4000-8000-%012x", i * 31, i);
                Stamp stamp = new Stamp("d1", opId, "0ks3n7x0g:000:abc" + i, i);
                JsonText payload = new JsonText("{\"id\":\"k" + i % 7 + "\",\"nonce\":\"n" + i + "\"}");
                operations.add(new History.Sent("w1", new Operation("o" + i, "kv", "put", "k" + i % 7, payload, stamp,
                        1700000000L + i, 0, "pending")));
                results.add(OperationResult.stored(stamp.opId(), i + 1, true, payload));
            }
            events.add(event(events.size(), new Call.Push("w1", IntStream.range(first, first + 100).toArray(), results,
                    first + 100L)));
        }
        Call.Rows rows = new Call.Rows(IntStream.rangeClosed(1, size).asLongStream().toArray(),
                IntStream.range(0, size).toArray(), List.of());
        for (int i = 0; i < times; i++) {
            events.add(event(events.size(), new Call.Pull("w1", 0, size, null, rows, size, false, 1L, false)));
        }
        return new History(new History.Header("test", manifest, Profile.V1_1, 2, 1, 0, "pages", 1, List.of(), "{}"),
                operations, events);
    }

    private static Event event(int seq, Call call) {
        return new Event(seq, 2L * seq, 2L * seq + 1, 1000L * seq, 1000L * seq + 40, 0, 0, "d1", "u1", "w1", 1, Outcome.OK,
                null, call);
    }
}
