package dev.or3.tck.suites.check;

import java.util.List;

/**
 * A contradiction between a history and a rule.
 *
 * @param rule      the one rule it is about
 * @param sentence  the contradiction: because … yet …
 * @param expected  what a correct provider would have shown
 * @param actual    what was seen
 * @param workspace the workspace, or null
 * @param witnesses the seqs of the two to four events it rests on
 * @param versions  the versions it rests on
 */
public record Violation(String rule, String sentence, String expected, String actual, String workspace,
        List<Integer> witnesses, List<Long> versions) {
    public Violation {
        witnesses = List.copyOf(witnesses);
        versions = List.copyOf(versions);
    }
}
