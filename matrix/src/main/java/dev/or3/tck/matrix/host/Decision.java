package dev.or3.tck.matrix.host;

import dev.or3.tck.matrix.host.DecisionTable.Outcome;

/**
 * What becomes of an axis.
 *
 * @param provider the id of the provider that is on, exactly as it was named; null if the axis is off
 * @param note     why it is off, or what is wrong, naming the variable; null if it is on
 */
public record Decision(Axis axis, Outcome outcome, String provider, String note) {

    /** Whether a provider serves the axis. */
    public boolean isOn() {
        return outcome == Outcome.ON;
    }
}
