package dev.or3.tck.matrix.findings;

/**
 * A rule that source code or a package is held to.
 *
 * @param id     such as WIR-04
 * @param level  how binding it is
 * @param text   what it asks for; whoever it is about comes before
 * @param source where it comes from
 */
public record Requirement(String id, Level level, String text, String source) {

    /** How binding a rule is. */
    public enum Level {
        /** Whoever breaks it fails. */
        MUST("must", "error"),
        /** Whoever breaks it is told. */
        SHOULD("should", "warning");

        private final String word;
        private final String sarif;

        Level(String word, String sarif) {
            this.word = word;
            this.sarif = sarif;
        }

        /** As catalogues and reports write it. */
        public String word() {
            return word;
        }

        String sarif() {
            return sarif;
        }
    }
}
