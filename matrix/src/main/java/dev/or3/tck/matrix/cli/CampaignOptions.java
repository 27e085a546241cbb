package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.Profile;
import dev.or3.tck.suites.certify.Effort;
import dev.or3.tck.suites.certify.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Option;

/** What is tried, and how hard. */
final class CampaignOptions {
    private static final int FEWEST_CLIENTS = 2;
    private static final int MOST_CLIENTS = 16;
    private static final String RANDOM = "random";

    @Option(names = "--component", paramLabel = "NAME", split = ",",
            description = "Only these components: sync, workspaces, rateLimits, admin.")
    private List<String> components = List.of();

    @Option(names = "--rule", paramLabel = "GLOB", split = ",", description = "Only these rules: ids, globs or groups.")
    private List<String> rules = List.of();

    @Option(names = "--level", paramLabel = "LEVEL",
            description = "smoke (10 s at most), standard (60 s at most) or deep (10 minutes). Default: standard; with --watch,"
                    + " smoke.")
    private String level;

    @Option(names = "--budget", paramLabel = "TIME", converter = Budget.class,
            description = "The time to take instead of the level's, such as 90s, 2m or 1h.")
    private Duration budget;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42",
            description = "The same seed gives the same plans; '" + RANDOM + "' draws one. Default: ${DEFAULT-VALUE}.")
    private String seed;

    @Option(names = "--clients", paramLabel = "N", defaultValue = "4",
            description = "Clients that race at most, " + FEWEST_CLIENTS + " to " + MOST_CLIENTS
                    + ". Default: ${DEFAULT-VALUE}.")
    private int clients;

    @Option(names = "--profile", paramLabel = "PROFILE",
            description = "or3-sync/1.0 or or3-sync/1.1. Default: what the provider claims.")
    private String profile;

    @Option(names = "--strict", description = "Not certified unless every applicable must rule is verified.")
    private boolean strict;

    @Option(names = "--fail-fast", description = "Stop as soon as a rule fails.")
    private boolean failFast;

    /** As asked for, the rest as usual. */
    Settings settings() {
        return settings(Effort.STANDARD, failFast);
    }

    /** For who waits for an answer while writing. */
    Settings hasty() {
        return settings(Effort.SMOKE, true);
    }

    private Settings settings(Effort usual, boolean stopOnFailure) {
        if (clients < FEWEST_CLIENTS || clients > MOST_CLIENTS) {
            throw Trouble.usage("--clients " + clients + " is out of range: from " + FEWEST_CLIENTS + " to " + MOST_CLIENTS);
        }
        return new Settings(level == null ? usual : effort(), budget, seed(), clients, globs(), components(), profile(), Settings.CALL_TIMEOUT,
                strict, true, stopOnFailure);
    }

    private Effort effort() {
        List<String> known = Arrays.stream(Effort.values()).map(Effort::label).toList();
        return Arrays.stream(Effort.values()).filter(effort -> effort.label().equalsIgnoreCase(level)).findFirst()
                .orElseThrow(() -> unknown("level", level, known));
    }

    private long seed() {
        if (seed.equals(RANDOM)) {
            return ThreadLocalRandom.current().nextLong(1_000_000_000);
        }
        try {
            return Long.parseLong(seed);
        } catch (NumberFormatException e) {
            throw Trouble.usage("--seed '" + seed + "' is no whole number: write it like 42, or '" + RANDOM + "'", e);
        }
    }

    private List<String> globs() {
        RuleNames names = new RuleNames();
        rules.forEach(names::resolve);
        return rules.stream().map(names::glob).toList();
    }

    private Set<String> components() {
        Set<String> known = new RuleNames().components();
        components.stream().filter(component -> !known.contains(component)).findFirst().ifPresent(component -> {
            throw unknown("component", component, known);
        });
        return new TreeSet<>(components);
    }

    private Profile profile() {
        List<String> known = Arrays.stream(Profile.values()).map(Profile::wireName).toList();
        if (profile != null && !known.contains(profile)) {
            throw unknown("profile", profile, known);
        }
        return profile == null ? null : Profile.of(profile);
    }

    private static Trouble unknown(String kind, String given, Collection<String> known) {
        return Trouble.usage(Nearest.unknown(kind, given, known));
    }
}
