package dev.or3.tck.matrix.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A host with four users, each with a token that is their name and {@code -token}. */
public final class RunningHost implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    final Host host;
    final HostServer server;

    private RunningHost(Host host, HostServer server) {
        this.host = host;
        this.server = server;
    }

    public static RunningHost on(Path data, String sync) {
        return on(data, Map.of("OR3_SYNC_PROVIDER", sync));
    }

    public static RunningHost on(Path data, Map<String, String> others) {
        Map<String, String> environment = new HashMap<>(Map.of("SSR_AUTH_ENABLED", "true", "AUTH_PROVIDER", "basic-auth",
                "OR3_BASIC_AUTH_TOKENS", "olga:olga-token,eddie:eddie-token,vera:vera-token,stan:stan-token",
                "OR3_BASIC_AUTH_PASSWORDS", "olga:secret", "OR3_SYNC_ENABLED", "true", "OR3_SYNC_PROVIDER", "memory"));
        environment.putAll(others);
        Host host = Host.open(environment, data, RunningHost.class.getClassLoader());
        try {
            HostServer server = HostServer.start(host, environment, new InetSocketAddress("127.0.0.1", 0), line -> { });
            return new RunningHost(host, server);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same host once more, at another address, with something wrong. */
    RunningHost withFault(HostFault fault) {
        try {
            HostServer faulty = new HostServer(host, HostSettings.of(Map.of()), fault.gatekeeper(host),
                    Routes.ALL.stream().map(fault::route).toList(), line -> { })
                    .listen(new InetSocketAddress("127.0.0.1", 0));
            return new RunningHost(host, faulty);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public record Answer(int status, JsonNode body, HttpResponse<String> response) {
        public Answer is(int expected) {
            assertThat(status).as("%s", body).isEqualTo(expected);
            if (expected >= 400) {
                assertThat(body.path("statusCode").intValue()).isEqualTo(expected);
                assertThat(body.path("message").textValue()).isNotBlank();
            }
            return this;
        }
    }

    /** Asks on behalf of a user, or of nobody. */
    Answer ask(String user, String method, String path, String body) {
        return askWith(user == null ? null : "Bearer " + user + "-token", method, path, body);
    }

    Answer post(String user, String path, String body) {
        return ask(user, "POST", path, body);
    }

    Answer askWith(String authorization, String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path));
        if (authorization != null) {
            request.header("authorization", authorization);
        }
        request.method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), Json.parse(response.body()), response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A fresh workspace of a user. */
    public String workspaceOf(String user) {
        return post(user, "/api/workspaces", "{'name':'Work'}").is(200).body().path("workspaceId").textValue();
    }

    public URI address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
        host.close();
    }
}
