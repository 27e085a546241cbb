package dev.or3.tck.suites.check.index;

import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import java.util.List;

/** What all judgements share about one history. */
public final class HistoryIndex {
    private final History history;

    private HistoryIndex(History history) {
        this.history = history;
    }

    public static HistoryIndex of(History history) {
        return new HistoryIndex(history);
    }

    public History history() {
        return history;
    }

    public History.Header header() {
        return history.header();
    }

    /** The events; each stands at the place of its seq. */
    public List<Event> events() {
        return history.events();
    }

    public Event event(int seq) {
        return history.events().get(seq);
    }
}
