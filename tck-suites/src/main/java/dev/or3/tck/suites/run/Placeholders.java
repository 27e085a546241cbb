package dev.or3.tck.suites.run;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.or3.tck.suites.backend.Canaries;
import dev.or3.tck.suites.backend.PlayedBackends;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills in what a plan leaves open until it runs: see {@link dev.or3.tck.suites.plan.Plan}. */
final class Placeholders {
    private static final int UUID_LENGTH = 36;
    private static final Pattern MAYBE = Pattern.compile("\"\\$\\{maybe:([^}]+)}\"");

    private final String digits;
    private final String run;
    private final List<History.Space> spaces;
    private final Map<String, String> variables = new ConcurrentHashMap<>();
    private final Canaries canaries;
    private final Map<String, Content> contents = new ConcurrentHashMap<>();

    Placeholders(SplittableRandom random, List<History.Space> spaces) {
        this.digits = freshDigits(random);
        this.run = digits.substring(0, 8);
        this.spaces = spaces;
        this.canaries = new Canaries(digits);
    }

    /** What tells a backend that is played in this run from all others: a part of its address, and of all it answers. */
    String mark(String backend) {
        return run + "-" + backend;
    }

    Canaries canaries() {
        return canaries;
    }

    /** The address of a backend of this run; null where none can be played. */
    private String backend(String name) {
        return PlayedBackends.shared().map(played -> played.address(mark(name))).orElse(null);
    }

    static String freshDigits(SplittableRandom random) {
        StringBuilder text = new StringBuilder(UUID_LENGTH);
        for (int i = 0; i < UUID_LENGTH; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }

    void bind(String variable, String value) {
        variables.put(variable, value);
    }

    /** An id whose every {@code x} is a digit of this run, the same one at the same place. */
    String id(String template) {
        if (template == null || template.indexOf('x') < 0 || template.length() != UUID_LENGTH) {
            return template;
        }
        char[] text = template.toCharArray();
        for (int i = 0; i < text.length; i++) {
            if (text[i] == 'x') {
                text[i] = digits.charAt(i);
            }
        }
        return new String(text);
    }

    String text(String template) {
        return fill(template, UnaryOperator.identity());
    }

    /** As {@link #text}, for JSON: values are escaped as they stand within a JSON string. */
    String json(String template) {
        String certain = template == null || !template.contains("${maybe:") ? template
                : MAYBE.matcher(template).replaceAll(found -> Matcher.quoteReplacement(
                        variables.containsKey(found.group(1)) ? "\"${var:" + found.group(1) + "}\"" : "null"));
        return fill(certain, value -> new String(JsonStringEncoder.getInstance().quoteAsString(value)));
    }

    /** The bytes of that size and seed in this run. */
    Content content(int size, int seed) {
        return contents.computeIfAbsent(size + ":" + seed,
                fresh -> new Content(size, Long.parseUnsignedLong(digits.substring(0, 16), 16) + seed));
    }

    /** Whether every variable it names is bound. */
    boolean isBound(String template) {
        int at = template == null ? -1 : template.indexOf("${var:");
        while (at >= 0) {
            int end = template.indexOf('}', at);
            if (end < 0 || !variables.containsKey(template.substring(at + 6, end))) {
                return false;
            }
            at = template.indexOf("${var:", end);
        }
        return true;
    }

    private String fill(String template, UnaryOperator<String> escape) {
        int at = template == null ? -1 : template.indexOf("${");
        if (at < 0) {
            return template;
        }
        StringBuilder filled = new StringBuilder(template.length() + 32);
        int from = 0;
        while (at >= 0) {
            int end = template.indexOf('}', at);
            String value = end < 0 ? null : value(template.substring(at + 2, end));
            if (value != null) {
                filled.append(template, from, at).append(escape.apply(value));
                from = end + 1;
            }
            at = template.indexOf("${", at + 2);
        }
        return filled.append(template, from, template.length()).toString();
    }

    /** The value of a placeholder; null for what is none, which stays as it is: payloads hold all kinds of text. */
    private String value(String name) {
        String[] parts = name.split(":", -1);
        try {
            return switch (parts[0]) {
                case "run" -> run;
                case "workspace" -> spaces.get(Integer.parseInt(parts[1])).workspaceId();
                case "user" -> spaces.get(Integer.parseInt(parts[1])).members().get(Integer.parseInt(parts[2])).userId();
                case "var" -> variables.get(parts[1]);
                case "backend" -> backend(parts[1]);
                case "secret" -> canaries.of(parts[1], parts[2]);
                case "sha256" -> content(Integer.parseInt(parts[1]), Integer.parseInt(parts[2])).sha256();
                default -> null;
            };
        } catch (IndexOutOfBoundsException | NumberFormatException notOne) {
            return null;
        }
    }
}
