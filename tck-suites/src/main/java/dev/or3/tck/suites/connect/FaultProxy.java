package dev.or3.tck.suites.connect;

import dev.or3.tck.suites.line.LineFault;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Stands between the kit and one address of a provider, on a port of its own on loopback, and does to the bytes of a call
 * what was asked for under its number (DUR-07). Whatever nothing was asked for passes. Closing it ends every connection
 * and thread. Safe for use by several threads.
 */
final class FaultProxy implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int BACKLOG = 64;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final URI upstream;
    private final Duration limit;
    private final ServerSocket listening;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, LineFault> asked = new ConcurrentHashMap<>();
    private final Set<String> done = ConcurrentHashMap.newKeySet();

    private FaultProxy(URI upstream, Duration limit, ServerSocket listening) {
        this.upstream = upstream;
        this.limit = limit;
        this.listening = listening;
    }

    /**
     * @param upstream where calls go
     * @param limit    how long the provider may take for an answer
     */
    static FaultProxy before(URI upstream, Duration limit) {
        try {
            FaultProxy proxy = new FaultProxy(upstream, limit,
                    new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
            proxy.thread("accepts", proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free for the fault proxy", e);
        }
    }

    /** The address at which it stands for the provider's. */
    URI base() {
        String path = upstream.getRawPath() == null ? "" : upstream.getRawPath();
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + path);
    }

    /** Asks for a fault in the call of that number, which is sent after this. */
    void ask(String call, LineFault fault) {
        asked.put(call, fault);
    }

    /** Whether what was asked for a call has been done to it. Forgets the call. */
    boolean settle(String call) {
        asked.remove(call);
        return done.remove(call);
    }

    /** How many connections are open, to both sides. */
    int connections() {
        return open.size();
    }

    LineFault take(WireMessage request) {
        LineFault fault = request.header(Endpoint.CALL_NUMBER).map(asked::get).orElse(null);
        return fault == null ? LineFault.NONE : fault;
    }

    /** Takes note that a fault was carried out, before the other side can notice. */
    void done(WireMessage request) {
        request.header(Endpoint.CALL_NUMBER).filter(asked::containsKey).ifPresent(done::add);
    }

    /** Holds a call; false if the proxy was closed meanwhile. */
    boolean hold() {
        try {
            return !closed.await(LineFault.DELAY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A connection to the provider, over TLS where its address says so. */
    Side dial() throws IOException {
        boolean secure = "https".equalsIgnoreCase(upstream.getScheme());
        int port = upstream.getPort() >= 0 ? upstream.getPort() : secure ? HTTPS : HTTP;
        Socket socket = new Socket();
        open.add(socket);
        try {
            socket.connect(new InetSocketAddress(upstream.getHost(), port), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            return new Side(secure ? secured(socket, port) : socket);
        } catch (IOException | RuntimeException e) {
            hangUp(socket);
            throw e;
        }
    }

    private Socket secured(Socket plain, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, upstream.getHost(), port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        open.remove(plain);
        open.add(socket);
        return socket;
    }

    String host() {
        return upstream.getRawAuthority();
    }

    void hangUp(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone in any case.
        }
    }

    /** One end of a line. */
    final class Side implements AutoCloseable {
        private final Socket socket;
        private final DeadlineInput timed;
        final InputStream in;

        Side(Socket socket) throws IOException {
            this.socket = socket;
            this.timed = new DeadlineInput(socket);
            this.in = new BufferedInputStream(timed);
        }

        void send(WireMessage message) throws IOException {
            message.writeTo(socket.getOutputStream());
        }

        void sendHalf(WireMessage message) throws IOException {
            message.writeHalfTo(socket.getOutputStream());
        }

        WireMessage answer() throws IOException {
            timed.within(limit);
            return WireMessage.answer(in);
        }

        /** Waits for the kit to say something for as long as it keeps the connection. */
        Optional<WireMessage> request() throws IOException {
            timed.within(Duration.ofDays(1));
            return WireMessage.request(in);
        }

        @Override
        public void close() {
            hangUp(socket);
        }
    }

    private void accept() {
        while (closed.getCount() > 0) {
            try {
                Socket kit = listening.accept();
                open.add(kit);
                kit.setTcpNoDelay(true);
                Side side = new Side(kit);
                thread("passes calls on", new Passage(this, side));
                if (closed.getCount() == 0) {
                    side.close();
                }
            } catch (IOException e) {
                // Closed, or the other side left before it was served.
            }
        }
    }

    private void thread(String what, Runnable work) {
        Thread thread = new Thread(work, "or3-tck fault proxy " + what);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listening.close();
        } catch (IOException e) {
            // It listens no more in any case.
        }
        open.forEach(this::hangUp);
    }
}
