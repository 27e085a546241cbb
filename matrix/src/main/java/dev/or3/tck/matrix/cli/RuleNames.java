package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Names of rules as people give them: an id, a glob, or a group; case does not matter. */
final class RuleNames {
    private final Catalogue catalogue = Catalogue.current();

    /** The glob that the kit understands: {@code PUSH} stands for {@code PUSH-*}. */
    String glob(String name) {
        return groups().stream().filter(group -> group.equalsIgnoreCase(name)).findFirst()
                .map(group -> group + "-*").orElse(name);
    }

    /** The rules that a name stands for, in the order of the catalogue. */
    List<Rule> resolve(String name) {
        try {
            return catalogue.matching(glob(name));
        } catch (IllegalArgumentException e) {
            throw unknown(name, e);
        }
    }

    Set<String> groups() {
        Set<String> groups = new TreeSet<>();
        catalogue.rules().forEach(rule -> groups.add(rule.group()));
        return groups;
    }

    Set<String> components() {
        Set<String> components = new TreeSet<>();
        catalogue.rules().forEach(rule -> components.add(rule.component()));
        return components;
    }

    private Trouble unknown(String name, Throwable cause) {
        List<String> known = new ArrayList<>(groups());
        catalogue.rules().forEach(rule -> known.add(rule.id()));
        Optional<String> meant = Nearest.to(name, known);
        return Trouble.usage("no rule is called '" + name + "'" + meant.map(id -> "; did you mean '" + id + "'?").orElse(";")
                + " 'or3-tck rules' lists all", cause);
    }
}
