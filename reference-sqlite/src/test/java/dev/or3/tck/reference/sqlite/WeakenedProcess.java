package dev.or3.tck.reference.sqlite;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.protocol.Dispatcher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/** A process that serves the reference, as it is or weakened, at the port and over the directory that the kit gives. */
final class WeakenedProcess {
    private WeakenedProcess() {
    }

    public static void main(String[] arguments) throws IOException {
        Provider provider = Weakness.valueOf(arguments[0]).open(Path.of(System.getenv("OR3_TCK_DATA")));
        Dispatcher dispatcher = new Dispatcher(provider);
        int port = Integer.parseInt(System.getenv("PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/tck/v1/manifest", exchange -> write(exchange, provider.manifest()));
        server.createContext("/tck/v1/call", exchange -> answer(exchange, input -> dispatcher.call(
                input.get("component").asText(), input.get("method").asText(),
                Json.mapper().treeToValue(input.get("as"), Caller.class), input.get("input"))));
        server.createContext("/tck/v1/control/", exchange -> answer(exchange, input -> dispatcher.control(
                exchange.getRequestURI().getPath().replaceFirst(".*/", ""), input)));
        server.start();
    }

    private interface Work {
        Object on(JsonNode input) throws IOException;
    }

    private static void answer(HttpExchange exchange, Work work) throws IOException {
        Map<String, Object> answer = new HashMap<>();
        try {
            answer.put("result", work.on(Json.mapper().readTree(exchange.getRequestBody())));
            answer.put("ok", true);
        } catch (ProviderException e) {
            answer.put("ok", false);
            answer.put("error", Map.of("status", e.status(), "code", e.code(), "message", e.getMessage()));
        }
        write(exchange, answer);
    }

    private static void write(HttpExchange exchange, Object answer) throws IOException {
        byte[] bytes = Json.writeUtf8(answer);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
