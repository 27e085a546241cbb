package dev.or3.tck.suites.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that misbehaves on the level of bytes: what it writes to a request is up to the test. */
final class RawServer implements AutoCloseable {
    private final ServerSocket listening;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** What happens to a request whose head and body were read. */
    interface Behaviour {
        void answer(String head, OutputStream out) throws IOException, InterruptedException;
    }

    private RawServer(ServerSocket listening) {
        this.listening = listening;
    }

    static RawServer start(Behaviour behaviour) throws IOException {
        RawServer server = new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        daemon(() -> {
            while (true) {
                Socket socket = server.listening.accept();
                server.sockets.add(socket);
                daemon(() -> server.serve(socket, behaviour));
            }
        });
        return server;
    }

    /** Answers every request with that body, in which ' stands for ". */
    static RawServer answering(String body) throws IOException {
        return answering(json(body));
    }

    static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    static RawServer answering(byte[] body) throws IOException {
        return start((head, out) -> {
            write(out, "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length + "\r\n\r\n");
            out.write(body);
        });
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** The heads of all requests that came. */
    List<String> requests() {
        return requests;
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                // The test is over, or the client has gone away.
            }
        }, "raw server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket, Behaviour behaviour) throws IOException, InterruptedException {
        try (socket) {
            InputStream in = socket.getInputStream();
            for (String head; (head = head(in)) != null; ) {
                requests.add(head);
                in.readNBytes(contentLength(head));
                behaviour.answer(head, socket.getOutputStream());
                socket.getOutputStream().flush();
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next; (next = in.read()) >= 0; ) {
            head.append((char) next);
            if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.toString();
            }
        }
        return null;
    }

    private static int contentLength(String head) {
        return head.lines().map(String::toLowerCase).filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip())).findFirst().orElse(0);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
