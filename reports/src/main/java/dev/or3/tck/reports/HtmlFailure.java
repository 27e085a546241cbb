package dev.or3.tck.reports;

import dev.or3.tck.api.result.Counterexample;
import dev.or3.tck.api.result.Counterexample.Moment;
import dev.or3.tck.api.result.Counterexample.Slot;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.reports.Lanes.Edge;
import dev.or3.tck.reports.Lanes.Row;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A failed rule as the HTML page shows it. All text has been made {@link Visible}.
 *
 * @param demand   what the rule asks for, a sentence
 * @param sentence the contradiction, or the message where there is no counterexample
 * @param expected empty if there is no counterexample
 * @param lanes    the names of the clients
 * @param bars     the calls, placed in the grid of lanes
 * @param left     how many calls are not shown
 * @param cells    the version strip
 * @param facts    seed, plan, how often it came back, where it is saved
 * @param commands what runs it again
 */
record HtmlFailure(String id, String anchor, String level, String demand, String source, String sentence, String expected,
        String actual, List<String> lanes, List<Bar> bars, int left, List<Cell> cells, List<String> causes,
        List<HtmlPage.Fact> facts, List<HtmlPage.Fact> commands) {

    private static final int TEXT = 600;
    private static final int MOST_CELLS = 40;

    /**
     * A call, from the row where it begins to the row where it returns.
     *
     * @param lane   its column, from 1
     * @param from   its first row, from 1
     * @param to     the row after its last
     * @param silent whether it never returned
     */
    record Bar(int lane, int from, int to, String call, String answer, String outcome, boolean witness, boolean silent) {
    }

    /**
     * @param jump whether versions before it are not shown
     * @param gap  whether the log holds nothing there
     */
    record Cell(String version, String operation, boolean witness, boolean gap, boolean jump) {
    }

    static HtmlFailure of(RuleResult rule) {
        Counterexample example = rule.counterexample();
        String id = HtmlPage.line(rule.id(), 40);
        String level = Wording.words(rule.level());
        if (example == null) {
            return new HtmlFailure(id, HtmlPage.anchor(rule.id()), level, Wording.sentence(rule.id()),
                    Wording.source(rule.id()), Wording.reason(rule, 1200), "", "", List.of(), List.of(), 0, List.of(),
                    List.of(), List.of(), List.of());
        }
        Lanes lanes = Lanes.of(example.timeline());
        return new HtmlFailure(id, HtmlPage.anchor(rule.id()), level, Wording.sentence(rule.id()), Wording.source(rule.id()),
                HtmlPage.line(example.sentence(), 1200), HtmlPage.line(example.expected(), 1200),
                HtmlPage.line(example.actual(), 1200),
                lanes.clients().stream().map(client -> HtmlPage.line(client, 80)).toList(),
                bars(lanes), lanes.left(), cells(example.versions()),
                CounterexampleText.causesOf(example).stream().map(cause -> HtmlPage.line(cause, 1000)).toList(),
                facts(example), commands(example));
    }

    private static List<Bar> bars(Lanes lanes) {
        Map<Moment, Integer> begun = new IdentityHashMap<>();
        List<Bar> bars = new ArrayList<>();
        for (int r = 0; r < lanes.rows().size(); r++) {
            Row row = lanes.rows().get(r);
            if (row.edge() == Edge.CALL) {
                begun.put(row.moment(), r);
            } else {
                bars.add(new Bar(row.lane() + 1, begun.getOrDefault(row.moment(), r) + 1, r + 2,
                        HtmlPage.line(row.moment().call(), TEXT), HtmlPage.line(row.text(), TEXT),
                        HtmlPage.line(row.moment().outcome(), 40), row.moment().witness(), row.edge() == Edge.SILENCE));
            }
        }
        bars.sort((a, b) -> Integer.compare(a.from(), b.from()));
        return bars;
    }

    private static List<Cell> cells(List<Slot> versions) {
        if (versions == null) {
            return List.of();
        }
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < Math.min(versions.size(), MOST_CELLS); i++) {
            Slot slot = versions.get(i);
            boolean jump = i > 0 && slot.version() > versions.get(i - 1).version() + 1;
            boolean gap = slot.operation() == null;
            cells.add(new Cell("v" + slot.version(), gap ? "nothing" : HtmlPage.line(slot.operation(), 200), slot.witness(),
                    gap, jump));
        }
        return cells;
    }

    private static List<HtmlPage.Fact> facts(Counterexample example) {
        List<HtmlPage.Fact> facts = new ArrayList<>();
        facts.add(new HtmlPage.Fact("where", CounterexampleText.origin(example)));
        if (example.reproduction() != null) {
            facts.add(new HtmlPage.Fact("again", CounterexampleText.reproduction(example.reproduction())));
        }
        if (example.file() != null) {
            facts.add(new HtmlPage.Fact("saved in", HtmlPage.line(example.file(), 1000)));
        }
        return facts;
    }

    private static List<HtmlPage.Fact> commands(Counterexample example) {
        List<HtmlPage.Fact> commands = new ArrayList<>();
        if (example.replay() != null) {
            commands.add(new HtmlPage.Fact("run again", HtmlPage.line(example.replay(), 1000)));
        }
        if (example.curl() != null) {
            commands.add(new HtmlPage.Fact("by curl", HtmlPage.line(example.curl(), 1000)));
        }
        return commands;
    }
}
