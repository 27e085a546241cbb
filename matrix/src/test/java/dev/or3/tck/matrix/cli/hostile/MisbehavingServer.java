package dev.or3.tck.matrix.cli.hostile;

import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.Provider;
import dev.or3.tck.matrix.serve.ProtocolServer;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A sound provider behind a server that does to its answers, byte by byte, what a behaviour wants. */
public final class MisbehavingServer implements AutoCloseable {
    private static final int REQUESTS_UNTIL_EXIT = 40;
    private static final int EXIT_CODE = 9;

    private final ServerSocket listening;
    private final Provider provider;
    private final ProtocolServer honest;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    /** What happens to a request; an exception closes the connection. */
    public interface Behaviour {
        void answer(Asked asked) throws IOException, InterruptedException;
    }

    /** A request, and where its answer goes. */
    public final class Asked {
        private final String head;
        private final byte[] body;
        private final int number;
        private final int connection;
        private final OutputStream out;

        private Asked(String head, byte[] body, int connection, OutputStream out) {
            this.head = head;
            this.body = body;
            this.number = requests.incrementAndGet();
            this.connection = connection;
            this.out = out;
        }

        public String path() {
            return head.split(" ", 3)[1];
        }

        public boolean isManifest() {
            return path().endsWith("/manifest");
        }

        /** Whether it is a call of that method. */
        public boolean calls(String method) {
            return text().contains("\"method\":\"" + method + "\"");
        }

        public String head() {
            return head;
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** Counts requests, from 1. */
        public int number() {
            return number;
        }

        /** Counts connections, from 1. */
        public int connection() {
            return connection;
        }

        public OutputStream out() {
            return out;
        }

        /** What a sound provider answers. */
        public String honest() throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(honest.address() + path()));
            return client.send(head.startsWith("GET") ? request.GET().build()
                    : request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString()).body();
        }

        /** Answers as a sound bridge does. */
        public void send(String json) throws IOException {
            send(200, "", json.getBytes(StandardCharsets.UTF_8));
        }

        public void send(int status, String headers, byte[] content) throws IOException {
            write("HTTP/1.1 " + status + " Whatever\r\ncontent-type: application/json\r\n" + headers + "content-length: "
                    + content.length + "\r\n\r\n");
            out.write(content);
            out.flush();
        }

        public void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }

    private MisbehavingServer(ServerSocket listening, Provider provider, ProtocolServer honest) {
        this.listening = listening;
        this.provider = provider;
        this.honest = honest;
    }

    /** As a command: serves soundly for a while, and then exits. */
    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(System.getenv("OR3_TCK_DATA"));
        start(data, Integer.parseInt(System.getenv("PORT")), asked -> {
            if (asked.number() == REQUESTS_UNTIL_EXIT) {
                System.out.println("the licence has expired");
                System.exit(EXIT_CODE);
            }
            asked.send(asked.honest());
        });
    }

    public static MisbehavingServer start(Path directory, Behaviour behaviour) throws IOException {
        return start(directory, 0, behaviour);
    }

    public static MisbehavingServer start(Path directory, int port, Behaviour behaviour) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Provider provider = new MemoryProviderFactory().open(ProviderConfig.in(directory));
        MisbehavingServer server = new MisbehavingServer(new ServerSocket(port, 50, loopback), provider,
                ProtocolServer.start(provider, new InetSocketAddress(loopback, 0)));
        daemon(() -> {
            while (true) {
                Socket socket = server.listening.accept();
                socket.setTcpNoDelay(true);
                server.sockets.add(socket);
                int connection = server.connections.incrementAndGet();
                daemon(() -> server.serve(socket, connection, behaviour));
            }
        });
        return server;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** How many requests came. */
    public int requests() {
        return requests.get();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                // The test is over, the client has gone away, or the behaviour wants it so.
            }
        }, "misbehaving server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket, int connection, Behaviour behaviour) throws IOException, InterruptedException {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String head; (head = head(in)) != null; ) {
                behaviour.answer(new Asked(head, in.readNBytes(contentLength(head)), connection, socket.getOutputStream()));
                socket.getOutputStream().flush();
            }
        } finally {
            sockets.remove(socket);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next; (next = in.read()) >= 0; ) {
            head.append((char) next);
            if (next == '\n' && head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.toString();
            }
        }
        return null;
    }

    private static int contentLength(String head) {
        return head.lines().map(line -> line.toLowerCase(Locale.ROOT)).filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip())).findFirst().orElse(0);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        honest.close();
        provider.close();
    }
}
