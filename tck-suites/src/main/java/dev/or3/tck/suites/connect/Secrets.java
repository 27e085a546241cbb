package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What must be written nowhere: values of headers, and of settings whose names say so, however they are written: plainly, as
 * JSON has them, as in a URL, or in base 64, alone or within something longer. Immutable.
 */
public final class Secrets {
    /** Stands where a secret was. */
    public static final String HIDDEN = "[hidden]";
    public static final Secrets NONE = new Secrets(Set.of());

    private static final String NAME = "\\w*(?:SECRET|TOKEN|PASSWORD|PASSWD|_KEY|CREDENTIAL)\\w*";
    private static final Pattern NAMED = Pattern.compile(NAME, Pattern.CASE_INSENSITIVE);
    private static final Pattern ASSIGNED =
            Pattern.compile("\\b(" + NAME + "[= ])('[^']*'|\"[^\"]*\"|\\S+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#\\s]+(?=@)");
    private static final Set<String> SCHEMES = Set.of("Bearer", "Digest", "Negotiate", "ApiKey");
    /** Shorter values would hide words of everyday. */
    private static final int SHORTEST = 6;
    /** Shorter pieces of base 64 say too little. */
    private static final int SHORTEST_ENCODED = 10;

    private final Set<String> values;
    private final List<String> written;
    private final SecretBytes bytes;

    private Secrets(Set<String> values) {
        this.values = values;
        this.written = values.stream().flatMap(value -> writings(value).stream()).distinct()
                .sorted(Comparator.comparingInt(String::length).reversed()).toList();
        this.bytes = new SecretBytes(values.stream().filter(SecretBytes::isUnlikeWords)
                .flatMap(value -> writings(value).stream()).distinct()
                .sorted(Comparator.comparingInt(String::length).reversed()).toList());
    }

    /** Whether a setting of that name holds one. */
    public static boolean areIn(String name) {
        return NAMED.matcher(name).matches();
    }

    /** A command without the values that it gives to secret settings or options, and without users in its addresses. */
    public static String hideIn(String command) {
        return USER_INFO.matcher(ASSIGNED.matcher(command).replaceAll("$1" + HIDDEN)).replaceAll(HIDDEN);
    }

    /** Those that {@link #hideIn} leaves out. */
    public static Secrets inCommand(String command) {
        List<String> values = new ArrayList<>();
        ASSIGNED.matcher(command).results().map(found -> unquoted(found.group(2))).forEach(values::add);
        USER_INFO.matcher(command).results().map(found -> found.group()).forEach(value -> {
            values.add(value);
            values.addAll(List.of(value.split(":")));
        });
        return ofValues(values);
    }

    /** The user, the password, and the values of the query of an address. */
    public static Secrets inAddress(String address) {
        List<String> values = new ArrayList<>();
        int user = address.lastIndexOf('@');
        if (user >= 0) {
            String info = address.substring(address.indexOf("://") < 0 ? 0 : address.indexOf("://") + 3, user);
            values.add(info);
            values.addAll(List.of(info.split(":")));
        }
        int query = address.indexOf('?');
        if (query >= 0) {
            values.add(address.substring(query + 1));
            List.of(address.substring(query + 1).split("[&#]"))
                    .forEach(pair -> values.add(pair.substring(pair.indexOf('=') + 1)));
        }
        Secrets plain = ofValues(values);
        return plain.and(ofValues(values.stream().map(Secrets::decoded).toList()));
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    private static String unquoted(String word) {
        return word.length() > 1 && "'\"".indexOf(word.charAt(0)) >= 0 ? word.substring(1, word.length() - 1) : word;
    }

    /** Those among some settings. */
    public static Secrets of(Map<String, String> settings) {
        return ofValues(settings.entrySet().stream().filter(setting -> areIn(setting.getKey())).map(Map.Entry::getValue)
                .toList());
    }

    /** The values of headers: as a whole, and their words, such as the token after {@code Bearer}. */
    public static Secrets of(Headers headers) {
        return ofValues(headers.list().stream().flatMap(header -> Stream.concat(Stream.of(header.value()),
                words(header.value()).stream())).toList());
    }

    /** What may be the value of a header in words that were meant to be one; not where it only says where the value is. */
    public static Secrets inHeader(String text) {
        if (text.matches("(?s)[^:=\\s]+=(@|env:).+")) {
            return NONE;
        }
        List<String> values = new ArrayList<>(words(text));
        values.add(text.substring(text.indexOf(':') + 1).strip());
        return ofValues(values.stream().filter(value -> !value.endsWith(":")).toList());
    }

    private static List<String> words(String header) {
        List<String> words = new ArrayList<>();
        for (String word : header.split("[\\s;,]+")) {
            String value = word.substring(word.indexOf('=') < word.length() - 1 ? word.indexOf('=') + 1 : 0);
            if (!SCHEMES.contains(value)) {
                words.add(value);
            }
        }
        Matcher basic = Pattern.compile("(?i)Basic\\s+([A-Za-z0-9+/]+=*)").matcher(header.strip());
        if (basic.matches()) {
            try {
                String pair = new String(Base64.getDecoder().decode(basic.group(1)), StandardCharsets.UTF_8);
                words.add(pair);
                words.add(pair.substring(pair.indexOf(':') + 1));
            } catch (IllegalArgumentException e) {
                // It is not base 64 after all, and hidden as it stands.
            }
        }
        return words;
    }

    static Secrets ofValues(Collection<String> values) {
        Set<String> known = new LinkedHashSet<>();
        values.stream().map(String::strip).filter(value -> value.length() >= SHORTEST).forEach(known::add);
        return known.isEmpty() ? NONE : new Secrets(known);
    }

    public Secrets and(Secrets others) {
        if (others.values.isEmpty()) {
            return this;
        }
        Set<String> all = new LinkedHashSet<>(values);
        all.addAll(others.values);
        return new Secrets(all);
    }

    /** A text without the values; null stays null. */
    public String hide(String text) {
        if (text == null) {
            return null;
        }
        String hidden = text;
        for (String value : written) {
            hidden = hidden.replace(value, HIDDEN);
        }
        return hidden;
    }

    /** JSON in UTF-8 without the values, but for those that could be words of the protocol. */
    byte[] hide(byte[] json) {
        return bytes.hide(json);
    }

    /** All the ways in which a value may stand somewhere. */
    private static Set<String> writings(String value) {
        Set<String> writings = new LinkedHashSet<>();
        writings.add(value);
        String json = TextNode.valueOf(value).toString();
        String escaped = json.substring(1, json.length() - 1);
        writings.add(escaped);
        writings.add(escaped.replace("/", "\\/"));
        writings.add(ascii(escaped));
        String url = URLEncoder.encode(value, StandardCharsets.UTF_8);
        Matcher percent = Pattern.compile("%[0-9A-F]{2}").matcher(url);
        writings.add(url);
        writings.add(url.replace("+", "%20"));
        writings.add(percent.replaceAll(found -> found.group().toLowerCase(Locale.ROOT)));
        byte[] plain = value.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < 3; before++) {
            base64(plain, before).filter(piece -> piece.length() >= SHORTEST_ENCODED).forEach(writings::add);
        }
        return writings;
    }

    private static String ascii(String text) {
        StringBuilder ascii = new StringBuilder();
        text.chars().forEach(c -> ascii.append(c < 0x80 ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return ascii.toString();
    }

    /** The digits that depend on the value alone, where a number of other bytes come before it. */
    private static Stream<String> base64(byte[] plain, int before) {
        byte[] shifted = new byte[before + plain.length];
        System.arraycopy(plain, 0, shifted, before, plain.length);
        String digits = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int mixed = shifted.length % 3 == 0 ? 0 : 1;
        String own = digits.substring(before == 0 ? 0 : before + 1, digits.length() - mixed);
        return Stream.of(own, own.replace('+', '-').replace('/', '_'));
    }

    /** Names no value. */
    @Override
    public String toString() {
        return values.size() + " secrets";
    }
}
