import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;

/**
 * Reads the reports of a certification as a stranger would, with nothing of the kit's own: {@code DIR VERDICT [RULE…]}. With
 * rules, at least one must rule has failed, and one of these is among the failed.
 */
class ReportCheck {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        JsonNode report = JSON.readTree(directory.resolve("report.json").toFile());
        Set<String> failed = json(report, arguments[1]);
        List<String> expected = Arrays.asList(arguments).subList(2, arguments.length);
        is(expected.isEmpty() == failed.isEmpty(), "failed rules: " + failed);
        is(expected.isEmpty() || expected.stream().anyMatch(failed::contains), failed + " names none of " + expected);
        junit(directory.resolve("junit.xml"), report);
        html(Files.readString(directory.resolve("report.html")), report);
        allure(directory.resolve("allure-results"), report);
        counterexamples(directory, report);
        System.out.println(report.get("verdict").asText() + ", " + report.get("rules").size() + " rules, failed " + failed);
    }

    private static Set<String> json(JsonNode report, String verdict) {
        is(report.get("format").asText().equals("or3-tck-report/1"), "format " + report.get("format"));
        List<String> fields = new ArrayList<>();
        report.fieldNames().forEachRemaining(fields::add);
        is(fields.get(fields.size() - 1).equals("complete") && report.get("complete").asBoolean(), "complete is not last");
        is(fields.containsAll(List.of("tck", "provider", "target", "profile", "level", "seed", "startedAt", "durationMillis",
                "verdict", "rules", "totals", "operations")), "fields " + fields);
        is(report.get("verdict").asText().equals(verdict), 
                "verdict " + report.get("verdict") + ", reason " + report.get("reason"));
        is(report.get("operations").asLong() > 0, "nothing was done");
        Set<String> ids = new HashSet<>();
        Set<String> failed = new HashSet<>();
        int passed = 0;
        for (JsonNode rule : report.get("rules")) {
            is(ids.add(rule.get("id").asText()), "twice " + rule.get("id"));
            String status = rule.get("status").asText();
            if (status.equals("passed")) {
                passed++;
                is(rule.get("exercised").asLong() > 0, "passed without its premise: " + rule.get("id"));
            } else {
                is(rule.hasNonNull("message"), "no reason for " + rule);
            }
            if (status.equals("failed")) {
                failed.add(rule.get("id").asText());
                is(rule.hasNonNull("counterexample"), "no counterexample for " + rule.get("id"));
            }
        }
        is(ids.size() >= 90, "only " + ids.size() + " rules");
        is(report.get("totals").get("passed").asInt() == passed, "totals " + report.get("totals"));
        is(report.get("totals").get("failed").asInt() == failed.size(), "totals " + report.get("totals"));
        is(report.get("totals").get("error").asInt() == 0, "errors of the kit: " + report.get("totals"));
        return failed;
    }

    private static void junit(Path file, JsonNode report) throws Exception {
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        is(document.getElementsByTagName("testcase").getLength() == report.get("rules").size(), "test cases in " + file);
        is(document.getElementsByTagName("failure").getLength() == report.get("totals").get("failed").asInt(),
                "failures in " + file);
    }

    private static void html(String html, JsonNode report) {
        for (JsonNode rule : report.get("rules")) {
            is(html.contains(rule.get("id").asText()), "the page lacks " + rule.get("id"));
        }
        is(!html.matches("(?s).*(src|href)\\s*=\\s*[\"']?(https?:)?//.*"), "the page loads something from the network");
    }

    private static void allure(Path folder, JsonNode report) throws IOException {
        int results = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith("-result.json")).toList()) {
                JsonNode result = JSON.readTree(file.toFile());
                is(result.hasNonNull("uuid") && result.hasNonNull("status"), "no Allure result: " + file);
                results++;
            }
        }
        is(results == report.get("rules").size(), results + " Allure results");
    }

    private static void counterexamples(Path directory, JsonNode report) {
        for (JsonNode rule : report.get("rules")) {
            JsonNode example = rule.get("counterexample");
            if (example != null && !example.isNull()) {
                is(Files.isRegularFile(directory.resolve(example.get("file").asText())), "missing " + example.get("file"));
                is(example.get("replay").asText().contains("replay"), "no replay: " + example.get("replay"));
            }
        }
    }

    private static void is(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
