package dev.or3.tck.api.catalogue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All rules in the order of the file. Immutable.
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

    public int version() {
        return version;
    }

    public List<Rule> rules() {
        return List.copyOf(rules.values());
    }

    public Optional<Rule> find(String id) {
        return Optional.ofNullable(rules.get(id));
    }

    /**
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
        Pattern pattern = Pattern.compile(
                ("\\Q" + glob + "\\E").replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE);
        List<Rule> found = rules.values().stream().filter(rule -> pattern.matcher(rule.id()).matches()).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no rule matches '" + glob + "': see 'or3-tck rules' for the ids");
        }
        return found;
    }

    private record File(int version, List<Rule> rules) {
    }

    private static Catalogue load() {
        try (InputStream yaml = Catalogue.class.getResourceAsStream("/dev/or3/tck/api/rules.yaml")) {
            File file = YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .build()
                    .readValue(yaml, File.class);
            return new Catalogue(file.version(), file.rules());
        } catch (IOException e) {
            throw new UncheckedIOException("the rule catalogue cannot be read", e);
        }
    }
}
