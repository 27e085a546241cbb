package dev.or3.tck.suites.connect;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What must be written nowhere: the values of settings whose names say so. Immutable. */
public final class Secrets {
    /** Stands where a secret was. */
    public static final String HIDDEN = "[hidden]";

    private static final String NAME = "\\w*(?:SECRET|TOKEN|PASSWORD|PASSWD|_KEY|CREDENTIAL)\\w*";
    private static final Pattern NAMED = Pattern.compile(NAME, Pattern.CASE_INSENSITIVE);
    private static final Pattern ASSIGNED =
            Pattern.compile("\\b(" + NAME + "[= ])('[^']*'|\"[^\"]*\"|\\S+)", Pattern.CASE_INSENSITIVE);
    /** Shorter values would hide words of everyday. */
    private static final int SHORTEST = 6;

    private final List<String> values;

    private Secrets(List<String> values) {
        this.values = values;
    }

    /** Whether a setting of that name holds one. */
    public static boolean areIn(String name) {
        return NAMED.matcher(name).matches();
    }

    /** A command without the values that it gives to secret settings or options. */
    public static String hideIn(String command) {
        return ASSIGNED.matcher(command).replaceAll("$1" + HIDDEN);
    }

    /** Those among some settings. */
    static Secrets of(Map<String, String> settings) {
        return new Secrets(settings.entrySet().stream().filter(setting -> areIn(setting.getKey())).map(Map.Entry::getValue)
                .filter(value -> value.length() >= SHORTEST).distinct()
                .sorted(Comparator.comparingInt(String::length).reversed()).toList());
    }

    /** A text without the values. */
    String hide(String text) {
        String hidden = text;
        for (String value : values) {
            hidden = hidden.replace(value, HIDDEN);
        }
        return hidden;
    }
}
