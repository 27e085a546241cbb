package dev.or3.tck.suites.check.sync;

import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The cursor updates of a workspace before one collection, read for what may have gone wrong with them. */
final class CursorStory {
    private final Docket docket;
    private final Workspace workspace;
    private final int collection;
    private final List<Event> regressions = new ArrayList<>();
    private final List<Event> raised = new ArrayList<>();
    private int witness = -1;

    CursorStory(Docket docket, Workspace workspace, int collection) {
        this.docket = docket;
        this.workspace = workspace;
        this.collection = collection;
        HistoryIndex index = docket.index;
        Map<String, Event> highest = new HashMap<>();
        for (int i = 0; i < workspace.moves().size(); i++) {
            Event event = index.event(workspace.moves().get(i));
            Call.MoveCursor move = (Call.MoveCursor) event.call();
            if (!index.before(event.seq(), collection) || event.outcome() == Outcome.LOST || move.version() < 0) {
                continue;
            }
            Event best = highest.get(move.device());
            long reached = best == null ? -1 : ((Call.MoveCursor) best.call()).version();
            if (best != null && move.version() < reached) {
                regressions.add(event);
            } else if (event.isOk()) {
                // Coming forward again would hide that it went back.
                regressions.removeIf(past -> ((Call.MoveCursor) past.call()).device().equals(move.device()));
                if (best != null && move.version() > reached) {
                    raised.add(best);
                }
                highest.put(move.device(), event);
            }
        }
    }

    /** Updates below what the device had reached, refused or not, after which it said no more. */
    List<Event> regressions() {
        return regressions;
    }

    /** Updates that a later, higher one of the same device replaced. */
    List<Event> raised() {
        return raised;
    }

    static long version(Event move) {
        return ((Call.MoveCursor) move.call()).version();
    }

    /** Which rule explains best that the floor does not move beyond that version. */
    String ruleForStuckFloor(long floor) {
        for (Event event : regressions) {
            if (version(event) <= floor) {
                witness = event.seq();
                return "CUR-02";
            }
        }
        for (Event event : raised) {
            if (version(event) == floor || version(event) + 1 == floor) {
                witness = event.seq();
                return "CUR-01";
            }
        }
        for (Workspace other : docket.index.workspaces()) {
            for (int i = 0; other != workspace && i < other.moves().size(); i++) {
                Event event = docket.index.event(other.moves().get(i));
                if (event.isOk() && docket.index.before(event.seq(), collection)
                        && (version(event) == floor || version(event) + 1 == floor)) {
                    witness = event.seq();
                    return "CUR-03";
                }
            }
        }
        return "GC-04";
    }

    String because(String rule) {
        return switch (rule) {
            case "CUR-02" -> ", and " + docket.the(witness) + " could not take it back";
            case "CUR-01" -> ", and " + docket.the(witness) + " had been replaced by a higher one";
            case "CUR-03" -> ", and " + docket.the(witness) + " is another workspace's";
            default -> "";
        };
    }

    int witness() {
        return witness;
    }
}
