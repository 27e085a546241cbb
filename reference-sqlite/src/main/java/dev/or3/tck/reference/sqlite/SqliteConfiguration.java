package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.admin.Admin.Action;
import dev.or3.tck.api.admin.Admin.Warning;
import dev.or3.tck.api.config.Configuration;
import dev.or3.tck.api.config.Registry;
import dev.or3.tck.api.shape.Shape;
import dev.or3.tck.reference.backends.BackendConfig;
import dev.or3.tck.reference.backends.BackendTypes;
import dev.or3.tck.reference.backends.Sealed;
import dev.or3.tck.reference.backends.Vault;
import dev.or3.tck.reference.sqlite.ConfigRecords.Active;
import dev.or3.tck.reference.sqlite.ConfigRecords.Kept;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The config component. A change looks, writes and leaves its events in one transaction, so that it happens as a whole or
 * not at all, across threads and processes (CFG-07). What is slow, the test of a connection above all, comes before it.
 */
final class SqliteConfiguration implements Configuration, Registry, Upkeep.Part, AutoCloseable {
    private static final String REENCRYPT = "reencrypt-configurations";

    private final Store store;
    private final ProviderTime time;
    private final BackendTypes types;
    private final Vault vault;
    private final ActiveBackends backends;

    SqliteConfiguration(Store store, ProviderTime time, BackendTypes types, Vault vault, BackendConfig standard,
            HealthWatch watch) {
        this.store = store;
        this.time = time;
        this.types = types;
        this.vault = vault;
        this.backends = new ActiveBackends(store, time, types, vault, standard, watch);
    }

    @Override
    public void register(BackendFactory factory) {
        types.register(factory);
    }

    @Override
    public List<BackendType> listTypes(Caller caller, Nothing input) {
        return types.list();
    }

    @Override
    public Validation validate(Caller caller, Candidate input) {
        Shape.check(caller, input);
        return types.validate(input.type(), input.config());
    }

    @Override
    public Connection testConnection(Caller caller, ConfigOnly input) {
        return backends.tried(types.valid(input.config()));
    }

    @Override
    public Change saveConfig(Caller caller, NewConfig input) {
        return keep(caller, input, false);
    }

    @Override
    public Change switchProvider(Caller caller, NewConfig input) {
        return keep(caller, input, true);
    }

    private Change keep(Caller caller, NewConfig input, boolean use) {
        Shape.check(caller, input);
        store.read(session -> Organization.changedBy(session, input.actorId(), input.orgId()));
        Steps steps = new Steps();
        BackendConfig config = types.valid(input.config());
        steps.done("validate");
        if (use) {
            backends.mustConnect(config);
            steps.done("test");
        }
        String configId = UUID.randomUUID().toString();
        Sealed sealed = vault.seal(config, ConfigRecords.about(input.orgId(), configId));
        steps.done("encrypt");
        Change change = store.write(session -> {
            // Once more: the right may be lost, or the organization gone, since it was looked at.
            Organization organization = Organization.changedBy(session, input.actorId(), input.orgId());
            return save(session, organization, input.actorId(),
                    new Kept(configId, input.orgId(), config.type(), sealed, organization.ws()), use, steps.copy());
        });
        if (use) {
            backends.retire(input.orgId());
        }
        return change;
    }

    private Change save(Session session, Organization organization, String actorId, Kept kept, boolean use, Steps steps)
            throws SQLException {
        long now = time.millis();
        Active before = ConfigRecords.active(session, organization.ws());
        ConfigRecords.add(session, kept, actorId, now);
        steps.done("save");
        if (use) {
            String previous = before == null ? null : before.configId();
            ConfigRecords.activate(session, organization.ws(), kept.configId(), previous, now);
            steps.done("activate");
        }
        ConfigEvents.add(session, organization.ws(), ConfigEvents.ENTITY_CREATED, actorId, now,
                Map.of("entityType", "external_connection", "platform", kept.type(), "configId", kept.configId(),
                        "organizationId", organization.orgId()));
        if (use) {
            tellOfUse(session, organization, actorId, before, kept.configId(), kept.type(), "backend_provider", steps);
        }
        steps.done("event");
        return steps.change(kept.configId());
    }

    private void tellOfUse(Session session, Organization organization, String actorId, Active before, String configId,
            String type, String settingType, Steps steps) throws SQLException {
        long now = time.millis();
        if (before != null) {
            ConfigEvents.add(session, organization.ws(), ConfigEvents.ENTITY_ARCHIVED, actorId, now,
                    Map.of("reason", settingType.endsWith("rollback") ? "provider_rollback" : "provider_switch",
                            "configId", before.configId(), "newConfigId", configId));
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("settingType", settingType);
        metadata.put("fromProvider", before == null ? backends.standardType() : before.type());
        metadata.put("toProvider", type);
        metadata.put("configId", configId);
        metadata.put("switchDuration", steps.millis());
        metadata.put("steps", steps.byName());
        ConfigEvents.add(session, organization.ws(), ConfigEvents.SETTINGS_UPDATED, actorId, now, metadata);
    }

    @Override
    public Change rollbackProvider(Caller caller, OrgActor input) {
        Shape.check(caller, input);
        Steps begun = new Steps();
        Change change = backends.watched(input.actorId(), () -> store.write(session -> {
            Organization organization = Organization.changedBy(session, input.actorId(), input.orgId());
            Active active = ConfigRecords.active(session, organization.ws());
            if (active == null || active.previous() == null) {
                throw ProviderException.conflict("the organization has no configuration to go back to");
            }
            Steps steps = begun.copy();
            Kept target = ConfigRecords.kept(session, organization.ws(), active.previous());
            types.mustKnow(backends.opened(target).type());
            steps.done("decrypt");
            ConfigRecords.activate(session, organization.ws(), target.configId(), active.configId(), time.millis());
            steps.done("activate");
            tellOfUse(session, organization, input.actorId(), active, target.configId(), target.type(),
                    "backend_provider_rollback", steps);
            steps.done("event");
            return steps.change(target.configId());
        }));
        backends.retire(input.orgId());
        return change;
    }

    @Override
    public ActiveConfig activeConfig(Caller caller, OrgActor input) {
        Shape.check(caller, input);
        record Found(boolean changes, Active active, Kept kept) {
        }
        Found found = store.read(session -> {
            Organization organization = Organization.seenBy(session, input.actorId(), input.orgId());
            Active active = ConfigRecords.active(session, organization.ws());
            return new Found(organization.changes(), active,
                    active == null ? null : ConfigRecords.kept(session, organization.ws(), active.configId()));
        });
        BackendConfig config = found.active == null ? backends.standard()
                : backends.watched(input.actorId(), () -> backends.opened(found.kept));
        JsonText shown = found.changes ? types.masked(config) : new JsonText(Json.write(Map.of("type", config.type())));
        return found.active == null ? new ActiveConfig(null, config.type(), shown, null)
                : new ActiveConfig(found.active.configId(), config.type(), shown, found.active.previous());
    }

    @Override
    public Answer query(Caller caller, Org input) {
        return backends.query(seen(caller, input, input.orgId()), actor(caller));
    }

    @Override
    public List<Health> health(Caller caller, HealthQuery input) {
        return input.orgId() != null ? List.of(backends.check(seen(caller, input, input.orgId()), actor(caller)))
                : backends.checkAll(caller == null ? null : caller.userId(), actor(caller));
    }

    @Override
    public List<ConfigEvent> events(Caller caller, Org input) {
        Organization organization = seen(caller, input, input.orgId());
        return store.read(session -> ConfigEvents.of(session, organization));
    }

    @Override
    public Usage usage(Caller caller, UsageQuery input) {
        Shape.check(caller, input);
        if (input.days() < 1) {
            throw ProviderException.badRequest("days must be 1 or more");
        }
        Organization organization = seen(caller, input, input.orgId());
        return store.read(session -> BackendUsage.since(session, organization.ws(), time.millis(), input.days()));
    }

    private Organization seen(Caller caller, Record input, String orgId) {
        Shape.check(caller, input);
        return store.read(session -> Organization.seenBy(session, caller == null ? null : caller.userId(), orgId));
    }

    private static String actor(Caller caller) {
        return caller == null ? ConfigEvents.SYSTEM : caller.userId();
    }

    /**
     * Encrypts anew, with the key that is set now, whatever is not.
     *
     * @param renewed how many configurations were
     * @param failed  how many could not be opened; they stay as they are
     */
    record Rotation(int renewed, int failed) {
    }

    /** Brings all configurations to the current key. May run beside everything else, and again. */
    Rotation reencrypt() {
        int renewed = 0;
        int failed = 0;
        for (Kept old : store.read(session -> ConfigRecords.notSealedWith(session, vault.keyId()))) {
            try {
                BackendConfig config = backends.watched(ConfigEvents.SYSTEM, () -> backends.opened(old));
                Sealed sealed = vault.seal(config, old.about());
                renewed += store.write(session -> {
                    if (!ConfigRecords.reseal(session, old, sealed)) {
                        return 0;
                    }
                    ConfigEvents.add(session, old.ws(), ConfigEvents.SETTINGS_UPDATED, ConfigEvents.SYSTEM, time.millis(),
                            Map.of("settingType", "encryption_key", "configId", old.configId(),
                                    "fromKey", old.sealed().keyId(), "toKey", sealed.keyId()));
                    return 1;
                });
            } catch (Vault.DecryptionException e) {
                failed++;
            }
        }
        return new Rotation(renewed, failed);
    }

    @Override
    public List<Upkeep.Chore> chores() {
        return List.of(new Upkeep.Chore(new Action(REENCRYPT, "Encrypt configurations with the current key",
                "After it the key before is needed no more; each configuration leaves an event", true), () -> {
                    Rotation rotation = reencrypt();
                    return Map.of("renewed", rotation.renewed(), "failed", rotation.failed());
                }));
    }

    @Override
    public Map<String, Object> details() {
        return store.read(session -> {
            ConfigEvents.Checks checks = ConfigEvents.checks(session, time.millis());
            return Map.of("configurations", ConfigRecords.count(session), "healthChecks", checks.all(),
                    "failedHealthChecks", checks.failed());
        });
    }

    @Override
    public List<Warning> warnings() {
        int others = store.read(session -> ConfigRecords.notSealedWith(session, vault.keyId())).size();
        return others == 0 ? List.of() : List.of(new Warning("warning", others + " configurations are encrypted with another"
                + " key than " + Vault.KEY + ": set that one as " + Vault.PREVIOUS_KEY + " and run " + REENCRYPT));
    }

    BackendTypes types() {
        return types;
    }

    @Override
    public void close() {
        backends.close();
    }
}
