package dev.or3.tck.suites.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.config.Configuration;
import dev.or3.tck.api.config.Registry;
import dev.or3.tck.api.shape.Shape;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.fault.ConfigTables.Organization;
import dev.or3.tck.suites.fault.ConfigTables.Row;
import dev.or3.tck.suites.fault.ConfigTables.Use;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Which backend an organization uses (CFG rules). Changes of one organization take their turns. */
class Configurations implements Configuration, Registry {
    static final String MASK = "********";
    static final int DAY_MILLIS = 86_400_000;

    final Parts parts;
    final ConfigTables tables;
    final Sealing sealing;
    final DefaultBackend standard;
    final Map<String, BackendFactory> factories = new ConcurrentHashMap<>();
    /** By organization, the backend in use. */
    final Map<String, Opened> opened = new ConcurrentHashMap<>();

    /**
     * @param configId null for the default backend
     */
    record Opened(String configId, String type, Backend backend) {
    }

    Configurations(Parts parts) {
        this.parts = parts;
        this.tables = parts.disk.configurations();
        this.sealing = sealing(parts.settings.environment().get("ENCRYPTION_KEY"));
        this.standard = standard(parts.settings.environment());
        BackendForms.CAPABILITIES.forEach((type, capabilities) -> factories.put(type,
                new HttpFactory(type, capabilities, this)));
        tables.load();
    }

    Sealing sealing(String key) {
        return new Sealing(key);
    }

    DefaultBackend standard(Map<String, String> environment) {
        return DefaultBackend.of(environment);
    }

    /** What a backend of a built-in type is. */
    Backend backend(String type, JsonNode config) {
        return new HttpBackend(type, config);
    }

    private record HttpFactory(String type, Set<String> capabilities, Configurations owner)
            implements BackendFactory {
        @Override
        public JsonText schema() {
            return BackendForms.schemaOf(type);
        }

        @Override
        public Backend create(JsonText config) {
            return owner.backend(type, config.parse());
        }
    }

    @Override
    public void register(BackendFactory factory) {
        if (factories.putIfAbsent(factory.type(), factory) != null) {
            throw ProviderException.conflict("there is such a type already");
        }
    }

    @Override
    public List<BackendType> listTypes(Caller caller, Nothing input) {
        return parts.life.live(() -> factories.values().stream()
                .map(factory -> new BackendType(factory.type(), factory.capabilities(), factory.schema())).toList());
    }

    @Override
    public Validation validate(Caller caller, Candidate input) {
        return parts.life.live(() -> {
            admit(caller, input);
            if (!factories.containsKey(input.type())) {
                return new Validation(false, List.of(new FieldError("type", "expected one of " + factories.keySet())));
            }
            List<FieldError> errors = errors(input.type(), object(input.config()));
            return new Validation(errors.isEmpty(), errors);
        });
    }

    /** Refuses malformed input (CFG-13). */
    void admit(Caller caller, Record input) {
        Shape.check(caller, input);
    }

    List<FieldError> errors(String type, JsonNode config) {
        return new BackendForms(factory(type).schema()).errors(config);
    }

    BackendFactory factory(String type) {
        BackendFactory factory = factories.get(String.valueOf(type));
        if (factory == null) {
            throw ProviderException.badRequest("type: expected one of " + factories.keySet());
        }
        return factory;
    }

    static ObjectNode object(JsonText config) {
        if (config != null && config.parse() instanceof ObjectNode object) {
            return object;
        }
        throw ProviderException.badRequest("config must be an object");
    }

    /** The configuration, checked (CFG-01). */
    ObjectNode checked(JsonText config) {
        ObjectNode object = object(config);
        List<FieldError> errors = errors(object.path("type").asText(), object);
        if (!errors.isEmpty()) {
            throw refusal(errors, object);
        }
        return object;
    }

    ProviderException refusal(List<FieldError> errors, JsonNode config) {
        return ProviderException.badRequest(String.join("; ",
                errors.stream().map(error -> error.field() + ": " + error.message()).toList()));
    }

    @Override
    public Change saveConfig(Caller caller, NewConfig input) {
        return parts.life.live(() -> {
            admit(caller, input);
            demandChange(input.actorId(), input.orgId());
            Steps steps = new Steps();
            ObjectNode config = steps.time("validate", () -> checked(input.config()));
            Row row = steps.time("encrypt", () -> sealed(input.orgId(), config));
            steps.time("save", () -> save(row, input.actorId()));
            return steps.change(row.id());
        });
    }

    /** Only owners and admins change, and only members see (CFG-09). */
    void demandChange(String actorId, String orgId) {
        if (!isAdmin(actorId) && role(actorId, orgId) != Role.OWNER) {
            throw ProviderException.forbidden("only its owners change the backend of an organization");
        }
    }

    void demandSight(String actorId, String orgId) {
        if (!isAdmin(actorId) && role(actorId, orgId) == null) {
            throw ProviderException.forbidden("this is no organization of yours");
        }
    }

    Role role(String actorId, String orgId) {
        return parts.disk.accounts.membersOf(orgId).get(actorId);
    }

    boolean isAdmin(String actorId) {
        return parts.administration.admins.contains(actorId);
    }

    Row sealed(String orgId, ObjectNode config) {
        String type = config.path("type").asText();
        ObjectNode open = config.deepCopy();
        Map<String, String> secrets = new TreeMap<>();
        for (String field : new BackendForms(factory(type).schema()).secrets()) {
            JsonNode value = open.remove(field);
            if (value != null && value.isTextual()) {
                secrets.put(field, sealing.seal(value.textValue()));
            }
        }
        return new Row(UUID.randomUUID().toString(), orgId, type, JsonText.of(open), secrets);
    }

    Void save(Row row, String actorId) {
        tables.save(row);
        record(row.orgId(), "entity_created", actorId, Map.of("entityType", "external_connection", "configId", row.id(),
                "platform", row.type()));
        return null;
    }

    void record(String orgId, String type, String actorId, Map<String, Object> metadata) {
        Organization organization = tables.organization(orgId);
        synchronized (organization) {
            organization.events.add(new ConfigEvent(type, actorId, orgId, parts.clock.millis(),
                    new JsonText(Json.write(new TreeMap<>(metadata)))));
        }
    }

    @Override
    public ActiveConfig activeConfig(Caller caller, OrgActor input) {
        return parts.life.live(() -> {
            admit(caller, input);
            demandSight(input.actorId(), input.orgId());
            Organization organization = tables.organization(input.orgId());
            synchronized (organization) {
                Row row = tables.row(organization.active).orElse(null);
                String before = organization.before.peek();
                return new ActiveConfig(organization.active, row == null ? standard.type() : row.type(),
                        row == null ? new JsonText("{}") : shown(row), before == null || before.isEmpty() ? null : before);
            }
        });
    }

    JsonText shown(Row row) {
        ObjectNode shown = (ObjectNode) row.open().parse();
        row.secrets().forEach((field, sealed) -> shown.put(field, masked(sealed)));
        return JsonText.of(shown);
    }

    String masked(String sealed) {
        return MASK;
    }

    /**
     * The configuration in the clear.
     *
     * @throws ProviderException if a credential cannot be decrypted, which leaves a security event
     */
    JsonText clear(Row row) {
        ObjectNode clear = (ObjectNode) row.open().parse();
        try {
            for (Map.Entry<String, String> secret : row.secrets().entrySet()) {
                clear.put(secret.getKey(), sealing.open(secret.getValue()));
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            record(row.orgId(), "communication_event", null, Map.of("messageType", "security_alert",
                    "reason", "credentials cannot be decrypted", "configId", row.id()));
            throw new ProviderException(500, "DECRYPTION_FAILED",
                    "the credentials cannot be decrypted: was the key changed, or the storage?");
        }
        return JsonText.of(clear);
    }

    @Override
    public Connection testConnection(Caller caller, ConfigOnly input) {
        return parts.life.live(() -> {
            admit(caller, input);
            return tested(checked(input.config()));
        });
    }

    Connection tested(ObjectNode config) {
        try (Backend backend = factory(config.path("type").asText()).create(JsonText.of(config))) {
            return backend.health();
        }
    }

    @Override
    public Change switchProvider(Caller caller, NewConfig input) {
        return parts.life.live(() -> {
            admit(caller, input);
            demandChange(input.actorId(), input.orgId());
            Steps steps = new Steps();
            ObjectNode config = steps.time("validate", () -> checked(input.config()));
            return switched(input, config, steps);
        });
    }

    Change switched(NewConfig input, ObjectNode config, Steps steps) {
        steps.time("test", () -> demandConnection(config));
        Row row = steps.time("encrypt", () -> sealed(input.orgId(), config));
        steps.time("save", () -> save(row, input.actorId()));
        steps.time("activate", () -> activate(row, input.actorId(), steps));
        return steps.change(row.id());
    }

    Void demandConnection(ObjectNode config) {
        Connection connection = tested(config);
        if (connection.httpStatus() != null && connection.httpStatus() / 100 != 2
                || connection.status() == Reachability.OFFLINE) {
            throw new ProviderException(422, "CONNECTION_FAILED", "the backend is " + connection.status().wireName()
                    + (connection.httpStatus() == null ? "" : ": it answers with status " + connection.httpStatus()));
        }
        return null;
    }

    Void activate(Row row, String actorId, Steps steps) {
        Organization organization = tables.organization(row.orgId());
        synchronized (organization) {
            String old = organization.active;
            organization.before.push(old == null ? "" : old);
            organization.active = row.id();
            if (old != null) {
                record(row.orgId(), "entity_archived", actorId, Map.of("reason", "provider_switch", "configId", old,
                        "newConfigId", row.id()));
            }
            record(row.orgId(), "settings_updated", actorId, switchEvent("backend_provider", old, row.id(), steps));
        }
        return null;
    }

    Map<String, Object> switchEvent(String setting, String from, String to, Steps steps) {
        return Map.of("settingType", setting, "fromProvider", type(from), "toProvider", type(to),
                "configId", to == null ? "" : to, "switchDuration", steps.millis());
    }

    private String type(String configId) {
        return tables.row(configId).map(Row::type).orElse(standard.type());
    }

    @Override
    public Change rollbackProvider(Caller caller, OrgActor input) {
        return parts.life.live(() -> {
            admit(caller, input);
            demandChange(input.actorId(), input.orgId());
            return rolledBack(input);
        });
    }

    Change rolledBack(OrgActor input) {
        Steps steps = new Steps();
        Organization organization = tables.organization(input.orgId());
        synchronized (organization) {
            if (organization.before.isEmpty()) {
                throw ProviderException.conflict("there is no backend to go back to");
            }
            String old = organization.active;
            String target = previous(organization);
            steps.time("activate", () -> {
                organization.active = target.isEmpty() ? null : target;
                return null;
            });
            record(input.orgId(), "settings_updated", input.actorId(),
                    switchEvent("backend_provider_rollback", old, organization.active, steps));
            return steps.change(organization.active);
        }
    }

    /** What a rollback goes to; what was active is what the next one goes to. */
    String previous(Organization organization) {
        String target = organization.before.pop();
        organization.before.push(organization.active == null ? "" : organization.active);
        return target;
    }

    @Override
    public Answer query(Caller caller, Org input) {
        return parts.life.live(() -> {
            admit(caller, input);
            Opened used = opened(input.orgId());
            long began = System.nanoTime();
            JsonText result = used.backend().query();
            use(input.orgId(), (System.nanoTime() - began) / 1_000_000.0);
            return new Answer(used.type(), result);
        });
    }

    void use(String orgId, double millis) {
        Organization organization = tables.organization(orgId);
        synchronized (organization) {
            organization.uses.add(new Use(parts.clock.millis(), millis));
        }
    }

    /** The backend of an organization: opened when it is needed, once. */
    Opened opened(String orgId) {
        String active = active(orgId);
        return opened.compute(orgId, (id, now) -> {
            if (now != null && Objects.equals(now.configId(), active)) {
                return now;
            }
            Opened fresh = open(active);
            if (now != null) {
                now.backend().close();
            }
            return fresh;
        });
    }

    String active(String orgId) {
        Organization organization = tables.organization(orgId);
        synchronized (organization) {
            return organization.active;
        }
    }

    Opened open(String configId) {
        return tables.row(configId).map(row -> new Opened(configId, row.type(), factory(row.type()).create(clear(row))))
                .orElseGet(() -> new Opened(null, standard.type(), factory(standard.type()).create(standard.config())));
    }

    @Override
    public List<Health> health(Caller caller, HealthQuery input) {
        return parts.life.live(() -> {
            admit(caller, input);
            List<String> asked = input.orgId() != null ? List.of(input.orgId())
                    : tables.organizations().stream().filter(orgId -> active(orgId) != null).toList();
            return asked.stream().map(this::checkedHealth).toList();
        });
    }

    Health checkedHealth(String orgId) {
        Opened used = opened(orgId);
        Connection connection = used.backend().health();
        Map<String, Object> metadata = new HashMap<>(Map.of("protocol", "http", "messageType", "health_check",
                "result", connection.status().wireName()));
        if (connection.httpStatus() != null) {
            metadata.put("status", connection.httpStatus());
            metadata.put("responseTime", connection.responseMillis());
        }
        record(orgId, "communication_event", null, metadata);
        if (connection.status() != Reachability.ONLINE) {
            alert(orgId, connection);
        }
        return new Health(orgId, used.configId(), used.type(), connection.status(), connection.responseMillis(),
                parts.clock.millis());
    }

    void alert(String orgId, Connection connection) {
        record(orgId, "communication_event", null, Map.of("messageType", "health_alert",
                "result", connection.status().wireName()));
    }

    @Override
    public List<ConfigEvent> events(Caller caller, Org input) {
        return parts.life.live(() -> {
            admit(caller, input);
            Organization organization = tables.organization(input.orgId());
            synchronized (organization) {
                return List.copyOf(organization.events);
            }
        });
    }

    @Override
    public Usage usage(Caller caller, UsageQuery input) {
        return parts.life.live(() -> {
            admit(caller, input);
            if (input.days() < 1) {
                throw ProviderException.badRequest("days must be 1 or more");
            }
            long since = parts.clock.millis() - (long) input.days() * DAY_MILLIS;
            return usage(uses(input.orgId()).stream().filter(use -> use.at() >= since).map(Use::millis).sorted().toList());
        });
    }

    List<Use> uses(String orgId) {
        Organization organization = tables.organization(orgId);
        synchronized (organization) {
            return new ArrayList<>(organization.uses);
        }
    }

    /**
     * @param millis the shortest first
     */
    Usage usage(List<Double> millis) {
        if (millis.isEmpty()) {
            return new Usage(0, null, null, null, null);
        }
        double mean = millis.stream().mapToDouble(Double::doubleValue).sum() / millis.size();
        return new Usage(millis.size(), mean, at(millis, 50), at(millis, 95), at(millis, 99));
    }

    static double at(List<Double> sorted, int percent) {
        return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
    }

    /** What a change was made of, and how long each step took. */
    static final class Steps {
        private final long began = System.nanoTime();
        private final List<StepTime> steps = new ArrayList<>();

        <T> T time(String name, Supplier<T> step) {
            long start = System.nanoTime();
            T result = step.get();
            steps.add(new StepTime(name, (System.nanoTime() - start) / 1_000_000));
            return result;
        }

        long millis() {
            return (System.nanoTime() - began) / 1_000_000;
        }

        Change change(String configId) {
            return new Change(configId, millis(), List.copyOf(steps));
        }
    }
}
