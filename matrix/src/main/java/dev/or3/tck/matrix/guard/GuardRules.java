package dev.or3.tck.matrix.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.matrix.findings.Requirement;
import dev.or3.tck.matrix.source.PathPattern;
import dev.or3.tck.matrix.yaml.InvalidYamlException;
import dev.or3.tck.matrix.yaml.SchemaFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a tree is held to. Immutable. */
public final class GuardRules {
    /** The name under which a tree keeps rules of its own. */
    public static final String FILE = "guard.yaml";

    private static final SchemaFile SCHEMA = SchemaFile.beside(GuardRules.class, "guard.schema.json");

    private final List<PathPattern> exclude;
    private final List<Ban> bans;
    private final List<Allowance> allowances;
    private final ModuleName names;
    private final Hints hints;

    private GuardRules(Written written) {
        names = new ModuleName(written.aliases());
        exclude = patterns(written.exclude());
        hints = new Hints(written.rules().stream().flatMap(rule -> rule.banned().stream()).map(text -> names.of(text, ""))
                .toList(), written.aliases());
        bans = written.rules().stream().map(rule -> new Ban(
                new Requirement(rule.id(), Requirement.Level.MUST, rule.textOrDefault(), null),
                rule.adviceOrDefault(), patterns(rule.zones()), rule.banned().stream().map(this::module).toList())).toList();
        allowances = written.allow().stream().map(allowed -> new Allowance(allowed.rule(), allowed.module(),
                module(allowed.module()), patterns(allowed.in()), allowed.reason())).toList();
    }

    /**
     * Reads rules.
     *
     * @param yaml what a rules file says; what it does not name is as by default
     * @throws InvalidYamlException if it is not as the schema asks
     */
    public static GuardRules of(String yaml) throws InvalidYamlException {
        ObjectNode whole = SCHEMA.read(defaults()).deepCopy();
        JsonNode own = SCHEMA.read(yaml);
        whole.setAll((ObjectNode) own);
        return new GuardRules(Json.mapper().convertValue(whole, Written.class));
    }

    /** The default rules, as a file with comments to start from. */
    public static String defaults() {
        try (InputStream yaml = GuardRules.class.getResourceAsStream(FILE)) {
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<PathPattern> patterns(List<String> texts) {
        return texts.stream().map(PathPattern::new).toList();
    }

    private PathPattern module(String text) {
        return PathPattern.fromRoot(names.of(text, ""));
    }

    List<PathPattern> exclude() {
        return exclude;
    }

    List<Ban> bans() {
        return bans;
    }

    List<Allowance> allowances() {
        return allowances;
    }

    ModuleName names() {
        return names;
    }

    Hints hints() {
        return hints;
    }

    /** What must not be named where. */
    record Ban(Requirement rule, String advice, List<PathPattern> zones, List<PathPattern> modules) {
    }

    /** What may stay where, and why. */
    record Allowance(String rule, String written, PathPattern module, List<PathPattern> files, String reason) {
        boolean covers(Requirement broken, String name, String file) {
            return (rule == null || rule.equals(broken.id())) && module.matches(name) && PathPattern.anyMatches(files, file);
        }
    }

    private record Written(Map<String, String> aliases, List<String> exclude, List<Rule> rules, List<Allow> allow) {
        private record Rule(String id, String text, String advice, List<String> zones, List<String> banned) {
            String textOrDefault() {
                return Objects.requireNonNullElse(text, "does not import " + String.join(", ", banned));
            }

            String adviceOrDefault() {
                return Objects.requireNonNullElse(advice, "Remove the import, or allow it with a reason");
            }
        }

        private record Allow(String rule, String module, List<String> in, String reason) {
        }
    }
}
