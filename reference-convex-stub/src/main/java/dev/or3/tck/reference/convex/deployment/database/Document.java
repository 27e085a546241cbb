package dev.or3.tck.reference.convex.deployment.database;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One document as it was committed. Its fields must not be changed: {@link Transaction#patch} makes another one.
 *
 * @param id later documents have greater ones
 */
public record Document(String table, long id, ObjectNode fields) {

    /** The text of a field, or null. */
    public String text(String field) {
        return fields.path(field).textValue();
    }

    public long number(String field) {
        return fields.path(field).longValue();
    }

    public boolean flag(String field) {
        return fields.path(field).booleanValue();
    }
}
