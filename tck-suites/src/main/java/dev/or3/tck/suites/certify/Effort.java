package dev.or3.tck.suites.certify;

import java.time.Duration;
import java.util.Locale;

/** How much is tried: {@code --level}. A budget changes how many plans run, never which. */
public enum Effort {
    SMOKE(Duration.ofSeconds(6), 2, Duration.ofSeconds(3)),
    STANDARD(Duration.ofSeconds(40), 12, Duration.ofSeconds(18)),
    DEEP(Duration.ofMinutes(10), 200, Duration.ofMinutes(5));

    private final Duration budget;
    private final int kills;
    private final Duration grace;

    Effort(Duration budget, int kills, Duration grace) {
        this.budget = budget;
        this.kills = kills;
        this.grace = grace;
    }

    /** How much longer than the budget a campaign of this level may take for kills: processes take a while to start. */
    public Duration grace() {
        return grace;
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
