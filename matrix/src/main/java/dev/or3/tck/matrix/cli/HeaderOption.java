package dev.or3.tck.matrix.cli;

import dev.or3.tck.suites.connect.Headers.Header;
import dev.or3.tck.suites.connect.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A header as it was asked for. It survives being written down, but for a value that came on the command line.
 *
 * @param name   its name
 * @param source where the value is: {@code @FILE} or {@code env:VARIABLE}; empty if it came on the command line
 * @param value  the value that came on the command line, or empty
 */
record HeaderOption(String name, Optional<String> source, Optional<String> value) {
    private static final Pattern WRITTEN =
            Pattern.compile("([^:=\\s]+)(?:\\s*:(?<value>.*)|=(?<source>@.+|env:.+))", Pattern.DOTALL);
    private static final String VARIABLE = "env:";
    private static final long LONGEST_FILE = 64 << 10;

    /** Reads what follows {@code --header}; its complaints do not repeat it. */
    static final class Converter implements ITypeConverter<HeaderOption> {
        @Override
        public HeaderOption convert(String text) {
            Matcher written = WRITTEN.matcher(text.strip());
            if (!written.matches()) {
                throw new TypeConversionException("--header is written like 'authorization: Bearer …', or authorization=@FILE,"
                        + " or authorization=env:VARIABLE");
            }
            return new HeaderOption(written.group(1), Optional.ofNullable(written.group("source")),
                    Optional.ofNullable(written.group("value")).map(String::strip));
        }
    }

    /** The header with its value. */
    Header resolve(Console console) {
        try {
            if (value.isPresent()) {
                return Header.of(name, value.get());
            }
            String from = source.orElseThrow(() -> Trouble.usage("the value of the header " + name
                    + " is not written down: give it again with --header"));
            if (!from.startsWith(VARIABLE)) {
                return Header.of(name, read(Path.of(from.substring(1))));
            }
            String variable = from.substring(VARIABLE.length());
            String set = console.environment().getOrDefault(variable, "");
            if (set.isBlank()) {
                throw Trouble.usage("--header " + name + ": the variable " + variable + " is not set");
            }
            return new Header(name, set.strip(), variable);
        } catch (IllegalArgumentException e) {
            throw Trouble.usage("--header: " + e.getMessage(), e);
        }
    }

    /** The header with a variable of the shell in place of its value. */
    Header shown() {
        Header header = Header.of(name, Secrets.HIDDEN);
        return source.filter(from -> from.startsWith(VARIABLE))
                .map(from -> new Header(name, Secrets.HIDDEN, from.substring(VARIABLE.length()))).orElse(header);
    }

    private String read(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw Trouble.usage("--header " + name + ": " + file + " is larger than any header");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw Trouble.usage("--header " + name + ": " + file + " cannot be read: " + e, e);
        }
    }

    /** For a file: without a value that came on the command line. */
    String written() {
        return source.map(from -> name + "=" + (from.startsWith(VARIABLE) ? from
                : "@" + Path.of(from.substring(1)).toAbsolutePath())).orElse(name);
    }

    static HeaderOption ofWritten(String text) {
        int at = text.indexOf('=');
        return new HeaderOption(at < 0 ? text : text.substring(0, at),
                at < 0 ? Optional.empty() : Optional.of(text.substring(at + 1)), Optional.empty());
    }

    @Override
    public String toString() {
        return written();
    }
}
