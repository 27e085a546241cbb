package dev.or3.tck.matrix.host;

import dev.or3.tck.matrix.host.DecisionTable.Enabled;
import dev.or3.tck.matrix.host.DecisionTable.Gate;
import dev.or3.tck.matrix.host.DecisionTable.Named;
import dev.or3.tck.matrix.host.DecisionTable.Outcome;
import dev.or3.tck.matrix.host.DecisionTable.Row;
import dev.or3.tck.matrix.host.DecisionTable.Situation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** From the variables of the environment to a decision for each axis, by the written table (WIR-01 to -03). */
final class Decisions {
    /** Set to false, a host starts also where something is wrong, without the axis that it is about. */
    static final String STRICT = "OR3_HOST_STRICT";

    private final Map<String, String> environment;
    private final Installed installed;
    private final boolean strict;
    private final Map<Axis, Decision> made = new EnumMap<>(Axis.class);

    private Decisions(Map<String, String> environment, Installed installed, boolean strict) {
        this.environment = environment;
        this.installed = installed;
        this.strict = strict;
    }

    /** What is there to choose from. */
    interface Installed {

        /** The ids that are registered for an axis. */
        SortedSet<String> ids(Axis axis);

        /** Why a registered provider cannot serve the axis, as variables or words that help; empty if it can. */
        Optional<String> unfit(Axis axis, String id);
    }

    /**
     * Decides for every axis.
     *
     * @throws ConfigurationException with all that is wrong, where the host is strict
     */
    static Map<Axis, Decision> of(Map<String, String> environment, Installed installed) {
        Enabled strict = enabled(environment.getOrDefault(STRICT, "true"));
        if (strict == Enabled.UNREADABLE) {
            throw new ConfigurationException(List.of(STRICT + " must be true or false"));
        }
        Decisions decisions = new Decisions(environment, installed, strict != Enabled.NO);
        for (Axis axis : Axis.values()) {
            decisions.made.put(axis, decisions.decide(axis));
        }
        List<String> errors = new ArrayList<>();
        decisions.made.values().stream().filter(decision -> decision.outcome() == Outcome.ERROR)
                .forEach(decision -> errors.add(decision.note()));
        if (!errors.isEmpty()) {
            throw new ConfigurationException(errors);
        }
        return decisions.made;
    }

    private Decision decide(Axis axis) {
        Enabled enabled = axis.switchVariable().map(name -> enabled(variable(name))).orElse(Enabled.NONE);
        Gate gate = axis.gate().map(other -> made.get(other).isOn() ? Gate.ON : Gate.OFF).orElse(Gate.NONE);
        String id = variable(axis.providerVariable());
        Named named = id.isBlank() ? Named.UNSET : installed.ids(axis).contains(id) ? Named.REGISTERED
                : axis.known().contains(id) ? Named.UNREGISTERED : Named.UNKNOWN;
        Situation situation = new Situation(axis, enabled, gate, named);
        Row row = DecisionTable.current().rowFor(situation);
        String why = "";
        if (row.outcome(strict) == Outcome.ON) {
            Optional<String> unfit = installed.unfit(axis, id);
            if (unfit.isPresent()) {
                why = unfit.get();
                row = DecisionTable.current().rowFor(new Situation(axis, enabled, gate, Named.UNFIT));
            }
        }
        Outcome outcome = row.outcome(strict);
        return outcome == Outcome.ON ? new Decision(axis, outcome, id, null)
                : new Decision(axis, outcome, null, filled(row.says(), axis, id, why));
    }

    private String filled(String words, Axis axis, String id, String why) {
        return words.replace("{axis}", axis.label()).replace("{switch}", axis.switchVariable().orElse(""))
                .replace("{variable}", axis.providerVariable()).replace("{gate}", axis.gate().map(Axis::label).orElse(""))
                .replace("{installed}", installed.ids(axis).isEmpty() ? "none, for none is installed"
                        : String.join(", ", installed.ids(axis)))
                .replace("{provider}", id).replace("{why}", why);
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /** Only what cannot be meant otherwise is taken for a yes. */
    static Enabled enabled(String value) {
        return switch (value.strip()) {
            case "", "false", "0" -> Enabled.NO;
            case "true", "1" -> Enabled.YES;
            default -> Enabled.UNREADABLE;
        };
    }
}
