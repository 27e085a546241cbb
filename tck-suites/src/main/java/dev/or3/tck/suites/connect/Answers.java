package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.ProviderException;
import java.io.IOException;
import java.lang.reflect.Type;

/**
 * Reads answers to the letter: a number is no text and a text no number, no key comes twice, and what is missing is not
 * made up.
 */
final class Answers {
    private static final String RESULT = "result";
    private static final int GARBAGE = 500;
    /** What helps only those who set up the parser. */
    private static final String ASIDES = " \\(start marker at .*|: enable `.*|, from `[^`]*`";

    private static final JsonMapper STRICT = strict();

    private Answers() {
    }

    private static JsonMapper strict() {
        JsonMapper.Builder builder = Json.mapper().rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // So that payloads are taken as they came, byte by byte: they are most of a page.
                .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
        builder.withCoercionConfig(LogicalType.Textual, config -> {
            for (CoercionInputShape shape : new CoercionInputShape[] {CoercionInputShape.Integer, CoercionInputShape.Float,
                CoercionInputShape.Boolean}) {
                config.setCoercion(shape, CoercionAction.Fail);
            }
        });
        return builder.build();
    }

    private record Envelope<T>(boolean ok, T result, Failure error) {
    }

    private record Failure(int status, String code, String message) {
    }

    /** A type of results, with its arguments. */
    static JavaType type(Type type) {
        return STRICT.constructType(type);
    }

    /**
     * Reads an answer to a call or a control.
     *
     * @param what the call, for messages
     * @throws ProviderException   as the answer says, or 500 if its result has another shape
     * @throws LostAnswerException if it is no answer of the protocol
     */
    static <T> T read(byte[] body, String what, JavaType result) {
        JavaType type = STRICT.getTypeFactory().constructParametricType(Envelope.class, result);
        Envelope<T> envelope;
        try {
            envelope = STRICT.readValue(body, type);
        } catch (IOException e) {
            if (e instanceof JsonMappingException mapping && isAboutShape(mapping)) {
                throw unlike(mapping, what);
            }
            throw new LostAnswerException(what + ": the answer is not JSON: " + firstLine(e), e);
        }
        if (envelope == null) {
            throw new LostAnswerException(what + ": the answer is null", null);
        }
        if (envelope.ok()) {
            return envelope.result();
        }
        throw failure(envelope.error(), what);
    }

    /**
     * Reads an answer that is the result itself.
     *
     * @throws ProviderException   500 if it has another shape
     * @throws LostAnswerException if it is not JSON
     */
    static Object bare(byte[] body, String what, JavaType result) {
        try {
            return STRICT.readValue(body, result);
        } catch (IOException e) {
            if (e instanceof JsonMappingException mapping && isAboutShape(mapping)) {
                throw garbage(mapping, what, "answer");
            }
            throw new LostAnswerException(what + ": the answer is not JSON: " + firstLine(e), e);
        }
    }

    private static RuntimeException unlike(JsonMappingException e, String what) {
        if (!e.getPath().isEmpty() && RESULT.equals(e.getPath().get(0).getFieldName())) {
            return garbage(e, what, RESULT);
        }
        return new LostAnswerException(what + ": the answer is not one of the protocol: " + firstLine(e), e);
    }

    private static ProviderException garbage(JsonMappingException e, String what, String part) {
        return new ProviderException(GARBAGE, "GARBAGE", what + ": the " + part + " does not fit at " + place(e) + ": "
                + firstLine(e), e);
    }

    private static RuntimeException failure(Failure error, String what) {
        if (error == null || error.status() < 400 || error.status() > 599) {
            return new LostAnswerException(what + ": the answer is not ok, but has no error with a status of 400 to 599",
                    null);
        }
        String message = error.message() == null ? "no message" : error.message();
        return new ProviderException(error.status(), error.code(), message);
    }

    /**
     * Reads a manifest.
     *
     * @throws UnreachableException if it is none, or one of another protocol
     */
    static Manifest manifest(byte[] body, String where) {
        try {
            int protocol = STRICT.readTree(body).path("protocol").asInt();
            if (protocol != Manifest.PROTOCOL) {
                throw new UnreachableException(where + " speaks protocol " + (protocol == 0 ? "of no number" : protocol)
                        + ", this kit speaks protocol " + Manifest.PROTOCOL, null);
            }
            return STRICT.readerFor(Manifest.class).without(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .readValue(body);
        } catch (IOException e) {
            if (e instanceof JsonMappingException mapping && isAboutShape(mapping)) {
                throw new UnreachableException("the manifest of " + where + " does not fit at " + place(mapping) + ": "
                        + firstLine(e), e);
            }
            throw new UnreachableException("the manifest of " + where + " is not JSON: " + firstLine(e), e);
        }
    }

    /** Not: that the text broke off, or was no JSON, somewhere within. */
    private static boolean isAboutShape(JsonMappingException e) {
        Throwable cause = e.getCause();
        return !(cause instanceof JsonProcessingException) || cause instanceof JsonMappingException
                || cause instanceof InputCoercionException;
    }

    private static String place(JsonMappingException e) {
        StringBuilder place = new StringBuilder();
        for (JsonMappingException.Reference reference : e.getPath()) {
            if (reference.getFieldName() == null) {
                place.append('[').append(reference.getIndex()).append(']');
            } else {
                place.append(place.length() == 0 ? "" : ".").append(reference.getFieldName());
            }
        }
        return place.length() == 0 ? "its top" : place.toString();
    }

    private static String firstLine(Exception e) {
        String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return message == null ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").replaceAll(ASIDES, "");
    }
}
