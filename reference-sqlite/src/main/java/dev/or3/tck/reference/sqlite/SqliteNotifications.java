package dev.or3.tck.reference.sqlite;

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
import dev.or3.tck.api.sync.Sync;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The notifications component: a notification is a row that the provider pushes in its user's name, so that it is versioned,
 * logged and private like any that a device pushes (NOTE-01).
 */
final class SqliteNotifications implements Notifications {
    private static final String DEVICE = "or3-provider-sqlite";

    private final Sync sync;
    private final ProviderTime time;

    SqliteNotifications(Sync sync, ProviderTime time) {
        this.sync = sync;
        this.time = time;
    }

    @Override
    public String emitBackgroundJobComplete(Caller caller, JobDone input) {
        Shape.check(caller, input);
        return emit(caller, input.workspaceId(), "job.complete", "A background job is done",
                Map.of("thread_id", input.threadId(), "job_id", input.jobId()));
    }

    @Override
    public String emitBackgroundJobError(Caller caller, JobFailed input) {
        Shape.check(caller, input);
        return emit(caller, input.workspaceId(), "job.error", "A background job failed",
                Map.of("thread_id", input.threadId(), "job_id", input.jobId(), "body", input.error()));
    }

    private String emit(Caller caller, String workspaceId, String type, String title, Map<String, String> about) {
        String id = UUID.randomUUID().toString();
        long now = time.millis();
        Map<String, Object> row = new LinkedHashMap<>(Map.of("id", id, "user_id", caller.userId(), "type", type, "title", title,
                "deleted", false, "created_at", now / 1000, "updated_at", now / 1000, "clock", 1));
        row.putAll(about);
        Stamp stamp = new Stamp(DEVICE, UUID.randomUUID().toString(), String.format("%013d:0000:%s", now, DEVICE), 1);
        Operation put = new Operation(UUID.randomUUID().toString(), Admission.NOTIFICATIONS, Operation.PUT, id,
                new JsonText(Json.write(row)), stamp, now / 1000, 0, "pending");
        OperationResult result = sync.push(caller, new PushRequest(new Scope(workspaceId), List.of(put))).results().get(0);
        if (!result.success()) {
            throw ProviderException.badRequest("the notification cannot be stored: " + result.error());
        }
        return id;
    }
}
