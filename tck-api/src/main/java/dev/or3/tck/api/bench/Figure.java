package dev.or3.tck.api.bench;

import java.util.Objects;

/**
 * One measured number.
 *
 * @param name   what was measured, for example {@code push by 100, share of bare SQLite}
 * @param value  the number
 * @param unit   its unit, for example {@code changes/s}; empty for a plain number such as an exponent
 * @param target what it is held against, or null if it is only told
 * @param bound  on which side of the target it has to be, or null without a target
 */
public record Figure(String name, double value, String unit, Double target, Bound bound) {

    /** The side of the target on which a figure has to be. */
    public enum Bound { AT_LEAST, AT_MOST }

    public Figure {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(unit, "unit");
        if ((target == null) != (bound == null)) {
            throw new IllegalArgumentException("a target needs a bound, and a bound a target: " + name);
        }
    }

    /** A figure that is only told. */
    public static Figure told(String name, double value, String unit) {
        return new Figure(name, value, unit, null, null);
    }

    public static Figure atLeast(double target, String name, double value, String unit) {
        return new Figure(name, value, unit, target, Bound.AT_LEAST);
    }

    public static Figure atMost(double target, String name, double value, String unit) {
        return new Figure(name, value, unit, target, Bound.AT_MOST);
    }

    /** Whether the target is reached; true without one. */
    public boolean reached() {
        return target == null || (bound == Bound.AT_LEAST ? value >= target : value <= target);
    }
}
