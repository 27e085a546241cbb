package dev.or3.tck.suites.connect;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the kit sends along with every request, for bridges behind a token. The values are secrets. Immutable. */
public record Headers(List<Header> list) {
    public static final Headers NONE = new Headers(List.of());

    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
    /** What the kit, or the JDK's client, sets itself. */
    private static final Set<String> TAKEN = Set.of("connection", "content-length", "content-type", "accept", "expect",
            "host", "upgrade", "transfer-encoding", Endpoint.CALL_NUMBER);

    public Headers {
        list = List.copyOf(list);
    }

    /**
     * One header.
     *
     * @param name     in any case
     * @param value    a secret
     * @param variable the name of a variable of the shell that stands for the value where a request is shown
     */
    public record Header(String name, String value, String variable) {

        /**
         * @throws IllegalArgumentException if it cannot be sent, in words that do not tell the value
         */
        public Header {
            if (!name.matches(TOKEN)) {
                throw new IllegalArgumentException("'" + name + "' is no name of a header");
            }
            if (TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("the header " + name + " is set by the kit itself");
            }
            if (value.isBlank() || !value.chars().allMatch(c -> c == '\t' || c >= ' ' && c < 0x7f || c > 0x9f && c < 0x100)) {
                throw new IllegalArgumentException("the value of the header " + name + " is empty, or holds line breaks or"
                        + " other characters that no header can hold");
            }
        }

        /** Shown by a variable named after the header. */
        public static Header of(String name, String value) {
            return new Header(name, value, name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"));
        }

        @Override
        public String toString() {
            return name + ": " + Secrets.HIDDEN;
        }
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** The values, which are to be written nowhere. */
    List<String> secrets() {
        return list.stream().map(Header::value).toList();
    }
}
