package dev.or3.tck.suites.connect;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Collects an answer, but no more of it than any honest provider sends; what announces more is not even begun. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
    /** A little more than the protocol speaks of, for what is around the payloads. */
    static final int MAX_BYTES = 9 << 20;

    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final List<byte[]> chunks = new ArrayList<>();
    private final OptionalLong announced;
    private volatile int size;
    private Flow.Subscription subscription;

    /**
     * @param announced the length that the answer says it has
     */
    private BoundedBody(OptionalLong announced) {
        this.announced = announced;
    }

    static BoundedBody of(HttpResponse.ResponseInfo info) {
        return new BoundedBody(info.headers().firstValueAsLong("content-length"));
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (announced.isPresent() && announced.getAsLong() > MAX_BYTES) {
            giveUp();
        } else {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (body.isDone()) {
                return;
            }
            if (size + buffer.remaining() > MAX_BYTES) {
                giveUp();
                return;
            }
            byte[] chunk = new byte[buffer.remaining()];
            buffer.get(chunk);
            chunks.add(chunk);
            size += chunk.length;
        }
    }

    private void giveUp() {
        chunks.clear();
        subscription.cancel();
        body.completeExceptionally(new IOException("the answer is larger than " + MAX_BYTES + " bytes"));
    }

    /** Bytes that came so far. */
    int size() {
        return size;
    }

    @Override
    public void onError(Throwable cause) {
        chunks.clear();
        body.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
        byte[] whole = new byte[size];
        int at = 0;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, whole, at, chunk.length);
            at += chunk.length;
        }
        chunks.clear();
        body.complete(whole);
    }
}
