package dev.or3.tck.api.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The rules a provider is held to, in the order of {@code rules.yaml}, their one source. Immutable, and safe for use by
 * several threads.
 *
 * <p>The catalogue has a version. A rule that a version adds is reported, but fails no certification before the version
 * in which it is {@linkplain Rule#scored scored}, so that an upgrade of the kit breaks nobody's build overnight. The file
 * is checked whenever it is read: one that is not sound fails the build of the kit.
 */
public final class Catalogue {
    private static final Catalogue CURRENT = load();

    private final int version;
    private final Map<String, Rule> rules;

    private Catalogue(int version, List<Rule> rules) {
        this.version = version;
        Map<String, Rule> byId = new LinkedHashMap<>();
        rules.forEach(rule -> byId.put(rule.id(), rule));
        this.rules = byId;
    }

    /** The catalogue of this kit. */
    public static Catalogue current() {
        return CURRENT;
    }

    /** The version of the catalogue, 1 or more. */
    public int version() {
        return version;
    }

    /** All rules. */
    public List<Rule> rules() {
        return List.copyOf(rules.values());
    }

    /** The rule of that exact id, if there is one: a report of another kit may name rules that this one does not know. */
    public Optional<Rule> find(String id) {
        return Optional.ofNullable(rules.get(id));
    }

    /**
     * The rule of that exact id.
     *
     * @throws IllegalArgumentException if there is no such rule
     */
    public Rule rule(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("unknown rule '" + id + "'"));
    }

    /**
     * The rules that a glob names: {@code PUSH-07}, {@code PUSH-*}, {@code *}. Case does not matter.
     *
     * @throws IllegalArgumentException if it names none
     */
    public List<Rule> matching(String glob) {
        Pattern pattern = Pattern.compile(Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote)
                .collect(Collectors.joining(".*")), Pattern.CASE_INSENSITIVE);
        List<Rule> found = rules.values().stream().filter(rule -> pattern.matcher(rule.id()).matches()).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no rule matches '" + glob + "': see 'or3-tck rules' for the ids");
        }
        return found;
    }

    private static Catalogue load() {
        try (InputStream yaml = Catalogue.class.getResourceAsStream("/dev/or3/tck/api/rules.yaml")) {
            CatalogueFile file = CatalogueFile.read(yaml);
            return new Catalogue(file.version(), file.rules());
        } catch (IOException e) {
            throw new UncheckedIOException("the rule catalogue cannot be read", e);
        }
    }
}
