package dev.or3.tck.suites.check.store;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes histories of the workspaces component by hand: each call says what it answered. */
final class StoreHistory {
    private static final Manifest MANIFEST = new Manifest(1, new Manifest.Identity("hand", "hand", "1"), Profile.V1_1,
            Map.of("workspaces", Manifest.Component.with()), Limits.UNKNOWN, List.of(), false, List.of("restart"));

    private final List<History.Space> spaces = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Integer> open = new ArrayList<>();
    private boolean together;
    private long counter;
    private Outcome next = Outcome.OK;
    private int status;

    /** A history in which the plain round trip was seen, by a user who does nothing else. */
    static StoreHistory grounded() {
        return new StoreHistory().enter("basic", "plain", "plain").create("plain", "Plain", "plain-home")
                .list("plain", "plain-home:owner:Plain*");
    }

    /**
     * @param members as {@code u1:owner}
     */
    StoreHistory space(String id, String... members) {
        spaces.add(new History.Space(id, Stream.of(members).map(member -> member.split(":"))
                .map(parts -> new History.Member(parts[0], Role.of(parts[1]))).toList()));
        return this;
    }

    /** The next call is refused. */
    StoreHistory refused() {
        return answering(Outcome.REFUSED, 403);
    }

    /** The next call gets a 5xx. */
    StoreHistory failed() {
        return answering(Outcome.FAILED, 500);
    }

    /** The next call gets no answer. */
    StoreHistory lost() {
        return answering(Outcome.LOST, 0);
    }

    StoreHistory answering(Outcome outcome, int withStatus) {
        next = outcome;
        status = withStatus;
        return this;
    }

    /** All calls in there overlap. */
    StoreHistory together(Runnable calls) {
        together = true;
        calls.run();
        together = false;
        open.forEach(seq -> events.set(seq, returned(events.get(seq))));
        open.clear();
        return this;
    }

    StoreHistory restart() {
        long invoked = counter++;
        events.add(new Event(events.size(), invoked, counter++, 0, 0, -1, -1, null, null, null, 1, Outcome.OK, null,
                new Call.Restart(false, 1)));
        return this;
    }

    StoreHistory enter(String provider, String id, String answer) {
        return call("getOrCreateUser", fields("provider", provider, "providerUserId", id), fields("userId", answer));
    }

    StoreHistory find(String provider, String id, String answer) {
        return call("getUser", fields("provider", provider, "providerUserId", id),
                answer == null ? null : fields("userId", answer));
    }

    StoreHistory home(String user, String answer) {
        return home(user, answer, "Home of " + answer);
    }

    StoreHistory home(String user, String answer, String name) {
        return call("getOrCreateDefaultWorkspace", fields("userId", user),
                fields("workspaceId", answer, "workspaceName", name));
    }

    StoreHistory role(String user, String workspace, String answer) {
        return call("getWorkspaceRole", fields("userId", user, "workspaceId", workspace), answer);
    }

    /**
     * @param entries as {@code w1:owner:Name*}, with the star for the active one; without a third part there is no word on
     *                which is active
     */
    StoreHistory list(String user, String... entries) {
        return call("listUserWorkspaces", fields("userId", user), Stream.of(entries).map(StoreHistory::entry).toList());
    }

    private static Map<String, Object> entry(String text) {
        String[] parts = text.replace("*", "").split(":");
        Map<String, Object> entry = fields("id", parts[0], "role", parts[1], "name", parts[2]);
        if (parts.length > 3) {
            entry.put("description", parts[3]);
        }
        entry.put("isActive", text.endsWith("*"));
        return entry;
    }

    StoreHistory create(String user, String name, String answer) {
        return call("createWorkspace", fields("userId", user, "name", name), fields("workspaceId", answer));
    }

    StoreHistory update(String user, String workspace, String name) {
        return call("updateWorkspace", fields("userId", user, "workspaceId", workspace, "name", name), null);
    }

    StoreHistory describe(String user, String workspace, String name, String description) {
        return call("updateWorkspace",
                fields("userId", user, "workspaceId", workspace, "name", name, "description", description), null);
    }

    StoreHistory remove(String user, String workspace) {
        return call("removeWorkspace", fields("userId", user, "workspaceId", workspace), null);
    }

    StoreHistory activate(String user, String workspace) {
        return call("setActiveWorkspace", fields("userId", user, "workspaceId", workspace), null);
    }

    private StoreHistory call(String method, Map<String, Object> input, Object answer) {
        boolean ok = next == Outcome.OK;
        Event event = new Event(events.size(), counter++, Event.NEVER, 0, 0, 0, 0, "device-0", null, null, 1, next,
                ok ? null : new Event.Fault(status, null, "no"),
                new Call.Ask("workspaces", method, JsonText.of(Json.mapper().valueToTree(input)),
                        ok ? JsonText.of(Json.mapper().valueToTree(answer)) : null));
        next = Outcome.OK;
        events.add(together ? event : returned(event));
        if (together) {
            open.add(event.seq());
        }
        return this;
    }

    private Event returned(Event event) {
        long returned = event.outcome() == Outcome.LOST ? Event.NEVER : counter++;
        return new Event(event.seq(), event.invoked(), returned, 0, 0, event.client(), 0, event.device(), null, null, 1,
                event.outcome(), event.error(), event.call());
    }

    private static Map<String, Object> fields(String... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    History history() {
        return new History(new History.Header("test", MANIFEST, Profile.V1_1, 1, 0, -1, "hand", 1, spaces, "{}"), List.of(),
                events);
    }

    Verdict verdict() {
        return HistoryChecker.check(history());
    }

    /** The rules that are violated, each as often as it is. */
    List<String> rules() {
        return verdict().violations().stream().map(Violation::rule).toList();
    }

    long exercised(String rule) {
        return verdict().exercised().getOrDefault(rule, 0L);
    }
}
