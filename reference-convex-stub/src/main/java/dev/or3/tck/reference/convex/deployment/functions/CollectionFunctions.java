package dev.or3.tck.reference.convex.deployment.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.reference.convex.deployment.Values;
import dev.or3.tck.reference.convex.deployment.database.Document;
import java.util.List;

/**
 * {@code sync:gcChangeLog} and {@code sync:gcTombstones}: each call collects a few hundred, and tells whether there is more.
 */
final class CollectionFunctions {
    private static final int STEP = 400;

    private CollectionFunctions() {
    }

    static void register(Functions functions) {
        functions.mutation("sync:gcChangeLog", CollectionFunctions::gcChangeLog);
        functions.mutation("sync:gcTombstones", CollectionFunctions::gcTombstones);
    }

    private static JsonNode gcChangeLog(Context context, Args args) {
        String workspaceId = Members.workspace(context, args);
        long cutoff = cutoff(context, args);
        List<Document> passed = context.db().query("changes", "by_version").eq(workspaceId)
                .lte(slowest(context, workspaceId, cutoff)).take(STEP);
        long floor = 0;
        int collected = 0;
        for (Document change : passed) {
            if (change.number("at") >= cutoff) {
                break;
            }
            floor = change.number("version");
            context.db().delete(change);
            collected++;
        }
        if (collected > 0) {
            raiseFloor(context, workspaceId, floor);
        }
        return told(collected);
    }

    private static void raiseFloor(Context context, String workspaceId, long version) {
        Document floor = context.db().first("floors", "by_workspace", workspaceId);
        if (floor == null) {
            context.db().insert("floors", Values.object().put("workspaceId", workspaceId).put("version", version));
        } else {
            context.db().patch(floor, fields -> fields.put("version", version));
        }
    }

    private static JsonNode gcTombstones(Context context, Args args) {
        String workspaceId = Members.workspace(context, args);
        long cutoff = cutoff(context, args);
        // In the order of their versions, so of their times: the first young one ends it.
        List<Document> passed = context.db().query("records", "by_deleted").eq(workspaceId, true)
                .lte(slowest(context, workspaceId, cutoff)).take(STEP);
        int collected = 0;
        for (Document tombstone : passed) {
            if (tombstone.number("at") >= cutoff) {
                break;
            }
            context.db().delete(tombstone);
            collected++;
        }
        return told(collected);
    }

    /** The version that every device which holds history back has passed; one that was silent all the while is forgotten. */
    private static long slowest(Context context, String workspaceId, long cutoff) {
        return context.db().all("cursors", "by_device", workspaceId).stream().filter(cursor -> cursor.number("at") >= cutoff)
                .mapToLong(cursor -> cursor.number("version")).min().orElseGet(() -> ChangeLog.head(context, workspaceId));
    }

    private static long cutoff(Context context, Args args) {
        return context.now() - args.number("retentionSeconds", 3600, 365L * 24 * 3600) * 1000;
    }

    private static JsonNode told(int collected) {
        return Values.object().put("collected", collected).put("more", collected == STEP);
    }
}
