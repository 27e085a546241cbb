package dev.or3.tck.api.result;

import dev.or3.tck.api.catalogue.Level;

/**
 * @param id             the rule
 * @param level          its level
 * @param status         what became of it
 * @param exercised      how often its premise occurred
 * @param message        why it is not passed, in one sentence; null for a pass
 * @param counterexample what contradicts it; null unless failed
 */
public record RuleResult(String id, Level level, Status status, long exercised, String message,
        Counterexample counterexample) {
}
