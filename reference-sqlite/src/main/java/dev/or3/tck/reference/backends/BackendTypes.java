package dev.or3.tck.reference.backends;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.config.Configuration.BackendType;
import dev.or3.tck.api.config.Configuration.FieldError;
import dev.or3.tck.api.config.Configuration.Validation;
import dev.or3.tck.api.config.Registry;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The known types of backends, the built-in ones and those registered while it runs (CFG-05). Safe for use by several
 * threads.
 */
public final class BackendTypes implements Registry {
    private final ConcurrentSkipListMap<String, Known> known = new ConcurrentSkipListMap<>();

    private record Known(BackendFactory factory, Set<String> capabilities, JsonText schema, Fields fields) {
    }

    /** With convex, notion, supabase and wordpress. */
    public BackendTypes() {
        HttpBackends.factories().forEach(this::register);
    }

    @Override
    public void register(BackendFactory factory) {
        JsonText schema = factory.schema();
        Known added = new Known(factory, new TreeSet<>(factory.capabilities()), schema, new Fields(schema.parse()));
        if (known.putIfAbsent(factory.type(), added) != null) {
            throw ProviderException.conflict("the type " + factory.type() + " is known already");
        }
    }

    /** All of them, in the order of their names. */
    public List<BackendType> list() {
        return known.entrySet().stream().map(type ->
                new BackendType(type.getKey(), type.getValue().capabilities(), type.getValue().schema())).toList();
    }

    /** The names of the types whose backends can do this. */
    public Set<String> having(String capability) {
        return known.entrySet().stream().filter(type -> type.getValue().capabilities().contains(capability))
                .map(type -> type.getKey()).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * What is wrong with a configuration: an error for each wrong field (CFG-01).
     *
     * @param type   the type it is to be of
     * @param config may have a {@code type} of its own, which must be the same
     * @throws ProviderException 400 if the configuration is no object
     */
    public Validation validate(String type, JsonText config) {
        ObjectNode fields = BackendConfig.object(config);
        JsonNode own = fields.remove(BackendConfig.TYPE);
        Known expected = known.get(type);
        if (expected == null) {
            return new Validation(false, List.of(new FieldError(BackendConfig.TYPE, "must be one of " + names())));
        }
        List<FieldError> errors = expected.fields().errors(fields);
        if (own != null && !own.asText().equals(type)) {
            errors = Stream.concat(Stream.of(new FieldError(BackendConfig.TYPE, "must be " + type)), errors.stream())
                    .toList();
        }
        return new Validation(errors.isEmpty(), errors);
    }

    /**
     * A configuration that keeps the schema of its type.
     *
     * @throws ProviderException 400 naming every wrong field and what is expected there
     */
    public BackendConfig valid(JsonText config) {
        BackendConfig read = BackendConfig.of(config);
        Validation validation = validate(read.type(), config);
        if (!validation.ok()) {
            throw ProviderException.badRequest(validation.errors().stream()
                    .map(error -> "config." + error.field() + " " + error.message()).collect(Collectors.joining("; ")));
        }
        return read;
    }

    /** A configuration as it may be shown: credentials are masked (CFG-09). */
    public JsonText masked(BackendConfig config) {
        ObjectNode fields = known(config.type()).fields().masked(config.fields());
        return BackendConfig.of(config.type(), fields).json();
    }

    /**
     * Opens a backend.
     *
     * @throws ProviderException 502 if it cannot be opened
     */
    public Backend open(BackendConfig config) {
        BackendFactory factory = known(config.type()).factory();
        try {
            return factory.create(config.json());
        } catch (RuntimeException e) {
            // Without its words and its cause: either may quote the configuration.
            throw new ProviderException(502, "BACKEND_FAILED", "the backend (" + config.type() + ") cannot be opened");
        }
    }

    /**
     * @throws ProviderException 409 if the type is not registered in this process
     */
    public void mustKnow(String type) {
        known(type);
    }

    private Known known(String type) {
        Known found = known.get(type);
        if (found == null) {
            throw ProviderException.conflict("the type " + type + " is not registered here: known are " + names());
        }
        return found;
    }

    private String names() {
        return String.join(", ", known.keySet());
    }
}
