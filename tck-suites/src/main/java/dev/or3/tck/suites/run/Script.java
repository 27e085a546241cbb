package dev.or3.tck.suites.run;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.sync.Hlc;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.suites.plan.Action;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.PlannedOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The batches of a plan, ready to be sent: placeholders filled, each operation of a workspace numbered once. */
final class Script {
    private static final String OUTBOX_ID = "b0000000-xxxx-4xxx-8xxx-xxxxxxxxxxxx";
    private static final int NUMBER_END = 8;
    /** For stamps that do not tell a time. */
    private static final long LONG_AGO = 1000;

    /**
     * @param numbers of the operations, in the order of the batch
     */
    record Batch(PushRequest request, int[] numbers) {
        /** The batch as a device sends it again: its outbox counts the attempts. */
        Batch again(int attempts) {
            List<Operation> operations = request.ops().stream().map(op -> new Operation(op.id(), op.tableName(),
                    op.operation(), op.pk(), op.payload(), op.stamp(), op.createdAt(), attempts, op.status())).toList();
            return new Batch(new PushRequest(request.scope(), operations), numbers);
        }
    }

    private record Key(String workspaceId, String opId) {
    }

    private final Placeholders placeholders;
    private final List<History.Space> spaces;
    private final Map<Action.Push, Batch> batches = new IdentityHashMap<>();
    private final List<History.Sent> operations = new ArrayList<>();
    private final Map<Key, List<Integer>> byId = new HashMap<>();

    Script(Plan plan, Placeholders placeholders, List<History.Space> spaces) {
        this.placeholders = placeholders;
        this.spaces = spaces;
        for (Plan.Stage stage : plan.stages()) {
            for (Plan.Step step : stage.steps()) {
                if (step.action() instanceof Action.Push push) {
                    batches.computeIfAbsent(push, this::prepare);
                }
            }
        }
    }

    Batch batch(Action.Push push) {
        return batches.get(push);
    }

    /** All operations of the plan by their numbers. */
    List<History.Sent> operations() {
        return operations;
    }

    /** The numbers of the operations with that id in that workspace. */
    List<Integer> numbers(String workspaceId, String opId) {
        return byId.getOrDefault(new Key(workspaceId, opId), List.of());
    }

    private Batch prepare(Action.Push push) {
        String workspaceId = spaces.get(push.space()).workspaceId();
        List<Operation> filled = new ArrayList<>(push.operations().size());
        int[] numbers = new int[push.operations().size()];
        for (int i = 0; i < numbers.length; i++) {
            Operation operation = fill(push.operations().get(i));
            numbers[i] = number(workspaceId, operation);
            String outboxId = placeholders.id(outboxId(numbers[i]));
            Operation numbered = new Operation(outboxId, operation.tableName(), operation.operation(), operation.pk(),
                    operation.payload(), operation.stamp(), operation.createdAt(), 0, operation.status());
            filled.add(numbered);
            if (operations.size() == numbers[i]) {
                operations.add(new History.Sent(workspaceId, numbered));
            }
        }
        return new Batch(new PushRequest(new Scope(workspaceId), filled), numbers);
    }

    /** Independent of the op id, as in real outboxes. */
    private static String outboxId(int number) {
        String digits = Integer.toHexString(number);
        return OUTBOX_ID.substring(0, NUMBER_END - digits.length()) + digits + OUTBOX_ID.substring(NUMBER_END);
    }

    private Operation fill(PlannedOperation planned) {
        String payload = placeholders.json(planned.payload());
        Stamp stamp = new Stamp(planned.deviceId(), placeholders.id(planned.opId()), planned.hlc(), planned.clock());
        return new Operation(null, planned.table(), planned.operation(), placeholders.text(planned.pk()),
                payload == null ? null : new JsonText(payload), stamp, createdAt(planned.hlc()), 0, "pending");
    }

    /** The device's own idea of time, in epoch seconds: as wrong as its stamp, for no age may be taken from it (GC-13). */
    private static long createdAt(String hlc) {
        try {
            return hlc == null ? LONG_AGO : Hlc.parse(hlc).millis() / 1000;
        } catch (IllegalArgumentException otherShape) {
            return LONG_AGO;
        }
    }

    private int number(String workspaceId, Operation operation) {
        List<Integer> same = byId.computeIfAbsent(new Key(workspaceId, operation.stamp().opId()), key -> new ArrayList<>(1));
        for (int number : same) {
            if (sameContent(operations.get(number).operation(), operation)) {
                return number;
            }
        }
        same.add(operations.size());
        return operations.size();
    }

    /** What makes two operations of one id the same: not their outbox entries, nor the order of keys. */
    private static boolean sameContent(Operation a, Operation b) {
        return Objects.equals(a.tableName(), b.tableName())
                && Objects.equals(a.operation(), b.operation())
                && Objects.equals(a.pk(), b.pk()) && a.stamp().equals(b.stamp())
                && (a.payload() == null ? b.payload() == null : a.payload().sameAs(b.payload()));
    }
}
