package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.config.Configuration.Answer;
import dev.or3.tck.api.config.Configuration.Connection;
import dev.or3.tck.api.config.Configuration.Health;
import dev.or3.tck.api.config.Configuration.Reachability;
import dev.or3.tck.api.config.Registry.Backend;
import dev.or3.tck.reference.backends.BackendConfig;
import dev.or3.tck.reference.backends.BackendTypes;
import dev.or3.tck.reference.backends.Instances;
import dev.or3.tck.reference.backends.Vault;
import dev.or3.tck.reference.sqlite.ConfigRecords.Active;
import dev.or3.tck.reference.sqlite.ConfigRecords.Kept;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backends that organizations use now. Which one is active is read at every call, so that a switch by another process
 * counts at once.
 */
final class ActiveBackends implements AutoCloseable {
    private static final String CONFIGURED = "SELECT a.ws, w.workspace_id FROM active_backends a"
            + " JOIN workspaces w ON w.ws = a.ws WHERE w.removed_at IS NULL"
            + " AND (?1 IS NULL OR EXISTS (SELECT 1 FROM admins WHERE user_id = ?1))";
    private static final String OWN = "SELECT w.ws, w.workspace_id FROM memberships m JOIN workspaces w ON w.ws = m.ws"
            + " WHERE m.user_id = ?1 AND w.removed_at IS NULL";
    private static final String SEEN = CONFIGURED + " UNION " + OWN + " ORDER BY 1";
    private static final Logger LOG = LoggerFactory.getLogger(ActiveBackends.class);

    private final Store store;
    private final ProviderTime time;
    private final BackendTypes types;
    private final Vault vault;
    private final BackendConfig standard;
    private final HealthWatch watch;
    private final Instances instances = new Instances();

    /**
     * @param standard what an organization without a configuration uses
     */
    ActiveBackends(Store store, ProviderTime time, BackendTypes types, Vault vault, BackendConfig standard,
            HealthWatch watch) {
        this.store = store;
        this.time = time;
        this.types = types;
        this.vault = vault;
        this.standard = standard;
        this.watch = watch;
        watch.start(organization -> check(organization, ConfigEvents.SYSTEM));
    }

    BackendConfig standard() {
        return standard;
    }

    String standardType() {
        return standard.type();
    }

    void retire(String orgId) {
        instances.retire(orgId);
    }

    BackendConfig opened(Kept kept) {
        try {
            return vault.open(kept.sealed(), kept.about());
        } catch (Vault.DecryptionException e) {
            throw new Undecipherable(kept, e);
        }
    }

    /** Carries what could not be decrypted out of a transaction, to where the event of it can be written. */
    private static final class Undecipherable extends ProviderException {
        private static final long serialVersionUID = 1L;

        private final transient Kept kept;
        private final Vault.DecryptionException why;

        Undecipherable(Kept kept, Vault.DecryptionException why) {
            super(why.status(), why.code(), why.getMessage());
            this.kept = kept;
            this.why = why;
        }
    }

    /** Lets a failed decryption leave its event before it goes on (CFG-03). */
    <T> T watched(String actorId, Supplier<T> work) {
        try {
            return work.get();
        } catch (Undecipherable e) {
            LOG.error("configuration {} of organization {} cannot be decrypted ({})", e.kept.configId(), e.kept.orgId(),
                    e.why.reason());
            store.write(session -> {
                ConfigEvents.add(session, e.kept.ws(), ConfigEvents.COMMUNICATION, actorId, time.millis(),
                        Map.of("messageType", "security", "reason", "decryption_failed", "detail", e.why.reason(),
                                "configId", e.kept.configId(), "keyId", e.kept.sealed().keyId()));
                return null;
            });
            throw e.why;
        }
    }

    /** What an organization uses: the id of its configuration, null for the default, and its type. */
    private record InUse(String configId, String type) {
    }

    private InUse inUse(Organization organization) {
        Active active = store.read(session -> ConfigRecords.active(session, organization.ws()));
        return active == null ? new InUse(null, standard.type()) : new InUse(active.configId(), active.type());
    }

    private <T> T use(Organization organization, InUse inUse, String actorId, Function<Backend, T> use) {
        String version = inUse.configId() == null ? "default" : inUse.configId();
        return watched(actorId, () -> instances.use(organization.orgId(), version, () -> types.open(
                inUse.configId() == null ? standard : opened(
                        store.read(session -> ConfigRecords.kept(session, organization.ws(), inUse.configId())))), use));
    }

    Answer query(Organization organization, String actorId) {
        InUse inUse = inUse(organization);
        return use(organization, inUse, actorId, backend -> {
            long began = System.nanoTime();
            try {
                return new Answer(inUse.type(), backend.query());
            } catch (ProviderException e) {
                throw e;
            } catch (RuntimeException e) {
                // Its words may quote the configuration.
                throw new ProviderException(502, "BACKEND_FAILED", "the backend (" + inUse.type() + ") failed");
            } finally {
                record(organization, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
            }
        });
    }

    private void record(Organization organization, long micros) {
        try {
            store.write(session -> {
                BackendUsage.record(session, organization.ws(), time.millis(), micros);
                return null;
            });
        } catch (ProviderException e) {
            // The answer is worth more than the count of it.
            Failures.log(e);
        }
    }

    /** Asks a backend that nobody uses how it is. */
    Connection tried(BackendConfig config) {
        try (Backend backend = types.open(config)) {
            return asked(backend);
        } catch (ProviderException e) {
            return new Connection(Reachability.OFFLINE, null, null);
        }
    }

    private static Connection asked(Backend backend) {
        try {
            return backend.health();
        } catch (RuntimeException e) {
            return new Connection(Reachability.OFFLINE, null, null);
        }
    }

    /**
     * @throws ProviderException 400 if the backend does not take the configuration
     */
    void mustConnect(BackendConfig config) {
        Connection connection = tried(config);
        if (isFailure(connection)) {
            throw new ProviderException(400, "CONNECTION_FAILED", "the test of the connection failed: the backend ("
                    + config.type() + ") " + (connection.httpStatus() == null ? "does not answer"
                    : "answered " + connection.httpStatus()) + "; nothing was changed");
        }
    }

    private static boolean isFailure(Connection connection) {
        return connection.status() == Reachability.OFFLINE
                || connection.httpStatus() != null && connection.httpStatus() / 100 != 2;
    }

    /**
     * A user's own organizations, those with the default backend too; for admins, and the host itself, which is no user, all
     * that chose a backend.
     */
    List<Health> checkAll(String userId, String actorId) {
        List<Organization> organizations = store.read(session -> {
            List<Organization> found = new ArrayList<>();
            try (ResultSet row = session.query(SEEN, userId)) {
                while (row.next()) {
                    found.add(new Organization(row.getLong(1), row.getString(2), false));
                }
            }
            return found;
        });
        return watch.forEach(organizations, organization -> check(organization, actorId));
    }

    /** Asks an organization's backend how it is, and records the answer; one that is no good leaves an alert too. */
    Health check(Organization organization, String actorId) {
        InUse inUse = inUse(organization);
        Connection connection = found(organization, inUse, actorId);
        long now = time.millis();
        if (!Thread.currentThread().isInterrupted()) {
            tell(organization, inUse, actorId, connection, now);
        }
        return new Health(organization.orgId(), inUse.configId(), inUse.type(), connection.status(),
                connection.responseMillis(), now);
    }

    private Connection found(Organization organization, InUse inUse, String actorId) {
        try {
            return use(organization, inUse, actorId, ActiveBackends::asked);
        } catch (ProviderException e) {
            // It cannot even be opened, which leaves its own event: no reason to keep the others from being checked.
            return new Connection(Reachability.OFFLINE, null, null);
        }
    }

    private void tell(Organization organization, InUse inUse, String actorId, Connection connection, long now) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("protocol", "http");
        metadata.put("messageType", "health_check");
        metadata.put("provider", inUse.type());
        metadata.put("configId", inUse.configId());
        metadata.put("status", connection.status().wireName());
        metadata.put("httpStatus", connection.httpStatus());
        metadata.put("responseTime", connection.responseMillis());
        store.write(session -> {
            ConfigEvents.addRoutine(session, organization.ws(), actorId, now, metadata);
            if (isFailure(connection)) {
                Map<String, Object> alert = new LinkedHashMap<>(metadata);
                alert.put("messageType", "alert");
                alert.put("reason", "health_check_failed");
                ConfigEvents.addRoutine(session, organization.ws(), actorId, now, alert);
            }
            return null;
        });
        if (isFailure(connection)) {
            LOG.warn("the backend ({}) of organization {} is {}", inUse.type(), organization.orgId(),
                    connection.status().wireName());
        }
    }

    @Override
    public void close() {
        watch.close();
        instances.close();
    }
}
