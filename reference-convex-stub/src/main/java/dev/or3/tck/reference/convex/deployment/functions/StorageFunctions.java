package dev.or3.tck.reference.convex.deployment.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.reference.convex.deployment.Values;
import dev.or3.tck.reference.convex.deployment.database.Document;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The functions {@code storage:…}. An upload reserves its size until it comes or its URL expires; a file can be read once
 * it is committed; what is deleted stays, unreadable, until it is collected.
 */
final class StorageFunctions {
    static final long QUOTA = 4L * 1024 * 1024;
    private static final long DEFAULT_LIFE = 15 * 60 * 1000L;
    private static final long LIFE_AT_MOST = 3600 * 1000L;
    private static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}|md5:[0-9a-f]{32}");
    private static final String[] WRITERS = {"owner", "editor"};

    private StorageFunctions() {
    }

    static void register(Functions functions) {
        functions.mutation("storage:presignUpload", StorageFunctions::presignUpload);
        functions.mutation("storage:presignDownload", StorageFunctions::presignDownload);
        functions.mutation("storage:commit", StorageFunctions::commit);
        functions.mutation("storage:deleteObject", StorageFunctions::deleteObject);
        functions.mutation("storage:gc", StorageFunctions::gc);
    }

    private static String writable(Context context, Args args) {
        return Members.require(context, args, WRITERS).text("workspaceId");
    }

    private static String hash(Args args) {
        String hash = args.text("hash");
        if (!HASH.matcher(hash).matches()) {
            throw FunctionError.badRequest("hash must be sha256: and 64 hex digits, or md5: and 32");
        }
        return hash;
    }

    private static long expiry(Context context, Args args) {
        return context.now() + Math.min(args.number("expiresInMs", 0, Long.MAX_VALUE, DEFAULT_LIFE), LIFE_AT_MOST);
    }

    static Document file(Context context, String workspaceId, String hash) {
        return context.db().first("files", "by_hash", workspaceId, hash);
    }

    private static JsonNode presignUpload(Context context, Args args) {
        String hash = hash(args);
        long size = args.number("sizeBytes", 0, Integer.MAX_VALUE);
        long expiresAt = expiry(context, args);
        String workspaceId = writable(context, args);
        for (Document intent : context.db().all("uploads", "by_workspace", workspaceId)) {
            if (intent.number("expiresAt") <= context.now()) {
                context.db().delete(intent);
            }
        }
        if (used(context, workspaceId, hash) + size > QUOTA) {
            throw new FunctionError(413, "OVERSIZED", "this would go beyond the quota of the workspace");
        }
        String token = UUID.randomUUID().toString();
        context.db().insert("uploads", Values.object().put("token", token).put("workspaceId", workspaceId)
                .put("hash", hash).put("size", size).put("mimeType", args.text("mimeType")).put("expiresAt", expiresAt));
        return Values.object().put("url", context.url() + "/api/storage/upload?token=" + token).put("method", "POST")
                .put("expiresAt", expiresAt);
    }

    /** How much is stored or on its way, without one file. */
    private static long used(Context context, String workspaceId, String without) {
        long stored = context.db().all("files", "by_hash", workspaceId).stream()
                .filter(file -> !file.flag("deleted") && !file.text("hash").equals(without))
                .mapToLong(file -> file.number("size")).sum();
        return stored + context.db().all("uploads", "by_workspace", workspaceId).stream()
                .filter(upload -> !upload.text("hash").equals(without))
                .mapToLong(upload -> upload.number("size")).sum();
    }

    private static JsonNode presignDownload(Context context, Args args) {
        String hash = hash(args);
        long expiresAt = expiry(context, args);
        String workspaceId = Members.workspace(context, args);
        Document file = file(context, workspaceId, hash);
        if (file == null || !isReadable(file)) {
            throw FunctionError.notFound("there is no such file");
        }
        String token = UUID.randomUUID().toString();
        context.db().insert("downloads", Values.object().put("token", token).put("workspaceId", workspaceId)
                .put("hash", hash).put("storageId", file.text("storageId")).put("expiresAt", expiresAt));
        return Values.object().put("url", context.url() + "/api/storage/" + file.text("storageId") + "?token=" + token)
                .put("method", "GET").put("expiresAt", expiresAt).put("storageId", file.text("storageId"));
    }

    static boolean isReadable(Document file) {
        return file.flag("committed") && !file.flag("deleted");
    }

    private static JsonNode commit(Context context, Args args) {
        Document file = file(context, writable(context, args), hash(args));
        long size = args.number("size_bytes", 0, Long.MAX_VALUE);
        String storageId = args.textOrNull("storage_id");
        if (file == null || file.flag("deleted")) {
            throw FunctionError.notFound("nothing was uploaded under this hash");
        }
        if (file.number("size") != size || storageId != null && !storageId.equals(file.text("storageId"))) {
            throw FunctionError.conflict("the file that was uploaded has another size or id");
        }
        context.db().patch(file, fields -> fields.put("committed", true));
        return Functions.nothing();
    }

    private static JsonNode deleteObject(Context context, Args args) {
        Document file = file(context, writable(context, args), hash(args));
        if (file == null || file.flag("deleted")) {
            throw FunctionError.notFound("there is no such file");
        }
        context.db().patch(file, fields -> fields.put("deleted", true).put("committed", false).put("since", context.now()));
        return Functions.nothing();
    }

    private static JsonNode gc(Context context, Args args) {
        long before = context.now() - args.number("retention_seconds", 0, Integer.MAX_VALUE) * 1000;
        long limit = args.number("limit", 0, Integer.MAX_VALUE, Integer.MAX_VALUE);
        String workspaceId = writable(context, args);
        List<Document> old = context.db().all("files", "by_hash", workspaceId).stream()
                .filter(file -> !isReadable(file) && file.number("since") < before)
                .filter(file -> !isNamed(context, workspaceId, file.text("hash"))).limit(limit).toList();
        old.forEach(file -> {
            context.db().delete(file);
            context.db().onCommit(() -> context.files().delete(file.text("storageId")));
        });
        return Values.object().put("deleted_count", old.size());
    }

    /** Whether a live row of file_meta names it. */
    private static boolean isNamed(Context context, String workspaceId, String hash) {
        Document row = context.db().first("records", "by_key", workspaceId, "file_meta", hash);
        return row != null && !row.flag("deleted");
    }

    /** The upload that a token is for, if its URL still lives. */
    static Document upload(Context context, String token) {
        Document upload = token == null ? null : context.db().first("uploads", "by_token", token);
        if (upload == null || upload.number("expiresAt") <= context.now()) {
            throw FunctionError.forbidden("there is no such upload, or it is done, or its URL has expired");
        }
        return upload;
    }

    /** Notes that the bytes of an upload have come; the id under which the file is kept. */
    static String received(Context context, String token, String storageId) {
        Document upload = upload(context, token);
        context.db().delete(upload);
        String workspaceId = upload.text("workspaceId");
        Document known = file(context, workspaceId, upload.text("hash"));
        if (known != null && !known.flag("deleted")) {
            return known.text("storageId");
        }
        if (known != null) {
            context.db().delete(known);
            context.db().onCommit(() -> context.files().delete(known.text("storageId")));
        }
        ObjectNode fields = Values.object().put("workspaceId", workspaceId).put("hash", upload.text("hash"))
                .put("size", upload.number("size")).put("mimeType", upload.text("mimeType")).put("storageId", storageId)
                .put("committed", false).put("deleted", false).put("since", context.now());
        context.db().insert("files", fields);
        return storageId;
    }

    /** The file that a download is for, if its URL still lives. */
    static Document download(Context context, String storageId, String token) {
        Document download = token == null ? null : context.db().first("downloads", "by_token", token);
        if (download == null || download.number("expiresAt") <= context.now()
                || !download.text("storageId").equals(storageId)) {
            throw FunctionError.forbidden("there is no such download, or its URL has expired");
        }
        Document file = file(context, download.text("workspaceId"), download.text("hash"));
        if (file == null || !isReadable(file) || !file.text("storageId").equals(storageId)) {
            throw FunctionError.notFound("there is no such file");
        }
        return file;
    }
}
