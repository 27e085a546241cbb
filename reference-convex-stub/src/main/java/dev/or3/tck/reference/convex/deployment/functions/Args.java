package dev.or3.tck.reference.convex.deployment.functions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The arguments of a function, validated as they are read. */
record Args(JsonNode values) {

    String text(String name) {
        String text = textOrNull(name);
        if (text == null || text.isEmpty()) {
            throw FunctionError.badRequest(name + " is missing");
        }
        return text;
    }

    String textOrNull(String name) {
        JsonNode value = values.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw FunctionError.badRequest(name + " is no text");
        }
        return value.textValue();
    }

    long number(String name, long from, long to) {
        JsonNode value = values.path(name);
        if (!value.isNumber() || value.decimalValue().stripTrailingZeros().scale() > 0) {
            throw FunctionError.badRequest(name + " is no integer");
        }
        if (value.asDouble() < from || value.asDouble() > to) {
            throw FunctionError.badRequest(name + " is less than " + from + " or more than " + to);
        }
        return value.longValue();
    }

    long number(String name, long from, long to, long otherwise) {
        return has(name) ? number(name, from, to) : otherwise;
    }

    boolean flag(String name) {
        return values.path(name).asBoolean(false);
    }

    boolean has(String name) {
        return values.hasNonNull(name);
    }

    List<Args> list(String name) {
        if (!values.path(name).isArray()) {
            throw FunctionError.badRequest(name + " is no list");
        }
        List<Args> list = new ArrayList<>();
        values.path(name).forEach(value -> list.add(new Args(value)));
        return list;
    }

    /** Texts; none if there is no such list. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        values.path(name).forEach(value -> texts.add(value.asText()));
        return texts;
    }
}
