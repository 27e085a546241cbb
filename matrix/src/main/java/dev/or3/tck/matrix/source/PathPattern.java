package dev.or3.tck.matrix.source;

import java.util.List;
import org.eclipse.jgit.ignore.FastIgnoreRule;

/** A pattern for paths, as in {@code .gitignore}: what it names, and everything below it. Immutable. */
public final class PathPattern {
    private final String text;
    private final FastIgnoreRule rule;

    public PathPattern(String text) {
        this.text = text;
        rule = new FastIgnoreRule(text);
    }

    /** From the root on, whatever the text looks like: the pattern {@code convex} does not match {@code lib/convex}. */
    public static PathPattern fromRoot(String text) {
        return new PathPattern("/" + text);
    }

    /** Whether a file, given by its path from the root with slashes, is meant. */
    public boolean matches(String path) {
        return rule.isMatch(path, false);
    }

    public static boolean anyMatches(List<PathPattern> patterns, String path) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    @Override
    public String toString() {
        return text;
    }
}
