package dev.or3.tck.matrix.findings;

import dev.or3.tck.matrix.findings.Requirement.Level;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What came of looking.
 *
 * @param command  which command looked
 * @param looked   what was looked at and how much of it, such as {@code files → 120}
 * @param findings what was found, in the order of files and lines
 * @param notes    what could not be judged and what else the reader should know, a sentence each
 */
public record Review(String command, Map<String, Integer> looked, List<Finding> findings, List<String> notes) {
    private static final String FORMAT = "or3-tck-findings/1";

    public Review {
        looked = new LinkedHashMap<>(looked);
        findings = findings.stream().sorted(Comparator.comparing(Finding::file)
                .thenComparing(finding -> finding.place().line())
                .thenComparing(finding -> finding.place().column()).thenComparing(finding -> finding.rule().id())).toList();
        notes = List.copyOf(notes);
    }

    /** What breaks a rule, allowed places left out. */
    public List<Finding> open() {
        return findings.stream().filter(finding -> finding.allowed() == null).toList();
    }

    /** Whether a must rule is broken; or, when strict, any. */
    public boolean failed(boolean strict) {
        return open().stream().anyMatch(finding -> strict || finding.rule().level() == Level.MUST);
    }

    /** For machines, ready to be written as JSON. */
    public Map<String, Object> json(String kitVersion) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("tck", kitVersion);
        json.put("command", command);
        json.put("looked", looked);
        json.put("findings", told(open().stream()));
        json.put("allowed", told(findings.stream().filter(finding -> finding.allowed() != null)));
        json.put("notes", notes);
        return json;
    }

    private static List<Told> told(Stream<Finding> findings) {
        return findings.map(finding -> new Told(finding.rule().id(), finding.rule().level().word(), finding.check(),
                finding.file(), finding.place().line(), finding.place().column(), finding.text(), finding.advice(),
                finding.allowed())).toList();
    }

    private record Told(String rule, String level, String check, String file, int line, int column, String text,
            String advice, String reason) {
    }
}
