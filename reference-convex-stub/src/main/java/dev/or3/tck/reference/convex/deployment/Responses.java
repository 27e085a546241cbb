package dev.or3.tck.reference.convex.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;

/** Answers in JSON. */
final class Responses {
    private Responses() {
    }

    /** What befell a request, other than that a function refused it. */
    static ResponseDefinitionBuilder trouble(int status, String code, String message) {
        return json(status, Values.object().put("code", code).put("message", message));
    }

    static ResponseDefinitionBuilder json(int status, ObjectNode body) {
        try {
            return new ResponseDefinitionBuilder().withStatus(status).withHeader("Content-Type", "application/json")
                    .withBody(Values.mapper().writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
