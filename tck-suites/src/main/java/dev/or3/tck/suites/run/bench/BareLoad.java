package dev.or3.tck.suites.run.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The yardstick: requests that were encoded before, over plain sockets that are kept open, a thread for each. It reads
 * answers to their end and looks at nothing in them but whether they say ok. Nothing that speaks HTTP does much less.
 */
final class BareLoad {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int MOST_BYTES = 64 << 20;
    private static final String OK = "{\"ok\":true";

    private final InetSocketAddress address;
    private final String path;

    BareLoad(URI base) {
        this.address = new InetSocketAddress(base.getHost(), base.getPort() < 0 ? 80 : base.getPort());
        this.path = base.getRawPath() + "/tck/v1/call";
    }

    /** A request as it goes over the line. */
    byte[] encode(byte[] body) {
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: " + address.getHostString() + ":" + address.getPort()
                + "\r\nConnection: keep-alive\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: "
                + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream whole = new ByteArrayOutputStream(head.length + body.length);
        whole.writeBytes(head);
        whole.writeBytes(body);
        return whole.toByteArray();
    }

    /**
     * Sends requests, a list for each connection, and returns how long that took in all.
     *
     * @return nanoseconds from the first byte sent to the last one received
     * @throws IOException if an answer does not come, or is no success
     */
    long run(List<List<byte[]>> lanes) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(lanes.size());
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < lanes.size(); i++) {
                Socket socket = new Socket();
                sockets.add(socket);
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                socket.connect(address, TIMEOUT_MILLIS);
            }
            List<Future<Void>> running = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < lanes.size(); i++) {
                List<byte[]> requests = lanes.get(i);
                Socket socket = sockets.get(i);
                running.add(threads.submit(() -> {
                    send(socket, requests);
                    return null;
                }));
            }
            for (Future<Void> each : running) {
                each.get(2, TimeUnit.MINUTES);
            }
            return System.nanoTime() - start;
        } finally {
            threads.shutdownNow();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static void send(Socket socket, List<byte[]> requests) throws IOException {
        OutputStream out = socket.getOutputStream();
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        for (byte[] request : requests) {
            out.write(request);
            byte[] body = answer(in);
            if (!new String(body, 0, Math.min(body.length, OK.length()), StandardCharsets.UTF_8).equals(OK)) {
                throw new IOException("the provider does not answer ok: "
                        + new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8));
            }
        }
    }

    private static byte[] answer(InputStream in) throws IOException {
        String status = line(in);
        int length = -1;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring("content-length:".length()).strip());
            }
        }
        if (!status.startsWith("HTTP/1.1 200") || length > MOST_BYTES) {
            throw new IOException("the provider answers '" + status + "'");
        }
        return length >= 0 ? exactly(in, length) : chunks(in);
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the answer breaks off");
        }
        return body;
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); ; size = Integer.parseInt(line(in), 16)) {
            if (size > MOST_BYTES - body.size()) {
                throw new IOException("the answer is larger than " + MOST_BYTES + " bytes");
            }
            body.writeBytes(exactly(in, size));
            line(in);
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() > 1 << 16) {
                throw new EOFException("the answer breaks off in its head");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
