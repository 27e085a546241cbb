package dev.or3.tck.matrix.guard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells which files may name a banned module at all. Every file is parsed, but listing what it names takes five times as
 * long, and most files have no reason for it. Errs on one side only: the name of a banned module holds the word that its
 * pattern ends with, and it comes from the specifier, from the place of the file, or from an alias.
 */
final class Hints {
    private static final Pattern WILDCARDS = Pattern.compile("\\*|\\?|\\[[^]]*]|\\\\");
    /** What spells a character by another one; a backslash alone only stands before the character itself. */
    private static final Pattern ESCAPES = Pattern.compile("\\\\[xu0-7\\r\\n\\u2028\\u2029]");
    private static final Pattern COMPUTED = Pattern.compile(
            "(?:import|import\\.meta\\.resolve|require(?:\\.resolve)?|[mM]ock|Actual)\\s*\\(\\s*(?!['\"\\s])");

    private final List<String> words;

    /**
     * @param banned  names of banned modules, as patterns
     * @param aliases beginnings of specifiers, each with the directory it stands for
     */
    Hints(List<String> banned, Map<String, String> aliases) {
        words = new ArrayList<>(banned.stream().map(Hints::word).distinct().toList());
        aliases.forEach((alias, directory) -> {
            if (words.stream().anyMatch(directory::contains)) {
                words.add(alias);
            }
        });
    }

    private static String word(String pattern) {
        String last = pattern.replaceFirst("/+$", "").replaceFirst("^.*/", "");
        return Arrays.stream(WILDCARDS.split(last)).max(Comparator.comparingInt(String::length)).orElse("");
    }

    /** Whether a file has to be listed; also for what it computes, which is to be told. */
    boolean suggest(String file, String text) {
        return Stream.of(file, text, text.indexOf('\\') < 0 ? "" : text.replace("\\", ""))
                .anyMatch(where -> words.stream().anyMatch(where::contains))
                || ESCAPES.matcher(text).find() || COMPUTED.matcher(text).find();
    }
}
