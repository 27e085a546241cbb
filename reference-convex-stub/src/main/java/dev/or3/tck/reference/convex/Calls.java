package dev.or3.tck.reference.convex;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.tokens.Tokens;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the deployment's functions. What may pass by itself (no answer, 429, 5xx, a write conflict) is tried three times;
 * what must not be done twice carries an id, by which the deployment knows it again. Safe for use by several threads.
 */
final class Calls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    private static final int TRIES = 3;
    private static final long FIRST_DELAY_MILLIS = 20;
    private static final int CONNECTIONS = 64;
    /** The HTTP status with which some deployments say that the function itself failed. */
    private static final int FUNCTION_FAILED = 560;
    /** A deployment writes integers as {@code 1.0}. */
    private static final ObjectMapper MAPPER =
            Json.mapper().rebuild().enable(DeserializationFeature.ACCEPT_FLOAT_AS_INT).build();

    private final Endpoint endpoint;
    private final Tokens broker;
    private volatile CloseableHttpClient http = client();

    /**
     * @param broker where the token of a signed-in caller comes from; null to use the deployment's key for all calls
     */
    Calls(Endpoint endpoint, Tokens broker) {
        this.endpoint = endpoint;
        this.broker = broker;
    }

    private static CloseableHttpClient client() {
        return HttpClients.custom().disableAutomaticRetries().disableCookieManagement().disableRedirectHandling()
                .disableContentCompression()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create().setMaxConnPerRoute(CONNECTIONS)
                        .setMaxConnTotal(CONNECTIONS).setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.ofSeconds(5)).setSocketTimeout(Timeout.ofSeconds(30)).build())
                        .build())
                .build();
    }

    <T> T query(Caller caller, String function, JsonNode args, Class<T> type) {
        return bound(call("query", caller, function, args), MAPPER.constructType(type));
    }

    <T> T mutation(Caller caller, String function, JsonNode args, Class<T> type) {
        ObjectNode identified = args.deepCopy();
        return bound(call("mutation", caller, function, identified.put("requestId", UUID.randomUUID().toString())),
                MAPPER.constructType(type));
    }

    /** For what can be done twice without harm, and for actions. */
    <T> T repeatable(String kind, Caller caller, String function, JsonNode args, Class<T> type) {
        return bound(call(kind, caller, function, args), MAPPER.constructType(type));
    }

    <T> T query(Caller caller, String function, JsonNode args, JavaType type) {
        return bound(call("query", caller, function, args), type);
    }

    /** Whether there is a deployment, if need be at another place than before. */
    boolean isAnswered() {
        try {
            return isAnsweredNow();
        } catch (IOException e) {
            try {
                endpoint.lost();
                return isAnsweredNow();
            } catch (IOException | ProviderException again) {
                return false;
            }
        }
    }

    private boolean isAnsweredNow() throws IOException {
        return http.execute(new HttpGet(endpoint.address().url().resolve("/version")),
                response -> response.getCode() < 500);
    }

    static ObjectNode args(Object input) {
        if (input == null) {
            throw ProviderException.badRequest("the input is missing");
        }
        return MAPPER.valueToTree(input);
    }

    /** The type of a list. */
    static JavaType listOf(Class<?> element) {
        return MAPPER.getTypeFactory().constructCollectionType(List.class, element);
    }

    private static <T> T bound(JsonNode value, JavaType type) {
        if (value.isNull() || type.hasRawClass(Void.class)) {
            return null;
        }
        try {
            return MAPPER.treeToValue(value, type);
        } catch (JsonProcessingException e) {
            throw new ProviderException(502, "BAD_GATEWAY", "the deployment answered what the provider cannot read", e);
        }
    }

    private JsonNode call(String kind, Caller caller, String function, JsonNode args) {
        ObjectNode body = MAPPER.createObjectNode().put("path", function).put("format", "json");
        byte[] bytes = Json.writeUtf8(body.set("args", args));
        boolean mayBeDone = false;
        for (int attempt = 1; ; attempt++) {
            Answer answer = send(kind, caller, bytes);
            if (!answer.mayPass()) {
                return value(function, answer);
            }
            mayBeDone |= answer.mayBeDone();
            if (attempt == TRIES) {
                throw answer.status() == 429 && !mayBeDone
                        ? new ProviderException(429, "RATE_LIMITED", "the deployment has too many requests: try again later")
                        : new ProviderException(503, "UNAVAILABLE", "the deployment did not do " + function + " in " + TRIES
                                + " tries (" + answer.told() + ")");
            }
            pause(attempt);
        }
    }

    /** Four times as long each time, and never in step with others. */
    private static void pause(int attempt) {
        long most = FIRST_DELAY_MILLIS << 2 * (attempt - 1);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(most / 2, most + 1)));
    }

    /**
     * @param status 0 if there was none
     */
    private record Answer(int status, JsonNode body) {
        boolean mayPass() {
            return status == 0 || status == 429 || status >= 500 && status != FUNCTION_FAILED;
        }

        /** Whether the function may have been executed all the same. */
        boolean mayBeDone() {
            return status != 429;
        }

        String told() {
            return status == 0 ? "no answer" : "status " + status + " " + body.path("code").asText("");
        }
    }

    private Answer send(String kind, Caller caller, byte[] body) {
        Endpoint.Address address = endpoint.address();
        HttpPost request = new HttpPost(address.url().resolve("/api/" + kind));
        request.setHeader("Authorization", authorization(caller, address));
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        try {
            return http.execute(request, response -> new Answer(response.getCode(), parsed(response.getEntity() == null
                    ? new byte[0] : EntityUtils.toByteArray(response.getEntity()))));
        } catch (ConnectException e) {
            endpoint.lost();
            return new Answer(0, MAPPER.missingNode());
        } catch (IOException | IllegalStateException e) {
            // The latter from connections that a restart has closed.
            LOG.debug("no answer", e);
            return new Answer(0, MAPPER.missingNode());
        }
    }

    private String authorization(Caller caller, Endpoint.Address address) {
        if (broker != null && caller != null) {
            String token = broker.getProviderToken(caller, new Tokens.TokenRequest(ConvexProviderFactory.ID, "convex"));
            if (token == null) {
                throw new ProviderException(401, "UNAUTHORIZED", "the caller has no token for the deployment");
            }
            return "Bearer " + token;
        }
        if (address.adminKey() == null) {
            throw Settings.wrong(Settings.ADMIN_KEY + " is not set, and no token broker is at hand: set it to the key of the"
                    + " deployment");
        }
        return "Convex " + address.adminKey();
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            return MAPPER.missingNode();
        }
    }

    private static JsonNode value(String function, Answer answer) {
        JsonNode body = answer.body();
        String status = body.path("status").asText();
        if (status.equals("success")) {
            return body.path("value");
        }
        JsonNode told = body.path("errorData");
        if (status.equals("error") && told.path("status").isNumber()) {
            throw new ProviderException(told.path("status").asInt(), told.path("code").asText("UNKNOWN"),
                    told.path("message").asText("refused"));
        }
        LOG.error("{} failed: {} {}", function, answer.told(), body.path("errorMessage").asText(""));
        if (answer.status() == 401 || answer.status() == 403) {
            throw new ProviderException(500, "CONFIGURATION", "the deployment refuses the provider: check "
                    + Settings.ADMIN_KEY + ", or the token broker");
        }
        throw new ProviderException(500, "SERVER_ERROR", "the deployment's function " + function + " failed");
    }

    /** Closes all connections and begins anew; calls under way are made again. */
    void restart() {
        CloseableHttpClient old = http;
        http = client();
        old.close(CloseMode.IMMEDIATE);
    }

    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
        endpoint.close();
    }
}
