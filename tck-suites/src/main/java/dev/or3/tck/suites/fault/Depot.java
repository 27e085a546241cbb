package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.shape.Shape;
import dev.or3.tck.api.storage.Storage;
import dev.or3.tck.suites.fault.Shelf.Intent;
import dev.or3.tck.suites.fault.Shelf.StoredFile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Files behind signed URLs that expire (STOR rules). An upload reserves its size until it comes or its URL expires; a file
 * can be read once it is committed; what is deleted stays, unreadable, until it is collected.
 */
class Depot implements Storage {
    static final long DEFAULT_LIFE_MS = 15 * 60 * 1000;
    private static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}|md5:[0-9a-f]{32}");

    final Parts parts;

    Depot(Parts parts) {
        this.parts = parts;
    }

    @Override
    public final PresignedUrl presignUpload(Caller caller, UploadRequest input) {
        return parts.life.live(() -> {
            admit(caller, input, input.workspaceId());
            checkHash(input.hash());
            long now = parts.clock.millis();
            Intent intent = new Intent(UUID.randomUUID().toString(), input.hash(), input.sizeBytes(),
                    now + life(input.expiresInMs()));
            reserve(shelf(input.workspaceId()), intent, now);
            return handedOut(new FileUrl("put", input.workspaceId(), intent.hash(), intent.size(), intent.expiresAt(),
                    intent.id()));
        });
    }

    @Override
    public final PresignedUrl presignDownload(Caller caller, DownloadRequest input) {
        return parts.life.live(() -> {
            admit(caller, input, input.workspaceId());
            checkHash(input.hash());
            return download(input);
        });
    }

    PresignedUrl download(DownloadRequest input) {
        readable(input.workspaceId(), input.hash());
        return handedOut(new FileUrl("get", input.workspaceId(), input.hash(), 0,
                parts.clock.millis() + life(input.expiresInMs()), ""));
    }

    @Override
    public void commit(Caller caller, Commit input) {
        run(() -> {
            admit(caller, input, input.workspaceId());
            checkHash(input.hash());
            Shelf shelf = shelf(input.workspaceId());
            transact(shelf, () -> commit(shelf, input));
        });
    }

    @Override
    public void deleteObject(Caller caller, ObjectRef input) {
        run(() -> {
            admit(caller, input, input.workspaceId());
            Shelf shelf = shelf(input.workspaceId());
            transact(shelf, () -> shelf.files.computeIfPresent(input.hash(),
                    (hash, file) -> file.delete(parts.clock.millis())));
        });
    }

    @Override
    public Collected gc(Caller caller, CollectObjects input) {
        return parts.life.live(() -> {
            admit(caller, input, input.workspaceId());
            Shelf shelf = shelf(input.workspaceId());
            return transact(shelf, () -> {
                long before = parts.clock.millis() - 1000 * input.retentionSeconds();
                List<StoredFile> old = shelf.files.values().stream().filter(file -> isOld(file, before))
                        .filter(file -> isUnreferenced(input.workspaceId(), file))
                        .limit(input.limit() == null ? Long.MAX_VALUE : input.limit()).toList();
                old.forEach(file -> shelf.files.remove(file.hash()));
                return new Collected(old.size());
            });
        });
    }

    private void run(Runnable call) {
        parts.life.live(() -> {
            call.run();
            return null;
        });
    }

    <T> T transact(Shelf shelf, Supplier<T> work) {
        return shelf.transact(() -> {
            parts.life.step();
            return work.get();
        });
    }

    /** Refuses what is malformed (STOR-09), and callers from elsewhere (STOR-03). */
    void admit(Caller caller, Record input, String workspaceId) {
        Shape.check(caller, input);
        if (caller == null) {
            throw new ProviderException(401, "UNAUTHORIZED", "sign in first");
        }
        if (!workspaceId.equals(caller.workspaceId())) {
            throw ProviderException.forbidden("this is not the workspace of the session");
        }
    }

    void checkHash(String hash) {
        if (!HASH.matcher(hash).matches()) {
            throw ProviderException.badRequest("hash must be sha256: and 64 hex digits, or md5: and 32");
        }
    }

    /** How long a URL lives, in milliseconds (STOR-02). */
    long life(Long asked) {
        long most = 1000 * parts.settings.limits().urlSeconds();
        return Math.min(asked == null ? DEFAULT_LIFE_MS : asked, most);
    }

    Shelf shelf(String workspaceId) {
        return parts.disk.shelf(workspaceId);
    }

    /** Keeps room for what is to come (STOR-07). */
    void reserve(Shelf shelf, Intent intent, long now) {
        transact(shelf, () -> {
            shelf.intents.values().removeIf(old -> old.expiresAt() < now);
            checkRoom(shelf, intent.hash(), intent.size());
            return shelf.intents.put(intent.id(), intent);
        });
    }

    void checkRoom(Shelf shelf, String hash, long size) {
        if (used(shelf, hash) + size > parts.settings.limits().storageQuotaBytes()) {
            throw new ProviderException(413, "OVERSIZED", "this would go beyond the quota of the workspace");
        }
    }

    /** How much is stored or reserved, without one file. */
    long used(Shelf shelf, String without) {
        return stored(shelf, without) + shelf.intents.values().stream().filter(intent -> !intent.hash().equals(without))
                .filter(intent -> !shelf.files.containsKey(intent.hash())).mapToLong(Intent::size).sum();
    }

    static long stored(Shelf shelf, String without) {
        return shelf.files.values().stream().filter(file -> !file.deleted() && !file.hash().equals(without))
                .mapToLong(file -> file.bytes().length).sum();
    }

    PresignedUrl handedOut(FileUrl url) {
        return new PresignedUrl(parts.files.address() + url.text(signature(url)), told(url.expiresAt()), null, null, null,
                url.intent().isEmpty() ? null : url.intent());
    }

    /** How the end of a URL is told. */
    Long told(long expiresAt) {
        return expiresAt / 1000;
    }

    String signature(FileUrl url) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(parts.disk.urlKey, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(signed(url).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** What the signature covers. */
    String signed(FileUrl url) {
        return url.text("");
    }

    /** Takes the bytes of an upload, or gives those of a download. */
    final byte[] carry(FileUrl.Signed signed, Supplier<byte[]> body) {
        return parts.life.live(() -> {
            FileUrl url = signed.url();
            if (!MessageDigest.isEqual(signature(url).getBytes(StandardCharsets.UTF_8),
                    signed.signature().getBytes(StandardCharsets.UTF_8))) {
                throw ProviderException.forbidden("this URL was changed");
            }
            checkExpiry(url);
            return url.method().equals("put") ? take(url, body) : give(url);
        });
    }

    void checkExpiry(FileUrl url) {
        if (parts.clock.millis() >= url.expiresAt()) {
            throw ProviderException.forbidden("this URL has expired");
        }
    }

    byte[] take(FileUrl url, Supplier<byte[]> body) {
        byte[] bytes = body.get();
        checkBytes(url, bytes);
        Shelf shelf = shelf(url.workspaceId());
        return transact(shelf, () -> {
            if (!consume(shelf, url)) {
                throw ProviderException.conflict("this upload is done");
            }
            keep(shelf, url, bytes);
            return new byte[0];
        });
    }

    boolean consume(Shelf shelf, FileUrl url) {
        return shelf.intents.remove(url.intent()) != null;
    }

    void keep(Shelf shelf, FileUrl url, byte[] bytes) {
        shelf.files.compute(url.hash(), (hash, old) -> old != null && !old.deleted() ? old
                : new StoredFile(hash, bytes, parts.clock.millis(), false, false));
    }

    /** Refuses what is not what was announced (STOR-05). */
    void checkBytes(FileUrl url, byte[] bytes) {
        if (bytes.length != url.size() || !url.hash().equals(digest(url.hash(), bytes))) {
            throw ProviderException.badRequest("these bytes are not those that were announced");
        }
    }

    static String digest(String like, byte[] bytes) {
        String kind = like.substring(0, like.indexOf(':'));
        try {
            MessageDigest digest = MessageDigest.getInstance(kind.equals("md5") ? "MD5" : "SHA-256");
            return kind + ":" + HexFormat.of().formatHex(digest.digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has these digests", e);
        }
    }

    byte[] give(FileUrl url) {
        return readable(url.workspaceId(), url.hash()).bytes();
    }

    StoredFile readable(String workspaceId, String hash) {
        StoredFile file = shelf(workspaceId).files.get(hash);
        if (file == null || !isReadable(file)) {
            throw ProviderException.notFound("there is no such file");
        }
        return file;
    }

    boolean isReadable(StoredFile file) {
        return file.isReadable();
    }

    /** Makes a file readable, once (STOR-05). */
    StoredFile commit(Shelf shelf, Commit input) {
        StoredFile file = shelf.files.get(input.hash());
        if (file == null || file.deleted()) {
            throw ProviderException.notFound("nothing was uploaded under this hash");
        }
        if (file.bytes().length != input.sizeBytes()) {
            throw ProviderException.conflict("the file has another size");
        }
        return shelf.files.put(input.hash(), file.commit());
    }

    /** Whether a file came, or was deleted, before that time, in milliseconds since the epoch. */
    boolean isOld(StoredFile file, long before) {
        return file.since() < before;
    }

    /** Whether nothing speaks for keeping a file (STOR-06). */
    boolean isUnreferenced(String workspaceId, StoredFile file) {
        return !file.isReadable() && !isNamed(workspaceId, file.hash());
    }

    /** Whether a live row of file_meta names it. */
    boolean isNamed(String workspaceId, String hash) {
        return parts.resolution.current(parts.disk.space(workspaceId), new Key("file_meta", hash))
                .filter(row -> !row.deleted()).isPresent();
    }
}
