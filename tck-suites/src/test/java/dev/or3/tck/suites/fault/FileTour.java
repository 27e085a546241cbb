package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.storage.Storage;
import dev.or3.tck.api.storage.Storage.PresignedUrl;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.connect.Courier;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The part of the tour that is about files. */
record FileTour(Notes notes, Provider provider) {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long SECONDS_BELOW = 100_000_000_000L;

    void walk() {
        Controls.Provisioned space = provider.controls().provision(List.of(Role.OWNER));
        Caller owner = Caller.of(space.userIds().get(0), space.workspaceId());
        notes.note("capabilities of storage", () -> provider.manifest().components().get("storage").capabilities().size());
        byte[] bytes = "a file".getBytes(StandardCharsets.UTF_8);
        up(owner, "file", bytes, bytes);
        down(owner, bytes);
        commit(owner, bytes);
        commit(owner, bytes);
        down(owner, bytes);
        up(owner, "other", "other".getBytes(StandardCharsets.UTF_8), bytes);
        commit(owner, "other".getBytes(StandardCharsets.UTF_8));
        down(owner, "never".getBytes(StandardCharsets.UTF_8));
        notes.note("too large", () -> upload(owner, new byte[0], 1L << 40).url().isEmpty());
    }

    private static String hash(byte[] bytes) {
        return Depot.digest("sha256:", bytes);
    }

    private PresignedUrl upload(Caller caller, byte[] bytes, long size) {
        return provider.storage().presignUpload(caller,
                new Storage.UploadRequest(caller.workspaceId(), hash(bytes), "text/plain", size, null));
    }

    private void up(Caller caller, String what, byte[] announced, byte[] sent) {
        notes.note("upload " + what, () -> {
            PresignedUrl url = upload(caller, announced, announced.length);
            int status = Courier.bring(new Courier.Address(url.url(), null, Map.of()), sent.length,
                    () -> new ByteArrayInputStream(sent), LIMIT).status();
            return List.of(status, url.expiresAt() == null ? "untold" : url.expiresAt() < SECONDS_BELOW);
        });
    }

    private void commit(Caller caller, byte[] bytes) {
        notes.note("commit", () -> {
            provider.storage().commit(caller, new Storage.Commit(caller.workspaceId(), hash(bytes), null, "memory", null,
                    (long) bytes.length, null, null, null));
            return "done";
        });
    }

    private void down(Caller caller, byte[] bytes) {
        notes.note("ask for a download", () -> url(caller, bytes).isEmpty());
        notes.note("download", () -> Courier.fetch(new Courier.Address(url(caller, bytes), null, Map.of()), LIMIT).size());
    }

    private String url(Caller caller, byte[] bytes) {
        return provider.storage().presignDownload(caller,
                new Storage.DownloadRequest(caller.workspaceId(), hash(bytes), null, null)).url();
    }
}
