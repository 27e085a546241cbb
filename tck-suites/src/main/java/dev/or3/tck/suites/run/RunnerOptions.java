package dev.or3.tck.suites.run;

import dev.or3.tck.api.Profile;
import dev.or3.tck.api.schema.WireSchema;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;

/**
 * How plans are performed.
 *
 * @param callTimeout how long a call may take before its answer counts as lost and its thread is left behind
 * @param planTimeout how long a plan may take before its remaining steps are skipped
 * @param salt        what the fresh ids of the runs are made of: equal salts make equal ids
 * @param kit         the version of the kit, for the header
 * @param profile     the profile the provider is held to, for the header; null for the one it declares
 * @param schema      the wire schema that the provider serves
 */
public record RunnerOptions(Duration callTimeout, Duration planTimeout, long salt, String kit, Profile profile,
        WireSchema schema) {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PLAN_TIMEOUT = Duration.ofSeconds(60);

    public RunnerOptions {
        Objects.requireNonNull(schema, "schema");
        if (callTimeout.isZero() || callTimeout.isNegative() || planTimeout.isZero() || planTimeout.isNegative()) {
            throw new IllegalArgumentException("time-outs must be positive");
        }
    }

    /** Ten seconds a call, a minute a plan, ids that no other run has. */
    public static RunnerOptions standard(String kit) {
        return new RunnerOptions(CALL_TIMEOUT, PLAN_TIMEOUT, new SecureRandom().nextLong(), kit, null,
                WireSchema.current());
    }

    public RunnerOptions withCallTimeout(Duration other) {
        return new RunnerOptions(other, planTimeout, salt, kit, profile, schema);
    }

    public RunnerOptions withPlanTimeout(Duration other) {
        return new RunnerOptions(callTimeout, other, salt, kit, profile, schema);
    }

    public RunnerOptions withSalt(long other) {
        return new RunnerOptions(callTimeout, planTimeout, other, kit, profile, schema);
    }

    public RunnerOptions withProfile(Profile other) {
        return new RunnerOptions(callTimeout, planTimeout, salt, kit, other, schema);
    }

    public RunnerOptions withSchema(WireSchema other) {
        return new RunnerOptions(callTimeout, planTimeout, salt, kit, profile, other);
    }
}
