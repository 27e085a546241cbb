package dev.or3.tck.matrix.doctor;

import dev.or3.tck.suites.connect.Curl;
import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param health  how it is
 * @param subject what was looked at, in a word or two
 * @param text    what was seen, in a sentence
 * @param advice  what to do about it; null if all is well
 * @param repeat  the request that shows it, as a command; null where there is none
 */
public record Finding(Health health, String subject, String text, String advice, String repeat) {

    /** How a thing is. */
    public enum Health {
        /** As it should be. */
        OK,
        /** Certification works, but less can be verified, or somebody should have a look. */
        WARN,
        /** Certification would fail or mean nothing: the provider is wrong, or its manifest. */
        FAIL,
        /** Nothing can be said of the provider, for what lies between it and the kit does not work. */
        BROKEN
    }

    static Finding ok(String subject, String text) {
        return new Finding(Health.OK, subject, text, null, null);
    }

    static Finding warn(String subject, String text, String advice) {
        return new Finding(Health.WARN, subject, text, advice, null);
    }

    static Finding fail(String subject, String text, String advice) {
        return new Finding(Health.FAIL, subject, text, advice, null);
    }

    static Finding broken(String subject, String text, String advice) {
        return new Finding(Health.BROKEN, subject, text, advice, null);
    }

    Finding repeatedBy(Curl request) {
        return repeatedBy(Optional.of(request));
    }

    /** With the request, unless all is well or another one is known already. */
    Finding repeatedBy(Optional<Curl> request) {
        return health == Health.OK || repeat != null ? this
                : new Finding(health, subject, text, advice, request.map(Curl::command).orElse(null));
    }
}
