package dev.or3.tck.matrix.packages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.matrix.source.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a package.json says. */
record Manifest(JsonDocument json) {
    static final String FILE = "package.json";
    static final String DEPENDENCIES = "dependencies";
    static final String DEV = "devDependencies";
    static final String PEERS = "peerDependencies";
    /** All sections, those that are installed with the package first. */
    static final List<String> SECTIONS = List.of(DEPENDENCIES, PEERS, "optionalDependencies", DEV);

    String name() {
        return json.at("name").asText();
    }

    /** The packages of a section. */
    Set<String> in(String section) {
        Set<String> names = new LinkedHashSet<>();
        json.at(section).fieldNames().forEachRemaining(names::add);
        return names;
    }

    boolean has(String section, String name) {
        return in(section).contains(name);
    }

    /** Whether whoever installs the package gets that one too, or has it already. */
    boolean brings(String name) {
        return SECTIONS.stream().filter(section -> !section.equals(DEV)).anyMatch(section -> has(section, name));
    }

    Place place(String... path) {
        return json.place(path);
    }

    /**
     * A file that the manifest names.
     *
     * @param subpath    what it is exported as, such as {@code ./nuxt}; null for what is not exported by a name
     * @param conditions under which conditions, the outermost first
     * @param file       the file, as it is written
     * @param pointer    where that is written
     */
    record Target(String subpath, List<String> conditions, String file, List<String> pointer) {
        boolean isTypes() {
            return conditions.contains("types");
        }
    }

    /** All that {@code exports} names. */
    List<Target> exports() {
        List<Target> targets = new ArrayList<>();
        JsonNode exports = json.at("exports");
        boolean bySubpath = exports.isObject() && exports.fieldNames().hasNext()
                && exports.fieldNames().next().startsWith(".");
        if (bySubpath) {
            exports.fields().forEachRemaining(entry -> collect(entry.getKey(), List.of(), entry.getValue(),
                    List.of("exports", entry.getKey()), targets));
        } else {
            collect(".", List.of(), exports, List.of("exports"), targets);
        }
        return targets;
    }

    private static void collect(String subpath, List<String> conditions, JsonNode value, List<String> pointer,
            List<Target> targets) {
        if (value.isTextual()) {
            targets.add(new Target(subpath, conditions, value.asText(), pointer));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                collect(subpath, conditions, value.get(i), with(pointer, String.valueOf(i)), targets);
            }
        } else {
            value.fields().forEachRemaining(entry -> collect(subpath, with(conditions, entry.getKey()), entry.getValue(),
                    with(pointer, entry.getKey()), targets));
        }
    }

    private static List<String> with(List<String> list, String more) {
        List<String> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }

    /** The commands it installs, each with its file. */
    List<Target> commands() {
        List<Target> targets = new ArrayList<>();
        collect(null, List.of(), json.at("bin"), List.of("bin"), targets);
        return targets;
    }

    /** What {@code main}, {@code module} and {@code types} name. */
    List<Target> entries() {
        List<Target> targets = new ArrayList<>();
        for (String field : List.of("main", "module", "types")) {
            collect(null, List.of(field), json.at(field), List.of(field), targets);
        }
        return targets;
    }

    /** The scripts whose name matches, each with its command. */
    Map<String, String> scripts(String names) {
        Map<String, String> scripts = new LinkedHashMap<>();
        json.at("scripts").fields().forEachRemaining(entry -> {
            if (entry.getKey().matches(names)) {
                scripts.put(entry.getKey(), entry.getValue().asText());
            }
        });
        return scripts;
    }
}
