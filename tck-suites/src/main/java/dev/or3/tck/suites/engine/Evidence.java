package dev.or3.tck.suites.engine;

import dev.or3.tck.suites.certify.Certified;
import dev.or3.tck.suites.certify.Finding;
import dev.or3.tck.suites.certify.Kit;
import dev.or3.tck.suites.minimize.SavedCounterexample;
import dev.or3.tck.suites.run.HistoryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What proves a failure, in files that the command line takes: below the parameter {@code or3-tck.out}, else below the
 * build's own directory, else nowhere.
 */
final class Evidence {
    private static final List<Path> BUILDS = List.of(Path.of("target"), Path.of("build"));

    private final Candidate candidate;
    private final Certified certified;

    Evidence(Candidate candidate, Certified certified) {
        this.candidate = candidate;
        this.certified = certified;
    }

    /** Saves what shows that a rule failed, and says where, in a few words; null if there was nothing or nowhere to save. */
    String save(String rule) {
        Optional<Finding> finding = certified.findings().stream()
                .filter(each -> each.violation().rule().equals(rule)).findFirst();
        Optional<Path> folder = folder();
        if (finding.isEmpty() || folder.isEmpty()) {
            return null;
        }
        Path file = folder.get().resolve(rule + ".json");
        try {
            Files.createDirectories(folder.get());
            String history = rule + HistoryFile.SUFFIX;
            HistoryFile.write(finding.get().history(), folder.get().resolve(history));
            SavedCounterexample.of(Kit.version(), finding.get().counterexample(), finding.get().plan(), target(), history)
                    .write(file);
            return "saved in " + file;
        } catch (IOException e) {
            return "could not be saved in " + file + ": " + e.getMessage();
        }
    }

    private Map<String, String> target() {
        Map<String, String> target = new HashMap<>(SavedCounterexample.written(candidate.settings()));
        target.putAll(Map.of("provider", candidate.providerId(), "class", candidate.testClass().getName(),
                "instances", String.valueOf(candidate.configuration().instances()),
                "profile", certified.report().profile().wireName()));
        return target;
    }

    private Optional<Path> folder() {
        String given = candidate.configuration().out();
        Optional<Path> base = given.isEmpty() ? BUILDS.stream().filter(Files::isDirectory).findFirst()
                .map(build -> build.resolve("or3-tck")) : Optional.of(Path.of(given));
        return base.map(folder -> folder.resolve(candidate.testClass().getName()));
    }
}
