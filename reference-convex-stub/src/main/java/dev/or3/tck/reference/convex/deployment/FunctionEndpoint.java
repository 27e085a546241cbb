package dev.or3.tck.reference.convex.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.or3.tck.reference.convex.deployment.database.ConflictException;
import dev.or3.tck.reference.convex.deployment.functions.Function;
import dev.or3.tck.reference.convex.deployment.functions.FunctionError;
import java.io.IOException;

/**
 * Answers {@code POST /api/query|mutation|action} with {@code {path, args, format}}. What a function throws is told with
 * status 200, as {@code {status: error, errorMessage, errorData}}; what befalls a request before or around it with a status
 * of its own, as {@code {code, message}}.
 */
final class FunctionEndpoint implements ResponseDefinitionTransformerV2 {
    static final String NAME = "convex-function";
    private static final String CLOCK = "tck:clock";

    private final Runner runner;
    private final Identities identities;
    private final Weather weather;

    FunctionEndpoint(Runner runner, Identities identities, Weather weather) {
        this.runner = runner;
        this.identities = identities;
        this.weather = weather;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        Weather.Moment moment = weather.next();
        ResponseDefinitionBuilder response = switch (moment.event()) {
            case RESET -> reset();
            case RATE_LIMITED -> Responses.trouble(429, "RateLimited", "too many requests");
            case SERVER_ERROR -> Responses.trouble(500, "InternalServerError",
                    "Your request couldn't be completed. Try again later.");
            case UNAVAILABLE -> Responses.trouble(503, "ServiceUnavailable", "the deployment is overloaded");
            case LOST_ANSWER -> {
                answer(event.getRequest());
                yield reset();
            }
            case NONE -> answer(event.getRequest());
        };
        return (moment.delayMillis() == 0 ? response : response.withFixedDelay(moment.delayMillis())).build();
    }

    private static ResponseDefinitionBuilder reset() {
        return new ResponseDefinitionBuilder().withFault(Fault.CONNECTION_RESET_BY_PEER);
    }

    private ResponseDefinitionBuilder answer(Request request) {
        Identities.Identity identity = identities.of(request.getHeader("Authorization"));
        if (!identity.admitted()) {
            return Responses.trouble(401, "Unauthenticated", "neither the deployment's key nor a valid token was sent");
        }
        JsonNode call;
        try {
            call = Values.mapper().readTree(request.getBody());
        } catch (IOException e) {
            return Responses.trouble(400, "BadJsonBody", "the body is no JSON");
        }
        String path = call.path("path").asText();
        if (!call.path("args").isObject() || !call.path("format").asText("json").equals("json")) {
            return Responses.trouble(400, "BadArguments", "args must be an object, and format json");
        }
        try {
            if (path.equals(CLOCK) && request.getUrl().endsWith("/action") && identity.user() == null) {
                long now = runner.ahead(call.path("args").path("offsetSeconds").asLong());
                return success(Values.object().put("now", now));
            }
            Function function = runner.find(path, request.getUrl());
            return function == null ? error(404, "NO_FUNCTION", "Could not find public function for '" + path + "'")
                    : success(runner.run(function, identity.user(), call.path("args")));
        } catch (FunctionError e) {
            return error(e.status(), e.code(), e.getMessage());
        } catch (ConflictException e) {
            return Responses.trouble(503, "OptimisticConcurrencyControlFailure", e.getMessage());
        }
    }

    private static ResponseDefinitionBuilder success(JsonNode value) {
        ObjectNode body = Values.object().put("status", "success");
        body.set("value", value);
        body.putArray("logLines");
        return Responses.json(200, body);
    }

    private static ResponseDefinitionBuilder error(int status, String code, String message) {
        ObjectNode body = Values.object().put("status", "error").put("errorMessage", "Uncaught ConvexError: " + message);
        body.putObject("errorData").put("status", status).put("code", code).put("message", message);
        body.putArray("logLines");
        return Responses.json(200, body);
    }
}
