package dev.or3.tck.suites.certify;

import java.time.Duration;
import java.util.Locale;

/** How much is tried: {@code --level}. A budget changes how many plans run, never which. */
public enum Effort {
    SMOKE(Duration.ofSeconds(6), 2),
    STANDARD(Duration.ofSeconds(40), 12),
    DEEP(Duration.ofMinutes(10), 200);

    private final Duration budget;
    private final int kills;

    Effort(Duration budget, int kills) {
        this.budget = budget;
        this.kills = kills;
    }

    /** How often a provider that can be killed is killed at least, if the budget lasts. */
    public int kills() {
        return kills;
    }

    /** The time that a campaign of this level takes, minimizing included. */
    public Duration budget() {
        return budget;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
