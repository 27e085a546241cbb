package dev.or3.tck.reports;

import dev.or3.tck.api.result.Report;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;

/**
 * {@code report.html}: one file that needs nothing else, no network, no scripts. The templates in {@code src/main/jte} are
 * compiled by the build; they escape by context, and see only text that {@link HtmlPage} made visible.
 */
public final class HtmlReport {
    public static final String FILE_NAME = "report.html";

    private HtmlReport() {
    }

    /** The text of the file. */
    public static String render(Report report) {
        StringOutput text = new StringOutput();
        HtmlTemplateOutput html = new OwaspHtmlTemplateOutput(text);
        JtereportGenerated.render(html, null, HtmlPage.of(report));
        return text.toString();
    }
}
