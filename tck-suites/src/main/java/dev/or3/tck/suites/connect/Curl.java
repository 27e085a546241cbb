package dev.or3.tck.suites.connect;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One request of protocol version 1 as a command that any POSIX shell takes, for people to repeat it. Secret headers are
 * shown by variables: whoever repeats the request sets them first. Immutable.
 */
public final class Curl {
    /** Linux lets no argument be longer than 128 KiB: larger bodies come by standard input. */
    private static final int LONGEST_ARGUMENT = 96 << 10;
    private static final String CALL = "/tck/v1/call";
    private static final String CONTROL = "/tck/v1/control/";
    private static final String MANIFEST = "/tck/v1/manifest";
    private static final int MOST_SECONDS = 10;

    private final String base;
    private final String path;
    private final Headers headers;
    private final String body;

    private Curl(String base, String path, Headers headers, String body) {
        this.base = base;
        this.path = path;
        this.headers = headers;
        this.body = body;
    }

    /** Where the paths of the protocol are added. */
    public static Curl.At at(URI address) {
        return new At(quoted(address.toString()), Headers.NONE);
    }

    /**
     * An address that is not known yet, but will be in a variable of the shell, such as {@code URL}.
     *
     * @throws IllegalArgumentException if it is no name of a variable
     */
    public static Curl.At atVariable(String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("'" + name + "' is no name of a variable");
        }
        return new At("\"$" + name + '"', Headers.NONE);
    }

    /**
     * An address that requests go to.
     *
     * @param base    as a shell takes it
     * @param headers sent along with each request
     */
    public record At(String base, Headers headers) {
        public At with(Headers others) {
            return new At(base, others);
        }

        /** A call of a method; the caller may be null for nobody. */
        public Curl call(String component, String method, Caller caller, Object input) {
            return new Curl(base, CALL, headers, text(new Endpoint.Call(component, method, caller, input)));
        }

        /** The use of a test control. */
        public Curl control(String name, Object input) {
            return new Curl(base, CONTROL + name, headers, text(input));
        }

        public Curl manifest() {
            return new Curl(base, MANIFEST, headers, null);
        }

        /** A call with any body at all, also one that is no call. */
        public Curl posting(String body) {
            return new Curl(base, CALL, headers, body);
        }

        private static String text(Object body) {
            return new String(Json.writeUtf8(body), StandardCharsets.UTF_8);
        }
    }

    /** The command: one line, or for a long body a few, with the body in lines of its own. Shows headers too. */
    public String command() {
        return command(" -i", Map.of());
    }

    /**
     * The command, as it stands in a script: it shows the body of the answer alone.
     *
     * @param variables names of variables of the shell, by the texts in the request's body for which they stand
     */
    public String command(Map<String, String> variables) {
        return command("", variables);
    }

    private String command(String options, Map<String, String> variables) {
        StringBuilder line = new StringBuilder("curl -sS").append(options).append(" -m ").append(MOST_SECONDS);
        headers.list().forEach(header -> line.append(" -H \"").append(header.name().replace("`", "\\`").replace("$", "\\$"))
                .append(": $").append(header.variable()).append('"'));
        if (body == null) {
            return line.append(' ').append(base).append(path).toString();
        }
        String shown = printable(body);
        line.append(" -H 'content-type: application/json' ");
        if (shown.getBytes(StandardCharsets.UTF_8).length <= LONGEST_ARGUMENT) {
            return line.append("--data-raw ").append(word(shown, variables)).append(' ').append(base).append(path).toString();
        }
        return line.append("--data-binary @- ").append(base).append(path).append(" <<").append(document(shown, variables))
                .toString();
    }

    /** In single quotes, between which nothing stands for anything else, but for the variables. */
    private static String word(String text, Map<String, String> variables) {
        return filled(text, variables, Curl::quoted, name -> "\"$" + name + '"');
    }

    private static String document(String text, Map<String, String> variables) {
        return variables.isEmpty() ? "'END'\n" + text + "\nEND"
                : "END\n" + filled(text, variables, literal -> literal.replaceAll("[\\\\$`]", "\\\\$0"),
                        name -> "${" + name + '}') + "\nEND";
    }

    private static String filled(String text, Map<String, String> variables, UnaryOperator<String> literal,
            UnaryOperator<String> variable) {
        if (variables.isEmpty()) {
            return literal.apply(text);
        }
        Pattern any = Pattern.compile(variables.keySet().stream().sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote).collect(Collectors.joining("|")));
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (Matcher found = any.matcher(text); found.find(); from = found.end()) {
            filled.append(found.start() == from ? "" : literal.apply(text.substring(from, found.start())))
                    .append(variable.apply(variables.get(found.group())));
        }
        return filled.append(from == text.length() ? "" : literal.apply(text.substring(from))).toString();
    }

    @Override
    public String toString() {
        return command();
    }

    /** What a terminal would not show, or take for orders, stands within texts of JSON, where an escape is the same. */
    private static String printable(String json) {
        StringBuilder printable = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char next = json.charAt(i);
            boolean invisible = next == 0x7f || next > 0x7f && next < 0xa0 || Character.getType(next) == Character.FORMAT
                    || next == '\u2028' || next == '\u2029';
            if (invisible) {
                printable.append(String.format("\\u%04x", (int) next));
            } else {
                printable.append(next);
            }
        }
        return printable.toString();
    }

    /** A word as a POSIX shell takes it. */
    public static String quoted(String word) {
        return word.matches("[A-Za-z0-9/._:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
