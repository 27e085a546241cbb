package dev.or3.tck.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.result.Report;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class JUnitReportTest {

    @Test
    void the_file_is_valid_against_the_schema_that_ci_servers_read() throws Exception {
        for (Report report : List.of(Samples.certified(), Samples.failing(), Samples.unreachable(), Samples.hostile())) {
            validator().validate(new StreamSource(new StringReader(JUnitReport.render(report))));
        }
        assertThatThrownBy(() -> validator()
                .validate(new StreamSource(new StringReader("<testsuites><testcase/></testsuites>"))))
                .as("the schema refuses something at all").isInstanceOf(SAXException.class);
    }

    @Test
    void every_rule_is_a_test_case_and_the_counts_are_those_of_the_report() throws Exception {
        Report report = Samples.failing();
        Document xml = parse(JUnitReport.render(report));
        assertThat(elements(xml, "testcase")).hasSize(report.rules().size());
        assertThat(elements(xml, "failure")).hasSize(report.totals().failed());
        assertThat(elements(xml, "error")).hasSize(report.totals().error());
        assertThat(elements(xml, "skipped")).hasSize(report.totals().notApplicable() + report.totals().notVerifiable());
        Element root = xml.getDocumentElement();
        assertThat(root.getAttribute("tests")).isEqualTo(String.valueOf(Samples.RULES));
        assertThat(root.getAttribute("failures")).isEqualTo("4");
        assertThat(elements(xml, "testsuite").stream().mapToInt(suite -> Integer.parseInt(suite.getAttribute("skipped")))
                .sum())
                .isEqualTo(18);
    }

    @Test
    void a_failure_carries_the_counterexample_and_a_skip_its_reason() throws Exception {
        Document xml = parse(JUnitReport.render(Samples.failing()));
        Element failure = (Element) testCase(xml, "PUSH-05").getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("type")).isEqualTo("must");
        assertThat(failure.getAttribute("message")).isEqualTo(Samples.race().sentence());
        assertThat(failure.getTextContent().strip())
                .isEqualTo(CounterexampleText.render(Samples.race(), TerminalStyle.PLAIN).strip());
        Element skipped = (Element) testCase(xml, "GC-01").getElementsByTagName("skipped").item(0);
        assertThat(skipped.getAttribute("message"))
                .isEqualTo("not verifiable: the provider has no clock control, so its retention cannot be reached");
        assertThat(testCase(xml, "PUSH-05").getAttribute("classname")).isEqualTo("or3-tck.sqlite.PUSH");
    }

    @Test
    void hostile_text_stays_text() throws Exception {
        Document xml = parse(JUnitReport.render(Samples.hostile()));
        assertThat(elements(xml, "script")).isEmpty();
        Element failure = (Element) testCase(xml, "PUSH-12").getElementsByTagName("failure").item(0);
        assertThat(failure.getTextContent()).contains("<script>alert(1)</script>", "]]>", "\\u001b[31m")
                .doesNotContain("\u001b").hasSizeLessThan(100_000);
    }

    private static Validator validator() throws SAXException {
        return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(JUnitReportTest.class.getResource("junit-10.xsd")).newValidator();
    }

    private static Document parse(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static Element testCase(Document xml, String rule) {
        return elements(xml, "testcase").stream().filter(test -> test.getAttribute("name").startsWith(rule + " "))
                .findFirst().orElseThrow();
    }

    private static List<Element> elements(Document xml, String name) {
        NodeList nodes = xml.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
