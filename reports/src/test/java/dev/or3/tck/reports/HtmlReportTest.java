package dev.or3.tck.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Level;
import dev.or3.tck.api.result.Report;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    @Test
    void the_verdict_comes_first_then_the_totals_by_level() {
        Document page = Jsoup.parse(HtmlReport.render(Samples.failing()));
        assertThat(page.selectFirst("h1").text()).isEqualTo("Not certified or3-provider-sqlite 0.0.9");
        assertThat(page.select(".facts").text())
                .contains("level standard", "seed 42", "412 plans, 81,204 operations in 41.2 s");
        long should = Catalogue.current().rules().stream().filter(rule -> rule.level() == Level.SHOULD).count();
        long must = Samples.RULES - should;
        assertThat(page.select(".level").eachText()).containsExactly("must " + must + " rules " + (must - 21)
                        + " passed 3 failed 1 not applicable 16 not verifiable 1 error",
                "should " + should + " rules " + (should - 2) + " passed 1 failed 1 not verifiable");
    }

    @Test
    void every_rule_is_there_with_its_text_its_source_how_it_is_checked_and_its_evidence() {
        Document page = Jsoup.parse(HtmlReport.render(Samples.certified()));
        assertThat(page.select("details.rule")).hasSize(Samples.RULES);
        Catalogue.current().rules().forEach(rule -> {
            Element shown = page.getElementById(rule.id());
            assertThat(shown).as(rule.id()).isNotNull();
            assertThat(shown.text()).contains(rule.text(), rule.checked(), String.join(", ", rule.source()));
        });
        assertThat(page.getElementById("PUSH-01").text()).contains("10,277×", "its premise occurred 10,277 times");
        assertThat(page.getElementById("DUR-06").text())
                .contains("not verifiable · the kit cannot start this provider itself: certify it with --command");
    }

    @Test
    void a_failure_shows_the_lanes_the_log_the_causes_and_the_command() {
        Element failure = Jsoup.parse(HtmlReport.render(Samples.failing())).getElementById("failure-PUSH-05");
        assertThat(failure.select(".sentence").text()).isEqualTo(Samples.race().sentence());
        assertThat(failure.select(".expected dd").text()).isEqualTo(Samples.race().expected());
        assertThat(failure.select(".actual dd").text()).isEqualTo(Samples.race().actual());
        assertThat(failure.select(".lane-heads > div").eachText()).containsExactly("c1 (w1, d1)", "c2 (w1, d2)");
        assertThat(failure.select(".call")).hasSize(4);
        assertThat(failure.select(".call.witness .what").eachText()).containsExactly(
                "witness push [a3 put threads/k1 clock 5]", "witness push [b1 put kv/k1 clock 1]");
        assertThat(failure.select(".strip li").eachText()).contains("v4 b1 put kv/k1 clock 1", "v5 nothing");
        assertThat(failure.select(".causes li")).hasSize(2);
        assertThat(failure.select("code.command").eachText())
                .containsExactly(Samples.race().replay(), Samples.race().curl());
        assertThat(failure.text()).contains("came back in 14 of 20 runs: probably a race");
    }

    @Test
    void calls_that_overlap_in_time_overlap_in_the_grid() {
        Element failure = Jsoup.parse(HtmlReport.render(Samples.failing())).getElementById("failure-PUSH-05");
        assertThat(failure.select(".call").eachAttr("style")).containsExactly("grid-column:1;grid-row:1/3",
                "grid-column:1;grid-row:3/6", "grid-column:2;grid-row:4/7", "grid-column:2;grid-row:7/9");
    }

    @Test
    void the_file_needs_no_network_and_runs_no_script() {
        for (Report report : reports()) {
            Document page = Jsoup.parse(HtmlReport.render(report));
            assertThat(page.select("script, img, iframe, object, embed, link, base, video, audio, svg, form[action]"))
                    .isEmpty();
            assertThat(page.select("style").html()).doesNotContain("url(", "@import", "http");
            assertThat(page.select("[href]").eachAttr("href")).allMatch(href -> href.startsWith("#"));
            assertThat(page.getAllElements().stream().flatMap(element -> element.attributes().asList().stream())
                    .map(Attribute::getKey)).noneMatch(name -> name.startsWith("on") || name.equals("src"));
            assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                    .startsWith("default-src 'none';");
        }
    }

    @Test
    void every_link_leads_to_a_place_of_the_page_and_no_place_is_there_twice() {
        Document page = Jsoup.parse(HtmlReport.render(Samples.failing()));
        List<String> ids = page.select("[id]").eachAttr("id");
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(page.select("a[href]").eachAttr("href")).isNotEmpty().allMatch(href -> ids.contains(href.substring(1)));
    }

    @Test
    void hostile_text_is_shown_as_text_and_cut() {
        String html = HtmlReport.render(Samples.hostile());
        Document page = Jsoup.parse(html);
        assertThat(page.selectFirst("h1").text()).contains("<script>alert(1)</script><img src=x onerror=alert(2)>\"'&]]>");
        assertThat(html.codePoints().filter(c -> c != '\n')).noneMatch(Character::isISOControl)
                .noneMatch(c -> Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.SURROGATE);
        assertThat(html.getBytes(StandardCharsets.UTF_8).length).as("megabytes of answers are cut").isLessThan(400_000);
        assertThat(page.text()).contains("more characters)");
    }

    @Test
    void what_the_provider_says_of_itself_is_there() {
        assertThat(HtmlReport.render(Samples.certified())).contains("What the provider says of itself")
                .contains("synchronous is OFF").contains("vacuum: Write the file anew (writers wait). Dangerous");
        assertThat(HtmlReport.render(Samples.failing())).doesNotContain("What the provider says of itself");
    }

    @Test
    void a_rule_that_this_kit_does_not_know_is_shown_all_the_same() {
        assertThat(Jsoup.parse(HtmlReport.render(Samples.hostile())).getElementById("NEW-01").text())
                .contains("(not in this kit's catalogue)");
    }

    private static List<Report> reports() {
        return List.of(Samples.certified(), Samples.failing(), Samples.unreachable(), Samples.hostile());
    }
}
