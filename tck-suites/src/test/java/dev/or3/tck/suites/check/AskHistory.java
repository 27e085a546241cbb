package dev.or3.tck.suites.check;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes histories of components that are asked in JSON by hand: each call says what it answered. Quotes are single ones. */
public final class AskHistory {
    private final Manifest manifest;
    private final List<History.Space> spaces = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private long counter;
    private boolean together;

    /** @param components those that the manifest declares */
    public AskHistory(String... components) {
        manifest = new Manifest(1, new Manifest.Identity("hand", "hand", "1"), Profile.V1_1,
                Map.ofEntries(Stream.of(components).map(name -> Map.entry(name, Manifest.Component.with()))
                        .<Map.Entry<String, Manifest.Component>>toArray(Map.Entry[]::new)),
                Limits.UNKNOWN, List.of(), false, List.of());
    }

    /** @param members as {@code u1:owner} */
    public AskHistory space(String id, String... members) {
        spaces.add(new History.Space(id, Stream.of(members).map(member -> member.split(":"))
                .map(parts -> new History.Member(parts[0], Role.of(parts[1]))).toList()));
        return this;
    }

    /** A call as {@code admin.isAdmin}, and its answer. */
    public AskHistory ok(String call, String input, String answer) {
        return add(call, input, Outcome.OK, null, answer);
    }

    public AskHistory refused(String call, String input) {
        return refused(call, input, 409, "no");
    }

    public AskHistory refused(String call, String input, int status, String message) {
        return add(call, input, Outcome.REFUSED, new Event.Fault(status, "NO", message), null);
    }

    /** All calls in there overlap. */
    public AskHistory together(Runnable calls) {
        int first = events.size();
        together = true;
        calls.run();
        together = false;
        for (int seq = first; seq < events.size(); seq++) {
            Event event = events.get(seq);
            events.set(seq, event(seq, event.invoked(), counter++, event.outcome(), event.error(), (Call.Ask) event.call()));
        }
        return this;
    }

    private AskHistory add(String name, String input, Outcome outcome, Event.Fault error, String answer) {
        String[] parts = name.split("\\.");
        Call.Ask call = new Call.Ask(parts[0], parts[1], json(input), answer == null ? null : json(answer));
        long invoked = counter++;
        events.add(event(events.size(), invoked, together ? 0 : counter++, outcome, error, call));
        return this;
    }

    private static Event event(int seq, long invoked, long returned, Outcome outcome, Event.Fault error, Call.Ask call) {
        return new Event(seq, invoked, returned, invoked * 1000, returned * 1000, 0, 0, "d", null, null, 1, outcome, error, call);
    }

    private static JsonText json(String text) {
        return new JsonText(text.replace('\'', '"'));
    }

    public Verdict judged() {
        return HistoryChecker.check(new History(new History.Header("test", manifest, Profile.V1_1, 1, 0, -1, "by hand", 1,
                spaces, null), List.of(), events));
    }

    /** The rules that it violates. */
    public List<String> violated() {
        return judged().violations().stream().map(Violation::rule).distinct().toList();
    }
}
