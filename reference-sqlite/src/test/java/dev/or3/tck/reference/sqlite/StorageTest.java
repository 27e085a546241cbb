package dev.or3.tck.reference.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.control.Controls.Provisioned;
import dev.or3.tck.api.storage.Storage;
import dev.or3.tck.api.storage.Storage.PresignedUrl;
import dev.or3.tck.api.workspaces.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
    private static final int QUOTA = 100_000;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private Provider open() {
        return new SqliteProvider(ProviderConfig.in(directory).with(
                Map.of(Settings.STORAGE_QUOTA, String.valueOf(QUOTA))));
    }

    private static Caller member(Provider provider, Role role) {
        Provisioned space = provider.controls().provision(List.of(role));
        return Caller.of(space.userIds().get(0), space.workspaceId());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(byte[] bytes) throws Exception {
        return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static PresignedUrl announce(Provider at, Caller caller, byte[] bytes) throws Exception {
        return at.storage().presignUpload(caller,
                new Storage.UploadRequest(caller.workspaceId(), hash(bytes), "text/plain", (long) bytes.length, null));
    }

    private static HttpResponse<byte[]> put(String url, byte[] bytes) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofByteArray(bytes)).build(),
                BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
    }

    private static void commit(Provider at, Caller caller, byte[] bytes) throws Exception {
        at.storage().commit(caller, new Storage.Commit(caller.workspaceId(), hash(bytes), null, null, null,
                (long) bytes.length, null, null, null));
    }

    private static void store(Provider at, Caller caller, byte[] bytes) throws Exception {
        assertThat(put(announce(at, caller, bytes).url(), bytes).statusCode()).isEqualTo(200);
        commit(at, caller, bytes);
    }

    private static String download(Provider at, Caller caller, byte[] bytes) throws Exception {
        return at.storage().presignDownload(caller,
                new Storage.DownloadRequest(caller.workspaceId(), hash(bytes), null, null)).url();
    }

    private List<Path> objects() throws IOException {
        Path place = directory.resolve("or3.sqlite-files");
        try (Stream<Path> listed = Files.isDirectory(place) ? Files.list(place) : Stream.empty()) {
            return listed.toList();
        }
    }

    @Test
    void aUrlOfOneInstanceWorksAtEveryOtherAndOverARestart() throws Exception {
        byte[] file = bytes("a file");
        try (Provider one = open(); Provider other = open()) {
            Caller owner = member(one, Role.OWNER);
            store(one, owner, file);
            String url = download(one, owner, file);
            int port = URI.create(download(other, owner, file)).getPort();
            assertThat(get(url.replace(":" + URI.create(url).getPort() + "/", ":" + port + "/")).body()).isEqualTo(file);
            other.controls().restart();
            HttpResponse<byte[]> again = get(download(other, owner, file));
            assertThat(again.body()).isEqualTo(file);
            assertThat(again.headers().firstValue("content-type")).contains("text/plain");
        }
    }

    @Test
    void theQuotaHoldsWhenAllInstancesAreAskedAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Provider one = open(); Provider other = open()) {
            Caller owner = member(one, Role.OWNER);
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                byte[] file = bytes(Character.toString('a' + i).repeat(QUOTA / 6));
                Provider at = i % 2 == 0 ? one : other;
                calls.add(() -> isAnnounced(at, owner, file));
            }
            int accepted = 0;
            for (Future<Boolean> call : threads.invokeAll(calls)) {
                accepted += call.get() ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(6);
            one.controls().clock(3601);
            assertThat(isAnnounced(one, owner, new byte[QUOTA])).as("once the URLs are over").isTrue();
        } finally {
            threads.shutdown();
        }
    }

    private static boolean isAnnounced(Provider at, Caller caller, byte[] file) throws Exception {
        try {
            return announce(at, caller, file).url() != null;
        } catch (ProviderException refused) {
            assertThat(refused.status()).isEqualTo(413);
            return false;
        }
    }

    @Test
    void whatIsRefusedLeavesNoBytes() throws Exception {
        try (Provider provider = open()) {
            Caller owner = member(provider, Role.OWNER);
            PresignedUrl url = announce(provider, owner, bytes("right"));
            assertThat(put(url.url(), bytes("wrong")).statusCode()).isEqualTo(400);
            assertThat(put(url.url(), bytes("right, and more")).statusCode()).isEqualTo(400);
            assertThat(put(url.url().replace("size=5", "size=6"), bytes("wrong!")).statusCode()).isEqualTo(403);
            assertThat(objects()).isEmpty();
            assertThat(put(url.url(), bytes("right")).statusCode()).isEqualTo(200);
            assertThat(put(url.url(), bytes("right")).statusCode()).as("a second time").isEqualTo(409);
            assertThat(objects()).hasSize(1);
        }
    }

    @Test
    void whatACrashLeftBehindIsSweptAndNothingElse() throws Exception {
        byte[] file = bytes("kept");
        Path place = directory.resolve("or3.sqlite-files");
        Caller owner;
        try (Provider provider = open()) {
            owner = member(provider, Role.OWNER);
            store(provider, owner, file);
        }
        Path left = Files.writeString(place.resolve("left"), "left");
        Path young = Files.writeString(place.resolve("under-way.part"), "young");
        for (Path object : objects()) {
            if (!object.equals(young)) {
                Files.setLastModifiedTime(object, FileTime.from(Instant.now().minusSeconds(24 * 3600)));
            }
        }
        try (Provider provider = open()) {
            assertThat(left).doesNotExist();
            assertThat(young).exists();
            assertThat(get(download(provider, owner, file)).body()).isEqualTo(file);
        }
    }

    @Test
    void aViewerReadsAndDoesNotWrite() throws Exception {
        byte[] file = bytes("shared");
        try (Provider provider = open()) {
            Provisioned space = provider.controls().provision(List.of(Role.OWNER, Role.VIEWER));
            Caller owner = Caller.of(space.userIds().get(0), space.workspaceId());
            Caller viewer = Caller.of(space.userIds().get(1), space.workspaceId());
            store(provider, owner, file);
            assertThat(get(download(provider, viewer, file)).body()).isEqualTo(file);
            assertThatThrownBy(() -> announce(provider, viewer, bytes("mine"))).hasMessageContaining("viewer");
        }
    }

    @Test
    void collectedBytesLeaveTheDisk() throws Exception {
        byte[] file = bytes("gone");
        try (Provider provider = open()) {
            Caller owner = member(provider, Role.OWNER);
            store(provider, owner, file);
            provider.storage().deleteObject(owner, new Storage.ObjectRef(owner.workspaceId(), hash(file), null));
            provider.controls().clock(7200);
            Storage.CollectObjects old = new Storage.CollectObjects(owner.workspaceId(), 3600L, null);
            assertThat(provider.storage().gc(owner, old).deletedCount()).isEqualTo(1);
            assertThat(objects()).isEmpty();
        }
    }
}
