package dev.or3.tck.reference.convex.deployment.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.reference.convex.deployment.Values;
import java.util.UUID;

/** The functions {@code notifications:…}: a row of the table notifications, in the log as if its user had pushed it. */
final class NotificationFunctions {
    private static final String DEVICE = "server";
    private static final int MILLIS_DIGITS = 9;

    private NotificationFunctions() {
    }

    static void register(Functions functions) {
        functions.mutation("notifications:emitBackgroundJobComplete",
                (context, args) -> emit(context, args, "background_job_complete", "Your answer is ready", null));
        functions.mutation("notifications:emitBackgroundJobError", (context, args) -> {
            String error = args.textOrNull("error");
            if (error == null) {
                throw FunctionError.badRequest("error is missing");
            }
            return emit(context, args, "background_job_error", "Your answer could not be finished", error);
        });
    }

    private static JsonNode emit(Context context, Args args, String type, String title, String body) {
        String userId = context.acting(args);
        String threadId = args.text("threadId");
        String jobId = args.text("jobId");
        String workspaceId = Members.workspace(context, args);
        String id = UUID.randomUUID().toString();
        long seconds = context.now() / 1000;
        ObjectNode row = Values.object().put("id", id).put("user_id", userId).put("type", type).put("title", title)
                .put("thread_id", threadId).put("job_id", jobId).put("deleted", false).put("created_at", seconds)
                .put("updated_at", seconds).put("clock", 1);
        if (body != null) {
            row.put("body", body);
        }
        ObjectNode op = Values.object().put("tableName", "notifications").put("operation", "put").put("pk", id)
                .put("payload", row.toString()).put("deviceId", DEVICE).put("opId", UUID.randomUUID().toString())
                .put("hlc", hlc(context.now())).put("clock", 1);
        new ChangeLog(context, workspaceId, userId).store(Entry.of(new Args(op), userId));
        return Functions.text(id);
    }

    /** As devices write it: milliseconds, a counter, and who. */
    private static String hlc(long millis) {
        String digits = Long.toString(millis, 36);
        return "0".repeat(MILLIS_DIGITS - digits.length()) + digits + ":000:" + "00" + DEVICE;
    }
}
