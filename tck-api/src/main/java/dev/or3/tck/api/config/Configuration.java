package dev.or3.tck.api.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.shape.Acting;
import dev.or3.tck.api.shape.OrNull;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The config component (CFG rules). Called by several threads at once. Refusals throw {@link ProviderException} with a 4xx
 * status, save nothing, and never hold a secret.
 *
 * <p>A configuration is an object with its {@code type} (convex, wordpress, notion, supabase, or one registered) and the
 * fields of that type. Every organization has at most one active configuration; one without uses the default backend.
 *
 * <p>An organization is a workspace: its owners are the org_owner, its other members org_user, strangers customers. An admin
 * (admin.grantAdmin) is a platform_owner.
 */
public interface Configuration {

    /** The known types, each with a JSON Schema (CFG-01, -05). */
    List<BackendType> listTypes(Caller caller, Nothing input);

    /** Checks a configuration without keeping it; each wrong field has an error that says what is expected (CFG-01). */
    Validation validate(Caller caller, Candidate input);

    /** Keeps a configuration, encrypted, without activating it (CFG-03, -09). */
    Change saveConfig(Caller caller, NewConfig input);

    /** What an organization uses, credentials masked (CFG-02, -09). */
    ActiveConfig activeConfig(Caller caller, OrgActor input);

    /** Asks a backend how it is, keeping nothing. */
    Connection testConnection(Caller caller, ConfigOnly input);

    /** Validates, tests, encrypts, saves and activates, all or nothing (CFG-07). */
    Change switchProvider(Caller caller, NewConfig input);

    /** Goes back to the configuration before (CFG-08). */
    Change rollbackProvider(Caller caller, OrgActor input);

    /** A round trip through the organization's active backend (CFG-06). */
    Answer query(Caller caller, Org input);

    /** Checks backends now: one organization's, or all active ones (CFG-10). */
    List<Health> health(Caller caller, HealthQuery input);

    /** What happened to an organization's configuration, oldest first (CFG-08). */
    List<ConfigEvent> events(Caller caller, Org input);

    /** How an organization's backend was used (CFG-11). */
    Usage usage(Caller caller, UsageQuery input);

    /** How a backend is. */
    enum Reachability {
        ONLINE, DEGRADED, OFFLINE;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * @throws IllegalArgumentException if there is no such state
         */
        @JsonCreator
        public static Reachability of(String wireName) {
            for (Reachability state : values()) {
                if (state.wireName().equals(wireName)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("unknown state '" + wireName + "': known are online, degraded, offline");
        }
    }

    record Nothing() {
    }

    record Org(String orgId) {
    }

    /**
     * @param actorId who asks: the caller; it must have the right to
     */
    record OrgActor(String orgId, @Acting String actorId) {
    }

    /**
     * @param capabilities such as realtime, storage
     * @param schema       a JSON Schema of its fields
     */
    record BackendType(String type, Set<String> capabilities, JsonText schema) {
    }

    record Candidate(String type, JsonText config) {
    }

    record Validation(boolean ok, List<FieldError> errors) {
    }

    /**
     * @param message what is expected there, without the value
     */
    record FieldError(String field, String message) {
    }

    /**
     * @param config with its {@code type}
     */
    record NewConfig(String orgId, @Acting String actorId, JsonText config) {
    }

    record ConfigOnly(JsonText config) {
    }

    /**
     * @param durationMillis how long it took
     * @param steps          what was done, in order
     */
    record Change(String configId, Long durationMillis, List<StepTime> steps) {
    }

    record StepTime(String name, Long millis) {
    }

    /**
     * @param configId null for the default backend
     * @param config   with masked credentials
     * @param previous the id of the configuration that a rollback goes back to; null if there is none
     */
    record ActiveConfig(String configId, String type, JsonText config, String previous) {
    }

    /**
     * @param responseMillis null if nothing came
     * @param httpStatus     null if nothing came
     */
    record Connection(Reachability status, Long responseMillis, Integer httpStatus) {
    }

    /** What the backend answered. */
    record Answer(String type, JsonText result) {
    }

    /**
     * @param orgId null for all
     */
    record HealthQuery(@OrNull String orgId) {
    }

    /**
     * @param checkedAt epoch seconds or milliseconds
     */
    record Health(String orgId, String configId, String type, Reachability status, Long responseMillis, Long checkedAt) {
    }

    /**
     * @param type settings_updated, entity_created, entity_archived or communication_event
     * @param at   epoch seconds or milliseconds
     */
    record ConfigEvent(String type, String actorId, String orgId, Long at, JsonText metadata) {
    }

    /**
     * @param days how many back, 1 or more
     */
    record UsageQuery(String orgId, Integer days) {
    }

    /** Milliseconds but for the count; null where nothing was done. */
    record Usage(long operations, Double meanMillis, Double p50, Double p95, Double p99) {
    }
}
