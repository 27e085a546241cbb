package dev.or3.tck.api.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The shape of a record that travels as JSON, and what in a given input does not fit it. Only what no correct provider
 * takes counts as misfit: another type, a part that is missing, a name that is far too long, a negative number, another
 * user's id in the place of the caller's. Immutable, and safe for use by several threads.
 *
 * @param parts in the order of the record
 */
public record Shape(List<Part> parts) {

    /** How long names and ids may be, in characters, where a provider of this kit takes them. */
    public static final int LONGEST_NAME = 1024;
    /** From so many characters on a name is too long for every provider. */
    public static final int FAR_TOO_LONG = 8192;

    private static final Map<Class<?>, Shape> KNOWN = new ConcurrentHashMap<>();

    public Shape {
        parts = List.copyOf(parts);
    }

    /** What kind of value a part takes. */
    public enum Kind { TEXT, NUMBER, FLAG, CHOICE, RECORD, LIST, ANYTHING }

    /**
     * @param name     as in JSON
     * @param inner    the shape of a record, or of a list's records; null for all else
     * @param optional whether it may be absent
     * @param longText whether it may be of any length
     * @param acting   whether it must be the caller's own id
     */
    public record Part(String name, Kind kind, Shape inner, boolean optional, boolean longText, boolean acting) {

        private boolean takes(JsonNode value) {
            return switch (kind) {
                case TEXT, CHOICE -> value.isValueNode();
                case NUMBER -> value.isNumber();
                case FLAG -> value.isBoolean();
                case RECORD -> value.isObject();
                case LIST -> value.isArray();
                case ANYTHING -> true;
            };
        }
    }

    /**
     * @param caller whether it is about who calls, and not about what was sent
     * @param words  what does not fit, in a few words that begin with the part's name
     */
    public record Misfit(boolean caller, String words) {
    }

    /** The shape of a record. */
    public static Shape of(Class<?> record) {
        Shape known = KNOWN.get(record);
        if (known == null) {
            known = read(record);
            KNOWN.put(record, known);
        }
        return known;
    }

    private static Shape read(Class<?> record) {
        Map<String, String> names = Json.mapper().getSerializationConfig()
                .introspect(Json.mapper().constructType(record)).findProperties().stream()
                .collect(Collectors.toMap(BeanPropertyDefinition::getInternalName, BeanPropertyDefinition::getName));
        List<Part> parts = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            Class<?> type = component.getType();
            Kind kind = kind(type);
            Class<?> nested = kind == Kind.LIST && component.getGenericType() instanceof ParameterizedType list
                    && list.getActualTypeArguments()[0] instanceof Class<?> element ? element : type;
            parts.add(new Part(names.getOrDefault(component.getName(), component.getName()), kind,
                    nested.isRecord() && kind != Kind.ANYTHING ? of(nested) : null,
                    component.isAnnotationPresent(OrNull.class), component.isAnnotationPresent(LongText.class),
                    component.isAnnotationPresent(Acting.class)));
        }
        return new Shape(parts);
    }

    private static Kind kind(Class<?> type) {
        if (type == String.class) {
            return Kind.TEXT;
        }
        if (type == Boolean.class || type == boolean.class) {
            return Kind.FLAG;
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return Kind.NUMBER;
        }
        if (type.isEnum()) {
            return Kind.CHOICE;
        }
        if (List.class.isAssignableFrom(type)) {
            return Kind.LIST;
        }
        return type.isRecord() && type != JsonText.class ? Kind.RECORD : Kind.ANYTHING;
    }

    /** Whether a part says who acts. */
    public boolean namesActor() {
        return parts.stream().anyMatch(Part::acting);
    }

    /**
     * The first thing that does not fit, or empty. A text that is a number is let through: readers of JSON differ in that.
     *
     * @param caller  who calls, or null
     * @param longest so many characters a name may have
     */
    public Optional<Misfit> misfit(JsonNode input, Caller caller, int longest) {
        if (!input.isObject()) {
            return Optional.of(new Misfit(false, "the input is no object"));
        }
        if (namesActor() && caller == null) {
            return Optional.of(new Misfit(true, "nobody is signed in"));
        }
        return parts.stream().map(part -> misfit(part, input.path(part.name()), caller, longest))
                .flatMap(Optional::stream).findFirst();
    }

    private static Optional<Misfit> misfit(Part part, JsonNode value, Caller caller, int longest) {
        Function<String, Optional<Misfit>> wrong = words -> Optional.of(new Misfit(false, part.name() + " " + words));
        if (value.isMissingNode() || value.isNull()) {
            return part.optional() || part.kind() == Kind.ANYTHING ? Optional.empty() : wrong.apply("is missing");
        }
        if (!part.takes(value)) {
            return wrong.apply("is of another type");
        }
        if (part.kind() == Kind.NUMBER && value.asDouble() < 0) {
            return wrong.apply("is negative");
        }
        if (part.kind() == Kind.TEXT && !part.longText() && value.asText().length() > longest) {
            return wrong.apply("is too long");
        }
        if (part.acting() && !value.asText().equals(caller.userId())) {
            return Optional.of(new Misfit(true, part.name() + " is not the caller's"));
        }
        if (part.inner() == null) {
            return Optional.empty();
        }
        if (part.kind() == Kind.RECORD) {
            return part.inner().misfit(value, caller, longest);
        }
        for (JsonNode element : value) {
            Optional<Misfit> found = part.inner().misfit(element, caller, longest);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * Refuses an input that does not fit its record, before anything is done.
     *
     * @throws ProviderException 400, 401 if nobody is signed in, or 403 if it names another user
     */
    public static void check(Caller caller, Record input) {
        of(input.getClass()).misfit(Json.mapper().valueToTree(input), caller, LONGEST_NAME).ifPresent(misfit -> {
            if (!misfit.caller()) {
                throw ProviderException.badRequest(misfit.words());
            }
            throw caller == null ? new ProviderException(401, "UNAUTHORIZED", misfit.words())
                    : ProviderException.forbidden(misfit.words());
        });
    }
}
