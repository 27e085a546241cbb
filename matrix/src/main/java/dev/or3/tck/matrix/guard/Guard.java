package dev.or3.tck.matrix.guard;

import dev.or3.tck.matrix.findings.Finding;
import dev.or3.tck.matrix.findings.Requirements;
import dev.or3.tck.matrix.findings.Review;
import dev.or3.tck.matrix.guard.GuardRules.Allowance;
import dev.or3.tck.matrix.guard.GuardRules.Ban;
import dev.or3.tck.matrix.source.ModuleUse;
import dev.or3.tck.matrix.source.PathPattern;
import dev.or3.tck.matrix.source.Place;
import dev.or3.tck.matrix.source.SourceFile;
import dev.or3.tck.matrix.source.SourceTree;
import dev.or3.tck.matrix.source.UnreadableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds a tree to its rules. Every source file in a zone is parsed, so that only code counts, not what comments and texts
 * say; what cannot be read is a finding too.
 */
public final class Guard {
    private static final String READ = "READ";

    private final Path root;
    private final GuardRules rules;

    private Guard(Path root, GuardRules rules) {
        this.root = root;
        this.rules = rules;
    }

    /**
     * Looks through a tree.
     *
     * @param root  its root
     * @param rules what it is held to; their paths begin at the root
     * @throws IOException if the tree cannot be listed
     */
    public static Review look(Path root, GuardRules rules) throws IOException {
        return new Guard(root, rules).look();
    }

    private Review look() throws IOException {
        SourceTree tree = SourceTree.list(root, directory -> !isExcluded(directory));
        List<String> sources = tree.files().stream().filter(SourceFile::isSource).filter(file -> !isExcluded(file)).toList();
        List<Seen> seen = sources.parallelStream().filter(file -> !bans(file).isEmpty()).map(this::read).toList();
        List<Finding> findings = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        seen.forEach(file -> {
            findings.addAll(file.findings());
            notes.addAll(file.notes());
        });
        tree.unreadable().forEach((path, why) -> {
            if (!isExcluded(path)) {
                findings.add(unreadable(path, Place.TOP, why));
            }
        });
        notes.addAll(emptyZones(sources));
        notes.addAll(idleAllowances(seen));
        return new Review("guard", Map.of("files", seen.size()), findings, notes);
    }

    private record Seen(List<Finding> findings, List<String> notes, Set<Allowance> used) {
    }

    private boolean isExcluded(String path) {
        return PathPattern.anyMatches(rules.exclude(), path);
    }

    private List<Ban> bans(String file) {
        return rules.bans().stream().filter(ban -> PathPattern.anyMatches(ban.zones(), file)).toList();
    }

    private Seen read(String file) {
        try {
            return judge(file, SourceFile.read(root.resolve(file), text -> rules.hints().suggest(file, text))
                    .moduleUses());
        } catch (UnreadableException e) {
            return new Seen(List.of(unreadable(file, e.place(), e.getMessage())), List.of(), Set.of());
        }
    }

    private Finding unreadable(String file, Place place, String why) {
        return new Finding(Requirements.of(READ), told(file), place, "nothing is known of this file: " + why,
                "Correct it, or exclude it");
    }

    private Seen judge(String file, List<ModuleUse> uses) {
        List<Finding> findings = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Set<Allowance> used = new HashSet<>();
        for (ModuleUse use : uses) {
            if (!use.whole() && !use.specifier().contains("/")) {
                notes.add(told(file) + ":" + use.place().line() + ":" + use.place().column() + " computes the module of a "
                        + use.kind().words() + ", which cannot be judged");
                continue;
            }
            String name = rules.names().of(use.specifier(), file);
            bans(file).stream().filter(ban -> PathPattern.anyMatches(ban.modules(), name)).forEach(ban -> {
                Finding finding = new Finding(ban.rule(), told(file), use.place(), "names '" + use.specifier()
                        + (use.whole() ? "'" : "…'") + " in a" + (use.kind().words().startsWith("i") ? "n " : " ")
                        + use.kind().words(), ban.advice());
                findings.add(rules.allowances().stream().filter(allowed -> allowed.covers(ban.rule(), name, file))
                        .findFirst().map(allowed -> {
                            used.add(allowed);
                            return finding.allowedBecause(allowed.reason());
                        }).orElse(finding));
            });
        }
        return new Seen(findings, notes, used);
    }

    private String told(String file) {
        return root.resolve(file).normalize().toString();
    }

    private List<String> emptyZones(List<String> sources) {
        return rules.bans().stream().flatMap(ban -> ban.zones().stream()).distinct()
                .filter(zone -> sources.stream().noneMatch(zone::matches))
                .map(zone -> "no source file lies in " + zone).toList();
    }

    private List<String> idleAllowances(List<Seen> seen) {
        Set<Allowance> used = seen.stream().flatMap(file -> file.used().stream()).collect(Collectors.toSet());
        return rules.allowances().stream().filter(allowed -> !used.contains(allowed))
                .map(allowed -> "nothing needs the allowance of " + allowed.written() + " in "
                        + allowed.files().stream().map(PathPattern::toString).collect(Collectors.joining(", "))
                        + " any more")
                .toList();
    }
}
