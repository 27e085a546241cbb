package dev.or3.tck.reference.convex.deployment.functions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * One function of the deployment.
 *
 * @param kind how it is called
 */
public record Function(Kind kind, Body body) {
    /** Queries write nothing; actions are no transactions. */
    public enum Kind {
        QUERY, MUTATION, ACTION;

        /** The last part of the path by which functions of this kind are called. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What it does; null is the JSON null. */
    @FunctionalInterface
    interface Body {
        JsonNode run(Context context, Args args);
    }

    /** Runs it in the context's transaction. */
    public JsonNode run(Context context, JsonNode args) {
        return body.run(context, new Args(args));
    }
}
