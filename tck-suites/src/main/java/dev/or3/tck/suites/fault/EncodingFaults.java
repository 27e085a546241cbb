package dev.or3.tck.suites.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.schema.WireSchema.Table;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult.ErrorCodes;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Faults in how payloads and keys survive storage. */
final class EncodingFaults {
    private static final FaultPart ENCODING = new FaultPart("encoding");

    private EncodingFaults() {
    }

    static List<Fault> all() {
        return List.of(
                ENCODING.fault("U01", "PUSH-12 SNAP-01 LWW-13",
                        "NUL, lone surrogates and characters beyond the BMP become question marks",
                        stored(payload -> Payloads.texts(payload, text ->
                                text.replaceAll("[\\x00\\uD800-\\uDFFF]|[^\\x00-\\uFFFF]", "?")))),
                ENCODING.fault("U02", "PUSH-12 PULL-11 LWW-11", "Text is normalized to NFC",
                        stored(payload -> Payloads.texts(payload, text -> Normalizer.normalize(text, Normalizer.Form.NFC)))),
                ENCODING.fault("U03", "PUSH-12 WIRE-02", "Numbers pass through 32-bit floating point",
                        stored(payload -> Payloads.map(payload, (name, value) -> Optional.of(!value.isNumber() ? value
                                : DecimalNode.valueOf(new BigDecimal(Float.toString(finite(value.floatValue())))))))),
                ENCODING.fault("U04", "LWW-11 LWW-01 LWW-10 SNAP-01 LWW-12 LWW-07 LWW-06",
                        "Keys are compared without regard to case and trailing blanks",
                        parts -> parts.use(new FoldedKeys(parts))),
                ENCODING.fault("U05", "PUSH-11", "The size of a payload is counted in characters instead of bytes",
                        parts -> parts.use(new Admission(parts) {
                            @Override
                            void checkSize(JsonText payload, String canonical) {
                                if (canonical.length() > parts.settings.limits().maxPayloadBytes()) {
                                    throw new Refusal(ErrorCodes.OVERSIZED, "payload is too large");
                                }
                            }
                        })),
                ENCODING.fault("U06", "PUSH-12 WIRE-01 LWW-13 SNAP-01", "Nulls and empty objects are dropped",
                        stored(payload -> Payloads.map(payload, (name, value) ->
                                value.isNull() || value.isObject() && value.isEmpty()
                                        ? Optional.empty() : Optional.of(value)))),
                ENCODING.fault("U07", "PUSH-12 WIRE-01 LWW-13 SNAP-01",
                        "Fields named __proto__ and fields without a name are lost",
                        stored(payload -> withoutFields(payload, Set.of("__proto__", "")))),
                ENCODING.fault("U08", "LWW-11 LWW-06 LWW-10 LWW-01 LWW-12 SNAP-01 LWW-08",
                        "A delete compares keys with LIKE, so that _ and % in a pk match others",
                        parts -> parts.use(new Like(parts))),
                ENCODING.fault("B51", "PUSH-11 PUSH-12", "A text that is too long is cut instead of refused",
                        parts -> parts.use(new Cutting(parts))),
                ENCODING.fault("P09", "WIRE-01 PUSH-12 LWW-13 SNAP-01", "Fields that the schema does not know are dropped",
                        parts -> parts.use(new KnownFieldsOnly(parts))),
                ENCODING.fault("B52", "WIRE-01 PUSH-12", "Field names come back in camelCase",
                        stored(EncodingFaults::camelCase)),
                ENCODING.fault("B53", "WIRE-02 PUSH-12 LWW-13 SNAP-01", "index is stored as a whole number",
                        stored(payload -> Payloads.field(payload, "index", value -> LongNode.valueOf(value.asLong())))),
                ENCODING.fault("B54", "WIRE-02 PUSH-12 LWW-13 SNAP-01", "order_key is stored in lower case",
                        stored(payload -> Payloads.field(payload, "order_key",
                                value -> TextNode.valueOf(value.asText().toLowerCase(Locale.ROOT))))),
                ENCODING.fault("B55", "WIRE-03 WIRE-04 PUSH-20",
                        "file_meta is expected to have an id, like the other tables",
                        parts -> parts.use(new Admission(parts) {
                            @Override
                            void checkIdentity(Operation operation, Table table, JsonNode payload, String workspaceId) {
                                super.checkIdentity(operation, table, payload, workspaceId);
                                if (!operation.isDelete() && !payload.path("id").asText().equals(operation.pk())) {
                                    throw Refusal.invalid("payload.id differs from pk");
                                }
                            }
                        })),
                ENCODING.fault("B56", "WIRE-04 PUSH-20", "The table posts is missing in the list of known tables",
                        parts -> parts.use(new Admission(parts) {
                            @Override
                            Table checkTarget(Operation operation) {
                                if ("posts".equals(operation.tableName())) {
                                    throw Refusal.invalid("tableName is unknown");
                                }
                                return super.checkTarget(operation);
                            }
                        })),
                ENCODING.fault("B57", "PULL-11 LWW-11", "Keys are stored with blanks at their ends removed and in NFC",
                        parts -> parts.use(new Admission(parts) {
                            @Override
                            Admitted admit(Caller caller, Space space, Operation operation) {
                                Admitted admitted = super.admit(caller, space, operation);
                                return admitted.withPk(Normalizer.normalize(operation.pk().strip(), Normalizer.Form.NFC));
                            }
                        })));
    }

    /** A twin that keeps another payload than came. */
    private static Consumer<Parts> stored(UnaryOperator<JsonNode> change) {
        return parts -> parts.use(new Admission(parts) {
            @Override
            JsonText stored(Operation operation, JsonNode payload) {
                return JsonText.of(change.apply(payload));
            }
        });
    }

    private static float finite(float value) {
        return Float.isFinite(value) ? value : Float.MAX_VALUE;
    }

    private static JsonNode withoutFields(JsonNode payload, Set<String> names) {
        return !(payload instanceof ObjectNode object) ? payload : object.deepCopy().remove(names);
    }

    private static JsonNode camelCase(JsonNode payload) {
        if (!(payload instanceof ObjectNode object)) {
            return payload;
        }
        ObjectNode renamed = object.objectNode();
        object.fields().forEachRemaining(field -> renamed.set(
                Pattern.compile("_([a-z])").matcher(field.getKey()).replaceAll(
                        letter -> letter.group(1).toUpperCase(Locale.ROOT)), field.getValue()));
        return renamed;
    }

    private static final class KnownFieldsOnly extends Admission {
        KnownFieldsOnly(Parts parts) {
            super(parts);
        }

        @Override
        JsonText stored(Operation operation, JsonNode payload) {
            Set<String> known = parts.schema.tables().get(operation.tableName()).fields().keySet();
            return !(payload instanceof ObjectNode object) ? operation.payload()
                    : JsonText.of(object.deepCopy().retain(known));
        }
    }

    private static final class Cutting extends Admission {
        private final int most;

        Cutting(Parts parts) {
            super(parts);
            most = parts.settings.limits().maxPayloadBytes() / 2;
        }

        @Override
        void checkSize(JsonText payload, String canonical) {
            // The columns hold what fits.
        }

        @Override
        JsonText stored(Operation operation, JsonNode payload) {
            return JsonText.of(Payloads.texts(payload, text -> text.length() <= most ? text : text.substring(0, most)));
        }
    }

    private static final class FoldedKeys extends Resolution {
        FoldedKeys(Parts parts) {
            super(parts);
        }

        @Override
        Row materialize(Entry entry) {
            Row row = super.materialize(entry);
            return row.withKey(fold(row.key()));
        }

        @Override
        Optional<Row> current(Space space, Key key) {
            return super.current(space, fold(key));
        }

        private static Key fold(Key key) {
            return new Key(key.tableName(), key.pk().toLowerCase(Locale.ROOT).stripTrailing());
        }
    }

    private static final class Like extends Resolution {
        Like(Parts parts) {
            super(parts);
        }

        @Override
        void store(Space space, Row winner, Optional<Row> loser) {
            super.store(space, winner, loser);
            String pk = winner.key().pk();
            if (winner.deleted() && (pk.contains("_") || pk.contains("%"))) {
                Pattern like = Pattern.compile("\\Q" + pk.replace("_", "\\E.\\Q").replace("%", "\\E.*\\Q") + "\\E",
                        Pattern.DOTALL);
                space.rows.keySet().removeIf(key -> key.tableName().equals(winner.key().tableName())
                        && like.matcher(key.pk()).matches());
            }
        }
    }
}
