package dev.or3.tck.reference.sqlite.bench;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Draws chat messages: some 300 bytes each, on a fixed number of records, every op id fresh. */
final class Workload {
    private final Random random;
    private final List<String> records;
    private long clock;

    Workload(long seed, int records) {
        this.random = new Random(seed);
        this.records = new ArrayList<>(records);
        for (int i = 0; i < records; i++) {
            this.records.add(uuid());
        }
    }

    List<Operation> batch(int size) {
        List<Operation> ops = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            ops.add(operation());
        }
        return ops;
    }

    List<List<Operation>> batches(int count, int size) {
        List<List<Operation>> batches = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            batches.add(batch(size));
        }
        return batches;
    }

    private Operation operation() {
        String pk = records.get(random.nextInt(records.size()));
        clock++;
        String payload = "{\"id\":\"" + pk + "\",\"thread_id\":\"" + pk + "\",\"role\":\"assistant\",\"index\":" + clock
                + ",\"order_key\":\"" + Long.toString(clock, 36) + "\",\"deleted\":false,\"created_at\":1760000000,"
                + "\"updated_at\":1760000000,\"clock\":" + clock + ",\"data\":{\"content\":"
                + "\"It depends on the size of the log: " + Long.toHexString(random.nextLong())
                + "\",\"model\":\"some-model\"}}";
        String hlc = "0ks3n7x0g:" + String.format("%03d", clock % 1000) + ":abc12345";
        return new Operation(pk, "messages", Operation.PUT, pk, new JsonText(payload),
                new Stamp("device-1", uuid(), hlc, clock), 1_760_000_000L, 0, "pending");
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
