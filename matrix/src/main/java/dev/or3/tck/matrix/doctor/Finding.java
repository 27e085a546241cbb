package dev.or3.tck.matrix.doctor;

/**
 * One thing that was looked at.
 *
 * @param health  how it is
 * @param subject what was looked at, in a word or two
 * @param text    what was seen, in a sentence
 * @param advice  what to do about it; null if all is well
 */
public record Finding(Health health, String subject, String text, String advice) {

    /** How a thing is. */
    public enum Health {
        /** As it should be. */
        OK,
        /** Certification works, but less can be verified, or somebody should have a look. */
        WARN,
        /** Certification would fail or mean nothing. */
        FAIL
    }

    static Finding ok(String subject, String text) {
        return new Finding(Health.OK, subject, text, null);
    }

    static Finding warn(String subject, String text, String advice) {
        return new Finding(Health.WARN, subject, text, advice);
    }

    static Finding fail(String subject, String text, String advice) {
        return new Finding(Health.FAIL, subject, text, advice);
    }
}
