package dev.or3.tck.reference.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.control.Controls.Provisioned;
import dev.or3.tck.api.storage.Storage.CollectObjects;
import dev.or3.tck.api.storage.Storage.Commit;
import dev.or3.tck.api.storage.Storage.DownloadRequest;
import dev.or3.tck.api.storage.Storage.ObjectRef;
import dev.or3.tck.api.storage.Storage.PresignedUrl;
import dev.or3.tck.api.storage.Storage.UploadRequest;
import dev.or3.tck.api.workspaces.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes on their way from a client to the deployment and back. */
class FilesTest {
    private static final byte[] BYTES = "some bytes".getBytes(StandardCharsets.UTF_8);
    private static final String HASH = hash(BYTES);

    private final HttpClient http = HttpClient.newHttpClient();
    @TempDir
    private Path directory;
    private Provider provider;
    private Provisioned space;

    @BeforeEach
    void start() {
        provider = open();
        space = provider.controls().provision(List.of(Role.OWNER, Role.VIEWER));
    }

    private Provider open() {
        return new ConvexProviderFactory().open(ProviderConfig.in(directory));
    }

    @AfterEach
    void end() {
        provider.close();
    }

    private static String hash(byte[] bytes) {
        try {
            return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Caller caller(int member) {
        return Caller.of(space.userIds().get(member), space.workspaceId());
    }

    private PresignedUrl upload(int member) {
        return provider.storage().presignUpload(caller(member),
                new UploadRequest(space.workspaceId(), HASH, "text/plain", (long) BYTES.length, null));
    }

    private PresignedUrl download() {
        return provider.storage().presignDownload(caller(1), new DownloadRequest(space.workspaceId(), HASH, null, 60_000L));
    }

    private int send(PresignedUrl to, byte[] bytes) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(to.url()))
                .method(to.method(), HttpRequest.BodyPublishers.ofByteArray(bytes)).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private HttpResponse<byte[]> fetch(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private void commit() {
        provider.storage().commit(caller(0), new Commit(space.workspaceId(), HASH, null, "convex", "text/plain",
                (long) BYTES.length, "a.txt", "file", null));
    }

    private static int refusal(Runnable call) {
        return catchThrowableOfType(ProviderException.class, call::run).status();
    }

    @Test
    void what_was_sent_and_committed_comes_back_also_after_a_restart() throws Exception {
        assertThat(send(upload(0), BYTES)).isEqualTo(200);
        assertThat(refusal(this::download)).isEqualTo(404);
        commit();
        commit();
        String url = download().url();
        assertThat(fetch(url).body()).isEqualTo(BYTES);
        provider.close();
        provider = open();
        assertThat(fetch(url).body()).isEqualTo(BYTES);
    }

    @Test
    void other_bytes_are_refused_and_the_right_ones_taken_once() throws Exception {
        PresignedUrl upload = upload(0);
        assertThat(send(upload, "other bytes".getBytes(StandardCharsets.UTF_8))).isEqualTo(400);
        assertThat(send(upload, "same sizes".getBytes(StandardCharsets.UTF_8))).isEqualTo(400);
        assertThat(refusal(this::commit)).isEqualTo(404);
        assertThat(send(upload, BYTES)).isEqualTo(200);
        assertThat(send(upload, BYTES)).isEqualTo(403);
    }

    @Test
    void urls_end_and_cannot_be_changed() throws Exception {
        assertThat(send(upload(0), BYTES)).isEqualTo(200);
        commit();
        PresignedUrl again = upload(0);
        String url = download().url();
        assertThat(fetch(url.replaceAll("token=.*", "token=" + HASH)).statusCode()).isEqualTo(403);
        assertThat(fetch(url.replaceAll("[?].*", "")).statusCode()).isEqualTo(403);
        assertThat(fetch(url.replaceAll("/storage/", "/storage/0")).statusCode()).isEqualTo(403);
        provider.controls().clock(24 * 3600);
        assertThat(fetch(url).statusCode()).isEqualTo(403);
        assertThat(send(again, BYTES)).isEqualTo(403);
    }

    @Test
    void viewers_and_bad_hashes_are_refused() {
        assertThat(refusal(() -> upload(1))).isEqualTo(403);
        for (String hash : List.of("sha256:../../../../etc/passwd", "sha256:00", HASH.toUpperCase(), "")) {
            assertThat(refusal(() -> provider.storage().presignUpload(caller(0),
                    new UploadRequest(space.workspaceId(), hash, "text/plain", 1L, null)))).as(hash).isEqualTo(400);
        }
    }

    @Test
    void the_quota_holds_what_is_stored_and_what_is_on_its_way() {
        assertThat(refusal(() -> provider.storage().presignUpload(caller(0), new UploadRequest(space.workspaceId(), HASH,
                "text/plain", ConvexProvider.LIMITS.storageQuotaBytes() + 1, null)))).isEqualTo(413);
        provider.storage().presignUpload(caller(0), new UploadRequest(space.workspaceId(), hash(new byte[0]), "text/plain",
                ConvexProvider.LIMITS.storageQuotaBytes() - 1, 60_000L));
        assertThat(refusal(() -> upload(0))).isEqualTo(413);
        provider.controls().clock(3600);
        assertThat(upload(0).url()).isNotEmpty();
    }

    @Test
    void what_is_deleted_is_gone_at_once_and_its_bytes_with_the_next_collection() throws Exception {
        assertThat(send(upload(0), BYTES)).isEqualTo(200);
        commit();
        String url = download().url();
        provider.storage().deleteObject(caller(0), new ObjectRef(space.workspaceId(), HASH, null));
        assertThat(fetch(url).statusCode()).isEqualTo(404);
        assertThat(collected(3600)).isZero();
        provider.controls().clock(2 * 3600);
        assertThat(collected(3600)).isEqualTo(1);
        try (var files = Files.list(directory.resolve("convex.jsonl.files"))) {
            assertThat(files).isEmpty();
        }
    }

    private long collected(long retentionSeconds) {
        return provider.storage().gc(caller(0), new CollectObjects(space.workspaceId(), retentionSeconds, null))
                .deletedCount();
    }
}
