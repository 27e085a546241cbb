package dev.or3.tck.matrix.findings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** A review as SARIF 2.1.0, which code reviews show beside the lines. */
public final class Sarif {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String TEXT = "text";

    private Sarif() {
    }

    /** The whole log. */
    public static ObjectNode of(Review review, String kitVersion) {
        ObjectNode log = Json.mapper().createObjectNode().put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        List<Requirement> rules = review.findings().stream().map(Finding::rule).distinct().toList();
        ObjectNode driver = run.putObject("tool").putObject("driver").put("name", "or3-tck " + review.command())
                .put("semanticVersion", kitVersion);
        ArrayNode described = driver.putArray("rules");
        rules.forEach(rule -> describe(rule, described.addObject()));
        ObjectNode invocation = run.putArray("invocations").addObject().put("executionSuccessful", true);
        ArrayNode notes = invocation.putArray("toolExecutionNotifications");
        review.notes().forEach(note -> notes.addObject().put("level", "note").putObject("message").put(TEXT, note));
        run.put("columnKind", "unicodeCodePoints");
        ArrayNode results = run.putArray("results");
        review.findings().forEach(finding -> tell(finding, rules.indexOf(finding.rule()), results.addObject()));
        return log;
    }

    private static void describe(Requirement rule, ObjectNode to) {
        to.put("id", rule.id());
        to.putObject("shortDescription").put(TEXT, rule.text());
        if (rule.source() != null) {
            to.putObject("help").put(TEXT, "Source: " + rule.source());
        }
        to.putObject("defaultConfiguration").put("level", rule.level().sarif());
    }

    private static void tell(Finding finding, int ruleIndex, ObjectNode to) {
        to.put("ruleId", finding.rule().id()).put("ruleIndex", ruleIndex).put("level", finding.rule().level().sarif());
        to.putObject("message").put(TEXT, finding.text() + ". " + finding.advice() + ".");
        ObjectNode physical = to.putArray("locations").addObject().putObject("physicalLocation");
        locate(finding.file(), physical.putObject("artifactLocation"));
        ObjectNode region = physical.putObject("region").put("startLine", finding.place().line())
                .put("startColumn", finding.place().column());
        if (finding.place().endColumn() > 0) {
            region.put("endColumn", finding.place().endColumn());
        }
        if (finding.allowed() != null) {
            to.putArray("suppressions").addObject().put("kind", "external").put("status", "accepted")
                    .put("justification", finding.allowed());
        }
    }

    /** Relative to where the command ran, which in a review is the root of the repository. */
    private static void locate(String file, ObjectNode to) {
        Path path = Path.of(file);
        if (path.isAbsolute()) {
            to.put("uri", path.toUri().toASCIIString());
        } else {
            to.put("uri", relative(file)).put("uriBaseId", "%SRCROOT%");
        }
    }

    private static String relative(String file) {
        try {
            return new URI(null, null, file.replace('\\', '/'), null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
