package dev.or3.tck.reports;

import dev.or3.tck.api.result.Counterexample;
import dev.or3.tck.api.result.Counterexample.Slot;
import dev.or3.tck.reports.Lanes.Edge;
import dev.or3.tck.reports.Lanes.Row;
import java.util.ArrayList;
import java.util.List;

/** The lanes and the version strip of a counterexample as text. Up to three clients get a column each, more a rail each. */
final class LaneText {
    private static final int MOST_COLUMNS = 3;
    private static final int CELL_LINES = 3;
    private static final int MOST_SLOTS = 16;
    private static final int MARGIN = 4;

    private final TerminalStyle style;
    private final List<String> lines = new ArrayList<>();

    private LaneText(TerminalStyle style) {
        this.style = style;
    }

    static List<String> lanes(Counterexample example, TerminalStyle style) {
        LaneText text = new LaneText(style);
        Lanes lanes = Lanes.of(example.timeline());
        if (lanes.clients().size() <= MOST_COLUMNS) {
            text.columns(lanes);
        } else {
            text.rails(lanes);
        }
        if (lanes.left() > 0) {
            text.lines.add(style.faint("    (" + Counts.of(lanes.left(), "call") + " left out)"));
        }
        return text.lines;
    }

    static List<String> strip(Counterexample example, TerminalStyle style) {
        LaneText text = new LaneText(style);
        if (example.versions() != null) {
            text.bands(example.versions());
        }
        return text.lines;
    }

    private void columns(Lanes lanes) {
        int count = Math.max(1, lanes.clients().size());
        int width = Math.min(56, (style.columns() - MARGIN) / count - 2);
        StringBuilder header = new StringBuilder(" ".repeat(MARGIN));
        lanes.clients().forEach(client -> header.append(Columns.fit(Visible.line(client, 200), width)).append("  "));
        lines.add(style.bold(header.toString().stripTrailing()));
        for (int r = 0; r < lanes.rows().size(); r++) {
            columnsRow(lanes, r, width);
        }
    }

    private void columnsRow(Lanes lanes, int r, int width) {
        Row row = lanes.rows().get(r);
        List<String> cell = Columns.wrap(Visible.line(row.text(), 400), width - 2, CELL_LINES);
        for (int i = 0; i < cell.size(); i++) {
            StringBuilder line = new StringBuilder(witnessMark(row, i == 0));
            for (int lane = 0; lane < lanes.clients().size(); lane++) {
                if (lane == row.lane()) {
                    String rail = i == 0 ? corner(row) : row.open().get(lane) ? "│" : " ";
                    line.append(style.accent(rail)).append(' ').append(emphasis(row, Columns.fit(cell.get(i), width - 2)));
                } else {
                    line.append(style.accent(lanes.openBefore(r, lane) ? "│" : " ")).append(" ".repeat(width - 1));
                }
                line.append("  ");
            }
            lines.add(line.toString().stripTrailing());
        }
    }

    private void rails(Lanes lanes) {
        for (int lane = 0; lane < lanes.clients().size(); lane++) {
            lines.add(" ".repeat(MARGIN) + style.accent("│ ".repeat(lane) + "╷ ".repeat(1))
                    + style.bold(Columns.cut(Visible.line(lanes.clients().get(lane), 200), 40)));
        }
        int rail = 2 * lanes.clients().size();
        int width = Math.max(20, style.columns() - MARGIN - rail - 1);
        for (int r = 0; r < lanes.rows().size(); r++) {
            railsRow(lanes, r, width);
        }
    }

    private void railsRow(Lanes lanes, int r, int width) {
        Row row = lanes.rows().get(r);
        String client = Columns.cut(Visible.line(row.moment().client(), 200).split(" ")[0], 12);
        List<String> cell = Columns.wrap(client + ": " + Visible.line(row.text(), 400), width, CELL_LINES);
        for (int i = 0; i < cell.size(); i++) {
            StringBuilder line = new StringBuilder(witnessMark(row, i == 0));
            for (int lane = 0; lane < lanes.clients().size(); lane++) {
                boolean own = lane == row.lane();
                String rail = own && i == 0 ? corner(row)
                        : (own ? row.open().get(lane) : lanes.openBefore(r, lane)) ? "│" : "·";
                line.append(style.accent(rail)).append(' ');
            }
            lines.add((line + " " + emphasis(row, cell.get(i))).stripTrailing());
        }
    }

    private String witnessMark(Row row, boolean first) {
        return row.moment().witness() && first ? "  " + style.bad("▸") + " " : " ".repeat(MARGIN);
    }

    private static String corner(Row row) {
        return row.edge() == Edge.CALL ? "┌" : row.edge() == Edge.ANSWER ? "└" : "╳";
    }

    private String emphasis(Row row, String text) {
        return row.moment().witness() ? style.bold(text) : style.faint(text);
    }

    /** The strip in bands as wide as the terminal: versions above, operations below, witnesses marked. */
    private void bands(List<Slot> all) {
        List<Slot> slots = around(all);
        int at = 0;
        while (at < slots.size()) {
            StringBuilder versions = new StringBuilder(" ".repeat(MARGIN));
            StringBuilder operations = new StringBuilder(" ".repeat(MARGIN));
            int used = MARGIN;
            int first = at;
            while (at < slots.size() && (at == first || used + cellWidth(slots.get(at)) + 3 <= style.columns())) {
                int width = cellWidth(slots.get(at));
                boolean jump = at > 0 && slots.get(at).version() > slots.get(at - 1).version() + 1;
                String edge = style.faint(jump ? "⋯ " : at == first ? "  " : "│ ");
                versions.append(edge).append(number(slots.get(at), width)).append(' ');
                operations.append(edge).append(content(slots.get(at), width)).append(' ');
                used += width + 3;
                at++;
            }
            lines.add(versions.toString().stripTrailing());
            lines.add(operations.toString().stripTrailing());
        }
        if (slots.size() < all.size()) {
            lines.add(style.faint("      (" + Counts.of(all.size() - slots.size(), "version") + " left out)"));
        }
    }

    private static List<Slot> around(List<Slot> all) {
        if (all.size() <= MOST_SLOTS) {
            return all;
        }
        int witness = 0;
        while (witness < all.size() - 1 && !all.get(witness).witness()) {
            witness++;
        }
        int from = Math.max(0, Math.min(witness - MOST_SLOTS / 2, all.size() - MOST_SLOTS));
        return all.subList(from, from + MOST_SLOTS);
    }

    private static int cellWidth(Slot slot) {
        return Math.max(6, Math.min(28, Columns.width(operation(slot))));
    }

    private static String operation(Slot slot) {
        return slot.operation() == null ? "(nothing)" : Visible.line(slot.operation(), 100);
    }

    private String number(Slot slot, int width) {
        String text = Columns.fit((slot.witness() ? "▸v" : "v") + slot.version(), width);
        return slot.witness() ? style.bad(text) : style.faint(text);
    }

    private String content(Slot slot, int width) {
        String text = Columns.fit(operation(slot), width);
        return slot.witness() ? style.bold(text) : text;
    }
}
