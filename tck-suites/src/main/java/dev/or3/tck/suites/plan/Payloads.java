package dev.or3.tck.suites.plan;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.schema.WireSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Whole records drawn from the wire schema, as JSON text. Each carries a nonce, so that no two are equal by accident.
 */
final class Payloads {
    /** Midnight at the beginning of 2026, in epoch seconds: the time of the oldest record. */
    static final long EPOCH = 1_767_225_600L;
    /** Fields that take any text; the others are ids, or words of a vocabulary. */
    private static final List<String> FREE_TEXTS = List.of("title", "content", "name", "order_key", "value");
    private static final Map<String, List<String>> WORDS = Map.of(
            "status", List.of("ready", "archived"), "role", List.of("user", "assistant", "system"),
            "post_type", List.of("note", "page"), "kind", List.of("image", "pdf"),
            "mime_type", List.of("image/png", "application/pdf"), "type", List.of("job.complete", "job.error"));

    private final WireSchema schema;
    private final boolean strict;
    private final Values values;

    Payloads(WireSchema schema, boolean strict, Values values) {
        this.schema = schema;
        this.strict = strict;
        this.values = values;
    }

    /**
     * A complete record, with extra fields unless the provider declares a strict schema.
     *
     * @param nonce unlike that of any other record in the plan
     * @param user  the owner of a private row
     * @param dice  chooses rich values; null for plain ones
     */
    String of(String table, String pk, long clock, int nonce, String user, Dice dice) {
        StringBuilder json = new StringBuilder(320).append('{');
        WireSchema.Table shape = schema.table(table).orElseThrow();
        shape.fields().forEach((name, field) -> {
            if (!name.equals("ref_count") || nonce % 2 == 0) {
                field(json, name, name.equals(shape.key()) ? Json.write(pk) : value(name, field, clock, nonce, user, dice));
            }
        });
        if (!strict) {
            field(json, "tck_nonce", "\"n" + nonce + "\"");
            if (dice != null) {
                extras(json, dice);
            }
        }
        return json.append('}').toString();
    }

    private void extras(StringBuilder json, Dice dice) {
        List<String> names = List.of(values.name(dice), values.name(dice), "\"extra_field\"");
        int count = dice.below(3);
        for (int i = 0; i < count; i++) {
            if (names.indexOf(names.get(i)) == i) {
                field(json, null, names.get(i) + ":" + values.any(dice));
            }
        }
    }

    /**
     * A record whose compact JSON has so many bytes in UTF-8, give or take a few for what the runner fills in.
     *
     * @param wide whether it is filled with characters of three bytes rather than one
     */
    String sized(String pk, long clock, int nonce, int bytes, boolean wide) {
        String frame = of("posts", pk, clock, nonce, null, null);
        String filler = wide ? "\u754c" : "a";
        int missing = bytes - frame.getBytes(StandardCharsets.UTF_8).length;
        String padding = filler.repeat(Math.max(0, missing / (wide ? 3 : 1)));
        return frame.replace("\"content\":\"", "\"content\":\"" + padding);
    }

    private static void field(StringBuilder json, String name, String value) {
        if (json.length() > 1) {
            json.append(',');
        }
        if (name != null) {
            json.append('"').append(name).append("\":");
        }
        json.append(value);
    }

    private String value(String name, WireSchema.Field field, long clock, int nonce, String user, Dice dice) {
        return switch (field.type()) {
            case text -> text(name, nonce, user, dice);
            case integer -> name.equals("clock") ? Long.toString(clock) : Integer.toString(nonce);
            case number -> dice == null ? Integer.toString(nonce) : values.number(dice);
            case bool -> name.equals("deleted") ? "false" : Boolean.toString(nonce % 3 == 0);
            case json -> dice == null ? "{}" : values.any(dice);
            case time -> Long.toString(EPOCH + (name.equals("updated_at") ? nonce : 0));
        };
    }

    private String text(String name, int nonce, String user, Dice dice) {
        if (name.equals("user_id")) {
            return "\"" + user + "\"";
        }
        List<String> words = WORDS.get(name);
        if (words != null) {
            return "\"" + words.get(nonce % words.size()) + "\"";
        }
        if (dice != null && FREE_TEXTS.contains(name) && (!strict || name.equals("content") || name.equals("value"))) {
            return values.text(dice);
        }
        return "\"" + name + " " + nonce + "\"";
    }
}
