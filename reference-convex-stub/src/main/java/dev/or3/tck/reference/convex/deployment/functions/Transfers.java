package dev.or3.tck.reference.convex.deployment.functions;

import dev.or3.tck.reference.convex.deployment.database.Document;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Function;

/** What the deployment does at the URLs of {@code storage:presignUpload} and {@code storage:presignDownload}. */
public final class Transfers {
    private Transfers() {
    }

    /** Runs something in a transaction. */
    public interface Transactor {
        <T> T read(Function<Context, T> work);

        <T> T write(Function<Context, T> work);
    }

    /**
     * Bytes that are handed out.
     *
     * @param mimeType as it was announced
     */
    public record Content(byte[] bytes, String mimeType) {
    }

    /**
     * Takes the bytes of an upload, if they are those that were announced.
     *
     * @return the id of the file
     * @throws FunctionError if they are not, or the URL is of no use
     */
    public static String take(Transactor transactor, FileStore files, String token, byte[] bytes) {
        Document upload = transactor.read(context -> StorageFunctions.upload(context, token));
        if (bytes.length != upload.number("size") || !upload.text("hash").equals(digest(upload.text("hash"), bytes))) {
            throw FunctionError.badRequest("these bytes are not those that were announced");
        }
        String id = UUID.randomUUID().toString();
        files.put(id, bytes);
        String kept = null;
        try {
            kept = transactor.write(context -> StorageFunctions.received(context, token, id));
            return kept;
        } finally {
            if (!id.equals(kept)) {
                files.delete(id);
            }
        }
    }

    /**
     * The bytes of a download.
     *
     * @throws FunctionError if there are none, or the URL is of no use
     */
    public static Content give(Transactor transactor, FileStore files, String storageId, String token) {
        Document file = transactor.read(context -> StorageFunctions.download(context, storageId, token));
        byte[] bytes = files.get(storageId);
        if (bytes == null) {
            throw FunctionError.notFound("there is no such file");
        }
        return new Content(bytes, file.text("mimeType"));
    }

    /** By the algorithm of another digest. */
    private static String digest(String like, byte[] bytes) {
        String kind = like.substring(0, like.indexOf(':'));
        try {
            MessageDigest digest = MessageDigest.getInstance(kind.equals("md5") ? "MD5" : "SHA-256");
            return kind + ":" + HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has these digests", e);
        }
    }
}
