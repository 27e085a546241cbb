package dev.or3.tck.suites.connect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Lets a body through and keeps its size, its hash and its beginning. */
final class Sieve implements HttpResponse.BodySubscriber<Sieve.Sifted> {
    /** Far more than the kit ever sent. */
    private static final long MAX_BYTES = 256L << 20;
    private static final int KEPT = 4096;

    /**
     * @param size   in bytes
     * @param sha256 in hex
     */
    record Sifted(long size, String sha256, byte[] beginning) {
    }

    private final CompletableFuture<Sifted> sifted = new CompletableFuture<>();
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    private final MessageDigest digest;
    private Flow.Subscription subscription;
    private long size;

    Sieve() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public CompletionStage<Sifted> getBody() {
        return sifted;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            size += buffer.remaining();
            byte[] kept = new byte[Math.min(buffer.remaining(), KEPT - beginning.size())];
            buffer.duplicate().get(kept);
            beginning.writeBytes(kept);
            digest.update(buffer);
        }
        if (size > MAX_BYTES) {
            subscription.cancel();
            sifted.completeExceptionally(new IOException("the body is larger than " + MAX_BYTES + " bytes"));
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onError(Throwable cause) {
        sifted.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
        sifted.complete(new Sifted(size, HexFormat.of().formatHex(digest.digest()), beginning.toByteArray()));
    }
}
