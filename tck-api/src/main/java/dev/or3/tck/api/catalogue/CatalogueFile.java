package dev.or3.tck.api.catalogue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.or3.tck.api.protocol.ComponentType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The catalogue as it stands in its file. Every kit reads it first of all, so a file that is not sound fails the build and
 * not a certification.
 */
record CatalogueFile(int version, List<Rule> rules) {

    private static final Pattern ID = Pattern.compile("[A-Z]{2,5}-[0-9]{2}");
    private static final Set<String> COMPONENTS = Stream.concat(Stream.of(Rule.HOST),
            Arrays.stream(ComponentType.values()).map(ComponentType::wireName)).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> NEEDS = Set.of("gc", "snapshot", "applied", "cursorOwnership", "commit", "quota",
            "admin", "sync", "clock", "restart", "kill", "fault", "state", "command", "schema", "backends",
            "environment", "files", "registry");
    private static final ObjectReader READER = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build().readerFor(CatalogueFile.class);

    /**
     * Reads a catalogue.
     *
     * @throws IOException           if it is no YAML, or has unknown keys, levels or profiles
     * @throws IllegalStateException if it is not sound, naming every problem
     */
    static CatalogueFile read(InputStream yaml) throws IOException {
        CatalogueFile file = READER.readValue(yaml);
        List<String> problems = file.problems();
        if (!problems.isEmpty()) {
            throw new IllegalStateException("the rule catalogue is not sound: " + String.join("; ", problems));
        }
        return file;
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (version < 1) {
            problems.add("the version is missing");
        }
        if (rules == null || rules.isEmpty()) {
            problems.add("there are no rules");
            return problems;
        }
        Set<String> ids = new HashSet<>();
        for (Rule rule : rules) {
            if (rule == null || rule.id() == null || !ID.matcher(rule.id()).matches()) {
                problems.add("'" + (rule == null ? null : rule.id()) + "' is no rule id");
            } else {
                if (!ids.add(rule.id())) {
                    problems.add(rule.id() + " is there twice");
                }
                problemsOf(rule, problems);
            }
        }
        return problems;
    }

    private void problemsOf(Rule rule, List<String> problems) {
        demand(COMPONENTS.contains(String.valueOf(rule.component())), rule, "unknown component " + rule.component(),
                problems);
        demand(rule.level() != null, rule, "no level", problems);
        demand(isSentence(rule.text()), rule, "no text that continues 'The provider …' and ends without a stop", problems);
        demand(hasText(rule.checked()) && rule.checked().strip().endsWith("."), rule, "no sentence under checked", problems);
        demand(!rule.source().isEmpty() && rule.source().stream().allMatch(CatalogueFile::hasText), rule, "no source",
                problems);
        demand(!rule.causes().isEmpty() && rule.causes().stream().allMatch(CatalogueFile::hasText), rule, "no causes",
                problems);
        for (String need : rule.needs()) {
            demand(NEEDS.contains(need), rule, "unknown need " + need, problems);
        }
        demand(rule.since() >= 1 && rule.since() <= version, rule, "since is not 1 to " + version, problems);
        demand(rule.scored() >= rule.since() && rule.scored() <= version + 1, rule,
                "scored is not " + rule.since() + " to " + (version + 1), problems);
    }

    private static void demand(boolean holds, Rule rule, String problem, List<String> problems) {
        if (!holds) {
            problems.add(rule.id() + ": " + problem);
        }
    }

    private static boolean hasText(String text) {
        return text != null && !text.isBlank();
    }

    private static boolean isSentence(String text) {
        return hasText(text) && Character.isLowerCase(text.charAt(0)) && !text.strip().endsWith(".");
    }
}
