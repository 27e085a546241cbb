package dev.or3.tck.matrix.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.or3.tck.api.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between client and server, and keeps what travels. */
final class Recorder implements AutoCloseable {
    private final HttpServer server;
    private final List<Exchanged> exchanges = new CopyOnWriteArrayList<>();

    /**
     * @param request null for a GET
     */
    record Exchanged(String path, JsonNode request, JsonNode answer) {
    }

    private Recorder(HttpServer server) {
        this.server = server;
    }

    static Recorder before(URI target) throws IOException {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Recorder recorder = new Recorder(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10));
        recorder.server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + path));
            if (exchange.getRequestMethod().equals("POST")) {
                request.POST(HttpRequest.BodyPublishers.ofByteArray(body));
            }
            byte[] answer;
            try {
                answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()).body();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            recorder.exchanges.add(new Exchanged(path, body.length == 0 ? null : Json.mapper().readTree(body),
                    Json.mapper().readTree(answer)));
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        recorder.server.start();
        return recorder;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Exchanged last() {
        return exchanges.get(exchanges.size() - 1);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
