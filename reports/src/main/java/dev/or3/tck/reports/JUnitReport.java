package dev.or3.tck.reports;

import dev.or3.tck.api.result.Report;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.api.result.Status;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * {@code junit.xml}: a suite for each group of rules, a test case for each rule. A rule that failed is a failure, should or
 * must, with the counterexample as its text; what was not applicable or not verifiable is skipped, with the reason; what
 * the kit could not decide is an error. So the counts are those of {@code report.json}.
 */
public final class JUnitReport {
    public static final String FILE_NAME = "junit.xml";

    private static final XMLOutputFactory XML = XMLOutputFactory.newFactory();
    private static final int MESSAGE = 1000;

    private final Report report;
    private final XMLStreamWriter xml;

    private JUnitReport(Report report, XMLStreamWriter xml) {
        this.report = report;
        this.xml = xml;
    }

    /** The text of the file, ending in a line break. */
    public static String render(Report report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XML.createXMLStreamWriter(text);
            new JUnitReport(report, xml).document();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the report cannot be written as XML", e);
        }
        return text.toString();
    }

    private void document() throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line(0);
        xml.writeStartElement("testsuites");
        attribute("name", "or3-tck");
        attribute("tests", report.rules().size());
        attribute("failures", report.totals().failed());
        attribute("errors", report.totals().error());
        attribute("time", seconds(report.durationMillis()));
        Map<String, List<RuleResult>> groups = report.rules().stream().collect(Collectors.groupingBy(
                rule -> Wording.groupOf(rule.id()), LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<RuleResult>> group : groups.entrySet()) {
            suite(group.getKey(), group.getValue());
        }
        line(0);
        xml.writeEndElement();
        line(0);
        xml.writeEndDocument();
    }

    private void suite(String group, List<RuleResult> rules) throws XMLStreamException {
        line(1);
        xml.writeStartElement("testsuite");
        attribute("name", Wording.group(group));
        attribute("tests", rules.size());
        attribute("failures", count(rules, Status.FAILED));
        attribute("errors", count(rules, Status.ERROR));
        attribute("skipped", count(rules, Status.NOT_APPLICABLE) + count(rules, Status.NOT_VERIFIABLE));
        attribute("timestamp", String.valueOf(report.startedAt()));
        properties();
        for (RuleResult rule : rules) {
            testCase(group, rule);
        }
        line(1);
        xml.writeEndElement();
    }

    private void properties() throws XMLStreamException {
        line(2);
        xml.writeStartElement("properties");
        property("verdict", report.verdict().wireName());
        property("target", report.target());
        property("profile", report.profile() == null ? "" : report.profile().wireName());
        property("level", report.level());
        property("seed", String.valueOf(report.seed()));
        property("or3-tck", report.tck().version());
        property("catalogue", report.tck().catalogue());
        line(2);
        xml.writeEndElement();
    }

    private void property(String name, String value) throws XMLStreamException {
        line(3);
        xml.writeEmptyElement("property");
        attribute("name", name);
        attribute("value", value);
    }

    private void testCase(String group, RuleResult rule) throws XMLStreamException {
        line(2);
        boolean passed = rule.status() == Status.PASSED;
        if (passed) {
            xml.writeEmptyElement("testcase");
        } else {
            xml.writeStartElement("testcase");
        }
        attribute("classname", "or3-tck." + provider() + "." + Visible.line(group, 40));
        attribute("name", rule.id() + " " + Wording.text(rule.id()));
        if (!passed) {
            outcome(rule);
            line(2);
            xml.writeEndElement();
        }
    }

    private void outcome(RuleResult rule) throws XMLStreamException {
        switch (rule.status()) {
            case FAILED -> outcome("failure", rule, CounterexampleText.render(rule, TerminalStyle.PLAIN));
            case ERROR -> outcome("error", rule, Wording.reason(rule, MESSAGE));
            default -> skipped(rule);
        }
    }

    private void outcome(String element, RuleResult rule, String text) throws XMLStreamException {
        line(3);
        xml.writeStartElement(element);
        attribute("type", rule.level() == null ? "rule" : rule.level().wireName());
        attribute("message", Wording.reason(rule, MESSAGE));
        xml.writeCharacters("\n" + text);
        xml.writeEndElement();
    }

    private void skipped(RuleResult rule) throws XMLStreamException {
        line(3);
        xml.writeEmptyElement("skipped");
        attribute("message", Wording.words(rule.status()) + ": " + Wording.reason(rule, MESSAGE));
    }

    private String provider() {
        String id = report.provider() == null ? "unknown" : String.valueOf(report.provider().provider().id());
        return Visible.line(id, 80).replaceAll("[^A-Za-z0-9_-]", "_");
    }

    private static long count(List<RuleResult> rules, Status status) {
        return rules.stream().filter(rule -> rule.status() == status).count();
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }

    private void attribute(String name, long value) throws XMLStreamException {
        xml.writeAttribute(name, String.valueOf(value));
    }

    /** Visible text has no characters that XML forbids. */
    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, Visible.line(value, 2 * MESSAGE));
    }

    private void line(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }
}
