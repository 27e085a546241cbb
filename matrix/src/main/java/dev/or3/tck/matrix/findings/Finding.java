package dev.or3.tck.matrix.findings;

import dev.or3.tck.matrix.source.Place;

/**
 * One place that breaks a rule.
 *
 * @param rule    the rule
 * @param check   which of the rule's checks found it, by its id; null where a rule has only one
 * @param file    the file, as the reader can open it
 * @param place   where in it
 * @param text    what is there, in a sentence without its full stop
 * @param advice  what to do about it
 * @param allowed why it may stay; null if it may not
 */
public record Finding(Requirement rule, String check, String file, Place place, String text, String advice, String allowed) {

    /** One of a rule with one check, not allowed. */
    public Finding(Requirement rule, String file, Place place, String text, String advice) {
        this(rule, null, file, place, text, advice, null);
    }

    /** The same, allowed. */
    public Finding allowedBecause(String reason) {
        return new Finding(rule, check, file, place, text, advice, reason);
    }
}
