package dev.or3.tck.suites.check.ask;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes histories of components without a log by hand: each call says what it answered, and JSON may have single quotes.
 */
public final class AskHistory {
    private static final long MICROS = 1_000_000;
    /** Twenty seconds after a multiple of a minute: no window of that length that is aligned ends soon. */
    private static final long BEGIN = (1_700_006_400L + 20) * MICROS;

    private final String component;
    private final Manifest manifest;
    private final List<History.Space> spaces = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Integer> open = new ArrayList<>();
    private final Map<String, String> sessions = new HashMap<>();
    private boolean together;
    private long counter;
    private long ahead;
    private int status;
    private String message;

    public AskHistory(String component) {
        this(component, Manifest.Component.with());
    }

    public AskHistory(String component, Manifest.Component declared) {
        this(component, declared, Limits.UNKNOWN);
    }

    public AskHistory(String component, Manifest.Component declared, Limits limits) {
        this.component = component;
        this.manifest = new Manifest(1, new Manifest.Identity("hand", "hand", "1"), Profile.V1_1,
                Map.of(component, declared), limits, List.of(), false, List.of("restart", "clock"));
    }

    /** Where a user's session is, if not in {@code w}. */
    public AskHistory session(String user, String workspace) {
        sessions.put(user, workspace);
        return this;
    }

    /** The next call gets this status; 0 for no answer at all. */
    public AskHistory refused(int withStatus) {
        status = withStatus == 0 ? -1 : withStatus;
        return this;
    }

    /** As {@link #refused(int)}, in these words. */
    public AskHistory refused(int withStatus, String words) {
        message = words;
        return refused(withStatus);
    }

    /** Provider time goes on. */
    public AskHistory later(long seconds) {
        ahead += seconds;
        return event(null, null, new Call.Clock(ahead), Outcome.OK, null);
    }

    public AskHistory restart() {
        return event(null, null, new Call.Restart(false, 1), Outcome.OK, null);
    }

    /** All calls in there overlap. */
    public AskHistory together(Runnable calls) {
        together = true;
        calls.run();
        together = false;
        open.forEach(seq -> events.set(seq, returned(events.get(seq))));
        open.clear();
        return this;
    }

    /** A workspace with its members, as {@code u1:owner}. */
    public AskHistory space(String id, String... members) {
        spaces.add(new History.Space(id, Stream.of(members).map(member -> member.split(":"))
                .map(parts -> new History.Member(parts[0], Role.of(parts[1]))).toList()));
        return this;
    }

    /** The kit saw to something; what it found may be null. */
    public AskHistory arranged(String what, String with, String found) {
        return event(null, null, new Call.Arranged(what, json(with), found == null ? null : json(found)));
    }

    /** A call by a user, or by nobody. */
    public AskHistory ask(String user, String method, String input, String answer) {
        return ask(component, user, method, input, answer);
    }

    /** A call of another component. */
    public AskHistory ask(String ofComponent, String user, String method, String input, String answer) {
        JsonText told = status == 0 ? json(answer) : null;
        return event(user, user == null ? null : sessions.getOrDefault(user, "w"),
                new Call.Ask(ofComponent, method, json(input), told));
    }

    /** Bytes by the URL that the event of that seq answered. */
    public AskHistory carry(int presign, boolean altered, Call.Bytes sent, Call.Bytes received) {
        return event(null, null, new Call.Transfer(presign, altered, sent, status == 0 ? 200 : 0, received));
    }

    /** The seq of the last event. */
    public int last() {
        return events.size() - 1;
    }

    private AskHistory event(String user, String workspace, Call call) {
        Outcome outcome = status == 0 ? Outcome.OK : status < 0 ? Outcome.LOST
                : status < 500 ? Outcome.REFUSED : Outcome.FAILED;
        Event.Fault fault = status == 0 ? null : new Event.Fault(Math.max(0, status), null, message);
        status = 0;
        message = null;
        return event(user, workspace, call, outcome, fault);
    }

    private static JsonText json(String text) {
        return new JsonText(text.replace('\'', '"'));
    }

    private AskHistory event(String user, String workspace, Call call, Outcome outcome, Event.Fault fault) {
        long invoked = counter++;
        long micros = BEGIN + ahead * MICROS + invoked * 1000;
        boolean unanswered = outcome == Outcome.LOST;
        events.add(new Event(events.size(), invoked, unanswered || together ? Event.NEVER : counter++, micros,
                unanswered ? Event.NEVER : micros + 500, 0, 0, null, user, workspace, 1, outcome, fault, call));
        if (together && !unanswered) {
            open.add(events.size() - 1);
        }
        return this;
    }

    private Event returned(Event event) {
        return new Event(event.seq(), event.invoked(), counter++, event.invokedMicros(), event.returnedMicros(),
                event.client(), event.instance(), null, event.user(), event.workspace(), 1, event.outcome(), event.error(),
                event.call());
    }

    public Verdict verdict() {
        return HistoryChecker.check(new History(new History.Header("test", manifest, Profile.V1_1, 1, 1, -1, "hand", 1,
                spaces, "{}"), List.of(), events));
    }

    /** The rules that are violated. */
    public List<String> violated() {
        return verdict().violations().stream().map(violation -> violation.rule()).distinct().toList();
    }

    /** The rules whose premise occurred. */
    public List<String> exercised() {
        return List.copyOf(verdict().exercised().keySet());
    }
}
