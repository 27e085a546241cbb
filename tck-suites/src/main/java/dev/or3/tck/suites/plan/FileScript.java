package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.AskScript.fields;

import dev.or3.tck.api.Json;
import dev.or3.tck.suites.plan.Action.Body;
import dev.or3.tck.suites.plan.Action.Swap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes down what is done with files: calls of the storage component, and bytes by the URLs they answer. */
final class FileScript {
    static final String COMPONENT = "storage";
    private static final String MIME = "application/octet-stream";

    final AskScript script = new AskScript();
    private final String providerId;
    private final boolean commits;
    private int files;
    private int variables;
    private int operations;

    /**
     * @param providerId how commits name the provider
     * @param commits    whether there are commits at all
     */
    FileScript(String providerId, boolean commits) {
        this.providerId = providerId;
        this.commits = commits;
    }

    Plan plan(String name, long seed, int index, Set<Feature> features) {
        return script.plan(name, seed, index, features);
    }

    /** Bytes that no other file of the plan has. */
    Body file(int size) {
        return new Body(size, ++files);
    }

    static String hash(Body file) {
        return "sha256:${sha256:" + file.size() + ":" + file.seed() + "}";
    }

    /** Asks for an upload; the variable that takes the answer. */
    String announce(String user, String workspace, Body file) {
        return announce(user, workspace, hash(file), file.size(), null);
    }

    String announce(String user, String workspace, String hash, long size, Long expiresInMs) {
        String url = "url" + variables++;
        script.ask(new Action.Ask(COMPONENT, "presignUpload", user, AskScript.session(user), Json.write(fields("workspaceId",
                workspace, "hash", hash, "mimeType", MIME, "sizeBytes", size, "expiresInMs", expiresInMs)),
                Map.of(url, "", url + "/storageId", "/storageId", url + "/intentId", "/intentId")));
        return url;
    }

    void send(int by, String url, Body bytes, Swap swap) {
        script.does(by, new Action.Transfer(url, bytes, swap));
    }

    void send(String url, Body bytes) {
        send(0, url, bytes, null);
    }

    void fetch(String url, Swap swap) {
        script.does(0, new Action.Transfer(url, null, swap));
    }

    /** Does nothing where there are no commits. */
    void commit(String user, String workspace, Body file, String url) {
        if (commits) {
            script.ask(committing(user, workspace, hash(file), file.size(), url));
        }
    }

    Action.Ask committing(String user, String workspace, String hash, long size, String url) {
        return ask("commit", user, fields("workspace_id", workspace, "hash", hash, "storage_id", "${maybe:" + url
                + "/storageId}",
                "storage_provider_id", providerId, "mime_type", MIME, "size_bytes", size, "name", "file.bin", "kind", "file",
                "intent_id", "${maybe:" + url + "/intentId}"));
    }

    /** Uploads and commits; the variable of the upload's URL. */
    String store(String user, String workspace, Body file) {
        String url = announce(user, workspace, file);
        send(url, file);
        commit(user, workspace, file, url);
        return url;
    }

    /** Asks for a download; the variable that takes the answer. */
    String ask(String user, String workspace, String hash, String upload, Long expiresInMs) {
        String url = "url" + variables++;
        script.ask(new Action.Ask(COMPONENT, "presignDownload", user, AskScript.session(user),
                Json.write(fields("workspaceId",
                workspace, "hash", hash, "storageId", upload == null ? null : "${maybe:" + upload + "/storageId}",
                "expiresInMs", expiresInMs)), Map.of(url, "")));
        return url;
    }

    /** Asks for a download and fetches it. */
    void read(String user, String workspace, Body file, String upload) {
        fetch(ask(user, workspace, hash(file), upload, null), null);
    }

    void delete(String user, String workspace, Body file) {
        script.ask(ask("deleteObject", user, fields("workspaceId", workspace, "hash", hash(file))));
    }

    /** Collects, as often as it takes. */
    void collect(String user, String workspace, long retentionSeconds) {
        for (int i = 0; i < 3; i++) {
            script.ask(ask("gc", user, fields("workspace_id", workspace, "retention_seconds", retentionSeconds)));
        }
    }

    static Action.Ask ask(String method, String user, Map<String, Object> input) {
        return new Action.Ask(COMPONENT, method, user, AskScript.session(user), Json.write(input), Map.of());
    }

    /** Pushes the row of file_meta that names a file. */
    void row(String user, String workspace, Body file) {
        String opId = String.format("${run}-0000-4000-8000-%012x", ++operations);
        Map<String, Object> payload = fields("hash", hash(file), "name", "file.bin", "mime_type", MIME, "kind", "file",
                "size_bytes", file.size(), "ref_count", 1, "deleted", false, "created_at", 1, "updated_at", 2, "clock", 1);
        Map<String, Object> op = fields("id", opId.replace("-8000-", "-9000-"), "tableName", "file_meta", "operation",
                "put", "pk",
                hash(file), "payload", payload, "stamp", fields("deviceId", "device-0", "opId", opId, "hlc",
                        "0ks3n7x0g:000:abc12345", "clock", 1), "createdAt", 1, "attempts", 0, "status", "pending");
        script.ask(new Action.Ask("sync", "push", user, AskScript.session(user), Json.write(fields("scope",
                fields("workspaceId", workspace), "ops", List.of(op))), Map.of()));
    }
}
