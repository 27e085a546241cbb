package dev.or3.tck.suites.certify;

import java.time.Duration;
import java.util.Locale;

/** How much is tried: {@code --level}. A budget changes how many plans run, never which. */
public enum Effort {
    SMOKE(Duration.ofSeconds(6)),
    STANDARD(Duration.ofSeconds(40)),
    DEEP(Duration.ofMinutes(10));

    private final Duration budget;

    Effort(Duration budget) {
        this.budget = budget;
    }

    /** The time that a campaign of this level takes, minimizing included. */
    public Duration budget() {
        return budget;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
