package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.or3.tck.api.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process that speaks the protocol just enough to be started, asked about itself and killed. */
final class TinyProvider {
    private static volatile long clock;

    private TinyProvider() {
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, String> environment = System.getenv();
        Map<String, Object> self = new HashMap<>(environment);
        self.put("pid", ProcessHandle.current().pid());
        self.put("arguments", List.of(arguments));
        if ("true".equals(environment.get("TINY_STRICT")) && !environment.containsKey("TINY_PATH")) {
            System.out.println("TINY_PATH is missing");
            System.exit(Integer.parseInt(environment.getOrDefault("TINY_EXIT", "2")));
        }
        int port = Integer.parseInt(environment.get("PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10);
        server.createContext("/", exchange -> {
            JsonNode body = Json.mapper().readTree(exchange.getRequestBody());
            String path = exchange.getRequestURI().getPath();
            Object answer;
            if (path.equals("/tck/v1/manifest")) {
                answer = Map.of("protocol", Integer.parseInt(environment.getOrDefault("OR3_PROTOCOL", "1")), "provider",
                        Map.of("id", "tiny", "name", "tiny", "version", "1"), "controls", List.of("clock"),
                        "starts", Map.of("path", "TINY_PATH", "strict", "TINY_STRICT", "schema", "TINY_SCHEMA"));
            } else if (path.endsWith("/clock")) {
                clock = body.get("offsetSeconds").asLong();
                answer = Map.of("ok", true, "result", Map.of("now", System.currentTimeMillis() / 1000 + clock));
            } else {
                self.put("clock", clock);
                answer = Map.of("ok", true, "result", self);
            }
            byte[] bytes = Json.writeUtf8(answer);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Files.createFile(Path.of(environment.get("OR3_TCK_DATA"), "died-gracefully"));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }));
        server.start();
        System.out.println("tiny provider listens");
    }
}
