package dev.or3.tck.matrix.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.workspaces.Role;

/**
 * An endpoint.
 *
 * @param method    of HTTP
 * @param path      with the id of a workspace in place of {@code {id}}
 * @param axis      whose provider answers; the endpoint is absent while that is off
 * @param shape     what its body must look like, as {@link RequestSchema} knows it
 * @param rate      what it counts as
 * @param workspace where its workspace is named: a pointer into the body, {@code {id}} for the path, or null
 * @param role      what its caller must be in that workspace; null if there is none
 * @param act       what it does
 */
record Route(String method, String path, Axis axis, String shape, Rate rate, String workspace, Role role, Act act) {

    /** What requests count as where rates are limited. */
    enum Rate { PUSH, PULL, COLLECT, OTHER }

    /** Does what was asked, after everything was checked. */
    interface Act {
        /**
         * @param workspace the one it is about, or null
         * @return the answer, ready to be written as JSON; null for none
         */
        Object go(Host host, Session session, String workspace, ObjectNode body);
    }

    /** The workspace that a request is about; null if it names none. */
    String workspaceOf(String idInPath, JsonNode body) {
        return workspace == null ? null : workspace.equals("{id}") ? idInPath : body.at(workspace).textValue();
    }
}
