package dev.or3.tck.suites.connect;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The connections over which calls go: HTTP/1.1, no redirect followed, nothing retried, every answer bounded in
 * time and size. A blocking client, for the thread that calls waits anyway, and handing each call to others and back costs
 * more than the call. Safe for use by several threads.
 */
final class Connections {
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    /** A connection that idled longer is looked at before it is used: the provider may have closed it. */
    private static final TimeValue TRUSTED = TimeValue.ofMilliseconds(500);
    private static final int AT_MOST = 256;
    private static final int HEADER_LINE = 64 << 10;
    private static final int HEADERS = 200;
    private static final int CHUNK = 16 << 10;

    private final CloseableHttpClient client;

    private Connections(boolean kept) {
        client = open(kept);
    }

    /** Connections that stay open from call to call. */
    static Connections kept() {
        return new Connections(true);
    }

    /** One connection for each call, for a line that cuts them. */
    static Connections eachAnew() {
        return Anew.CLIENT;
    }

    private static final class Anew {
        private static final Connections CLIENT = new Connections(false);
    }

    private static CloseableHttpClient open(boolean kept) {
        Http1Config bounds = Http1Config.custom().setMaxLineLength(HEADER_LINE).setMaxHeaderCount(HEADERS).build();
        ConnectionConfig config = ConnectionConfig.custom()
                .setConnectTimeout(CONNECTING.toMillis(), TimeUnit.MILLISECONDS).setValidateAfterInactivity(TRUSTED).build();
        HttpClientBuilder builder = HttpClients.custom();
        if (!kept) {
            builder.setConnectionReuseStrategy((request, response, context) -> false);
        }
        return builder.disableAutomaticRetries().disableRedirectHandling().disableCookieManagement()
                .disableContentCompression().disableAuthCaching().setUserAgent("or3-tck")
                .setDefaultRequestConfig(RequestConfig.custom().setProtocolUpgradeEnabled(false).build())
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(bounds).build())
                        .setDefaultConnectionConfig(config).setMaxConnPerRoute(AT_MOST).setMaxConnTotal(AT_MOST).build())
                .build();
    }

    /** An answer that came whole. */
    record Answer(int status, Header number, byte[] body) {
    }

    /** An answer did not come whole in time, or nobody waits for it any more. */
    static final class CutOff extends IOException {
        private static final long serialVersionUID = 1L;
        /** Bytes of the body that came; -1 if not even the head did. */
        final int bytes;
        final boolean interrupted;

        CutOff(int bytes, boolean interrupted, Throwable cause) {
            super(cause);
            this.bytes = bytes;
            this.interrupted = interrupted;
        }
    }

    /**
     * Sends a request and reads the answer.
     *
     * @throws CutOff      if no whole answer came in time, or the thread was interrupted
     * @throws IOException if the connection breaks
     */
    Answer exchange(HttpUriRequestBase request, String numberHeader, Duration within) throws IOException {
        request.setConfig(RequestConfig.custom().setProtocolUpgradeEnabled(false)
                .setConnectionRequestTimeout(Timeout.of(within)).setResponseTimeout(Timeout.of(within)).build());
        Exchange exchange = new Exchange(request, within);
        Watch.UNDER_WAY.add(exchange);
        try {
            return client.execute(request, response -> {
                exchange.bytes = 0;
                return new Answer(response.getCode(), response.getFirstHeader(numberHeader), body(response, exchange));
            });
        } catch (IOException | RuntimeException e) {
            if (exchange.isOver()) {
                throw new CutOff(exchange.bytes, exchange.caller.isInterrupted(), e);
            }
            throw e;
        } finally {
            Watch.UNDER_WAY.remove(exchange);
        }
    }

    private static byte[] body(ClassicHttpResponse response, Exchange exchange) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        long announced = entity.getContentLength();
        if (announced > BoundedBody.MAX_BYTES) {
            throw exchange.tooLarge();
        }
        // One more than announced, so that the end is seen without growing.
        byte[] body = new byte[announced < 0 ? CHUNK : (int) announced + 1];
        InputStream in = entity.getContent();
        int size = 0;
        for (int read; (read = in.read(body, size, body.length - size)) >= 0; ) {
            size += read;
            exchange.bytes = size;
            if (size > BoundedBody.MAX_BYTES) {
                throw exchange.tooLarge();
            }
            if (size == body.length) {
                body = Arrays.copyOf(body, 2 * size);
            }
        }
        return Arrays.copyOf(body, size);
    }

    /** A call under way. */
    private static final class Exchange {
        private final HttpUriRequestBase request;
        private final Thread caller = Thread.currentThread();
        private final long deadline;
        private volatile boolean over;
        private volatile int bytes = -1;

        Exchange(HttpUriRequestBase request, Duration within) {
            this.request = request;
            this.deadline = System.nanoTime() + within.toNanos();
        }

        boolean isOver() {
            return over || System.nanoTime() - deadline >= 0 || caller.isInterrupted();
        }

        /** Blocked reads heed neither a limit for the whole nor an interrupt: the connection is taken from under them. */
        void endIfOver() {
            if (!over && isOver()) {
                over = true;
                request.cancel();
            }
        }

        /** Closes the connection at once: what is left of the answer is not read. */
        IOException tooLarge() {
            request.cancel();
            return new IOException("the answer is larger than " + BoundedBody.MAX_BYTES + " bytes");
        }
    }

    /** One thread that looks after all calls under way. */
    private static final class Watch {
        private static final Set<Exchange> UNDER_WAY = ConcurrentHashMap.newKeySet();
        private static final long EVERY_NANOS = 10_000_000;

        static {
            Thread thread = new Thread(() -> {
                while (true) {
                    UNDER_WAY.forEach(Exchange::endIfOver);
                    LockSupport.parkNanos(EVERY_NANOS);
                }
            }, "or3-tck calls");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
