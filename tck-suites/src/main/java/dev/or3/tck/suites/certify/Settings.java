package dev.or3.tck.suites.certify;

import dev.or3.tck.api.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a campaign does.
 *
 * @param effort      smoke, standard or deep
 * @param budget      the time it takes in all; null for the effort's own
 * @param seed        plan i is a function of (seed, i)
 * @param clients     clients in a race at most, 2 to 16
 * @param rules       globs of the rules wanted; empty for all
 * @param components  components wanted; empty for all that the manifest declares
 * @param profile     the profile to hold the provider to; null for the one it declares
 * @param callTimeout how long one call may take at most before its answer counts as lost
 * @param strict      whether every applicable must rule has to be verified
 * @param minimize    whether counterexamples are made small
 * @param stopOnFailure whether to stop as soon as one of the wanted rules fails
 */
public record Settings(Effort effort, Duration budget, long seed, int clients, List<String> rules,
        Set<String> components, Profile profile, Duration callTimeout, boolean strict, boolean minimize,
        boolean stopOnFailure) {

    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(2);
    private static final int PATIENCE_SHARE = 5;

    public Settings {
        rules = List.copyOf(rules);
        components = Set.copyOf(components);
    }

    /** The time that the campaign takes, but for the {@link #grace}. */
    @Override
    public Duration budget() {
        return budget == null ? effort.budget() : budget;
    }

    /** How much longer it may take for a provider that is killed; nothing where a budget was given. */
    Duration grace() {
        return budget == null ? effort.grace() : Duration.ZERO;
    }

    public static Settings of(Effort effort, long seed) {
        return new Settings(effort, null, seed, 4, List.of(), Set.of(), null, CALL_TIMEOUT, false, true, false);
    }

    /** How long one call may take in so short a campaign: a provider that hangs must leave time to say so. */
    Duration patience() {
        Duration share = budget().dividedBy(PATIENCE_SHARE);
        Duration bounded = share.compareTo(SHORTEST_PATIENCE) < 0 ? SHORTEST_PATIENCE : share;
        return bounded.compareTo(callTimeout) < 0 ? bounded : callTimeout;
    }

    public Settings withBudget(Duration other) {
        return new Settings(effort, other, seed, clients, rules, components, profile, callTimeout, strict, minimize,
                stopOnFailure);
    }

    public Settings withRules(List<String> globs) {
        return new Settings(effort, budget, seed, clients, globs, components, profile, callTimeout, strict, minimize,
                stopOnFailure);
    }

    public Settings stoppingOnFailure() {
        return new Settings(effort, budget, seed, clients, rules, components, profile, callTimeout, strict, minimize, true);
    }

    public Settings withoutMinimizing() {
        return new Settings(effort, budget, seed, clients, rules, components, profile, callTimeout, strict, false,
                stopOnFailure);
    }
}
