package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.notifications.Notifications;
import dev.or3.tck.api.shape.Shape;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.Stamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Notifications are rows that the provider pushes in the name of their user (NOTE rules). */
class Emission implements Notifications {
    final Parts parts;

    Emission(Parts parts) {
        this.parts = parts;
    }

    @Override
    public final String emitBackgroundJobComplete(Caller caller, JobDone input) {
        return parts.life.live(() -> {
            admit(caller, input);
            return emit(caller, input.workspaceId(), input.userId(), "job.complete", "A background job is done");
        });
    }

    @Override
    public final String emitBackgroundJobError(Caller caller, JobFailed input) {
        return parts.life.live(() -> {
            admit(caller, input);
            return emit(caller, input.workspaceId(), input.userId(), "job.error", "A background job failed");
        });
    }

    /** Refuses malformed input (NOTE-03). */
    void admit(Caller caller, Record input) {
        Shape.check(caller, input);
    }

    String emit(Caller caller, String workspaceId, String userId, String type, String title) {
        Operation operation = row(userId, type, title);
        OperationResult result = parts.pushing.push(emitter(caller),
                new PushRequest(new Scope(workspaceId), List.of(operation))).results().get(0);
        if (!result.success()) {
            throw new ProviderException(500, "NOT_STORED", "the notification could not be stored");
        }
        return operation.pk();
    }

    /** In whose name the row is pushed. */
    Caller emitter(Caller caller) {
        return caller;
    }

    Operation row(String userId, String type, String title) {
        String id = UUID.randomUUID().toString();
        long now = parts.clock.seconds();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("user_id", userId);
        row.put("type", type);
        row.put("title", title);
        row.put("deleted", false);
        row.put("created_at", now);
        row.put("updated_at", now);
        row.put("clock", 1);
        Stamp stamp = new Stamp("provider", UUID.randomUUID().toString(), "provider:" + parts.clock.millis(), 1);
        return new Operation(UUID.randomUUID().toString(), "notifications", Operation.PUT, id,
                new JsonText(Json.write(row)), stamp, now, 0, "pending");
    }
}
