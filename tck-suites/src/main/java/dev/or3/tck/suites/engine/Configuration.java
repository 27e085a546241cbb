package dev.or3.tck.suites.engine;

import dev.or3.tck.api.Profile;
import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.suites.certify.Effort;
import dev.or3.tck.suites.certify.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.platform.engine.ConfigurationParameters;

/** What the annotation says, unless a configuration parameter says otherwise. */
@Certify
final class Configuration {
    private static final String PREFIX = "or3-tck.";
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h)");
    private static final int MOST_CLIENTS = 16;

    private final Certify annotation;
    private final ConfigurationParameters parameters;

    Configuration(Class<?> certified, ConfigurationParameters parameters) {
        Certify given = certified.getAnnotation(Certify.class);
        this.annotation = given == null ? Configuration.class.getAnnotation(Certify.class) : given;
        this.parameters = parameters;
    }

    /**
     * @param rules the ids of the rules to check; empty for all
     * @throws IllegalArgumentException naming the parameter or value that makes no sense
     */
    Settings settings(List<String> rules) {
        Settings standard = Settings.of(level(), value("seed", annotation.seed(), Configuration::seed));
        return new Settings(standard.effort(), budget(), standard.seed(), clients(), rules, Set.of(), profile(),
                standard.callTimeout(), false, true, false);
    }

    private Effort level() {
        return value("level", annotation.level(), text -> Arrays.stream(Effort.values())
                .filter(effort -> effort.label().equals(text.toLowerCase(Locale.ROOT))).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("known are " + Arrays.stream(Effort.values())
                        .map(Effort::label).collect(Collectors.joining(", ")))));
    }

    private static long seed(String text) {
        return Long.parseLong(text);
    }

    private Duration budget() {
        String given = annotation.budget();
        return value("budget", given.isEmpty() ? null : duration(given), Configuration::duration);
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a duration looks like 30s or 5m");
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration duration = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
        if (duration.isZero()) {
            throw new IllegalArgumentException("it must be longer than nothing");
        }
        return duration;
    }

    private int clients() {
        return value("clients", annotation.clients(), text -> between(2, MOST_CLIENTS, Integer.parseInt(text)));
    }

    int instances() {
        return value("instances", annotation.instances(), text -> between(1, MOST_CLIENTS, Integer.parseInt(text)));
    }

    private Profile profile() {
        String given = annotation.profile();
        return value("profile", given.isEmpty() ? null : Profile.of(given), Profile::of);
    }

    /** The rules that become tests, in the order of the catalogue. */
    List<Rule> rules() {
        List<String> globs = value("rules", List.of(annotation.rules()), text -> List.of(text.strip().split("\\s*,\\s*")));
        Set<String> wanted = globs.stream().flatMap(glob -> Catalogue.current().matching(glob).stream()).map(Rule::id)
                .collect(Collectors.toSet());
        return Catalogue.current().rules().stream().filter(rule -> globs.isEmpty() || wanted.contains(rule.id())).toList();
    }

    /** Where what proves a failure is written; empty for the build's own place. */
    String out() {
        return value("out", "", Function.identity());
    }

    private static int between(int least, int most, int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("from " + least + " to " + most);
        }
        return value;
    }

    private <T> T value(String name, T otherwise, Function<String, T> parse) {
        String text = parameters.get(PREFIX + name).map(String::strip).filter(given -> !given.isEmpty()).orElse(null);
        if (text == null) {
            return otherwise;
        }
        try {
            return parse.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(PREFIX + name + "=" + text + " makes no sense: it is a whole number", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PREFIX + name + "=" + text + " makes no sense: " + e.getMessage(), e);
        }
    }
}
