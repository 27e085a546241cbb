package dev.or3.tck.suites.check.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces.Identity;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of the workspaces component, taken apart. What it does not have is null.
 *
 * @param user      the acting user; null for calls about an identity
 * @param workspace the workspace asked about
 * @param answer    empty parts unless ok
 */
record StoreCall(Event event, Method method, Identity identity, String user, String workspace, String name,
        String description, Answer answer) {

    private static final String COMPONENT = "workspaces";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final Map<String, Method> METHODS = Map.of(
            "getOrCreateUser", Method.ENTER, "getUser", Method.FIND, "getOrCreateDefaultWorkspace", Method.DEFAULT,
            "getWorkspaceRole", Method.ROLE, "listUserWorkspaces", Method.LIST, "createWorkspace", Method.CREATE,
            "updateWorkspace", Method.UPDATE, "removeWorkspace", Method.REMOVE, "setActiveWorkspace", Method.ACTIVATE);

    enum Method {
        ENTER, FIND, DEFAULT, ROLE, LIST, CREATE, UPDATE, REMOVE, ACTIVATE;

        boolean isRead() {
            return this == FIND || this == ROLE || this == LIST;
        }
    }

    /** Every part that the method does not answer is null. */
    record Answer(String user, String workspace, String name, Role role, List<Entry> entries) {
        static final Answer NONE = new Answer(null, null, null, null, null);
    }

    /**
     * @param role   null also if it is no role
     * @param active null if not told
     */
    record Entry(String id, String name, String description, Role role, Boolean active) {
        boolean isActive() {
            return Boolean.TRUE.equals(active);
        }
    }

    /** The call behind an event; empty if it is none of this component. */
    static Optional<StoreCall> of(Event event) {
        if (!(event.call() instanceof Call.Ask call) || !call.component().equals(COMPONENT)) {
            return Optional.empty();
        }
        Method method = METHODS.get(call.method());
        if (method == null) {
            return Optional.empty();
        }
        JsonNode input = call.input().parse();
        boolean aboutIdentity = method == Method.ENTER || method == Method.FIND;
        Identity identity = aboutIdentity ? new Identity(text(input, "provider"), text(input, "providerUserId")) : null;
        Answer answer = event.isOk() && call.answer() != null ? answer(method, call.answer().parse()) : Answer.NONE;
        return Optional.of(new StoreCall(event, method, identity, aboutIdentity ? null : text(input, "userId"),
                text(input, "workspaceId"), text(input, "name"), text(input, "description"), answer));
    }

    private static Answer answer(Method method, JsonNode answer) {
        return switch (method) {
            case ENTER, FIND -> new Answer(text(answer, "userId"), null, null, null, null);
            case DEFAULT -> new Answer(null, text(answer, "workspaceId"), text(answer, "workspaceName"), null, null);
            case CREATE -> new Answer(null, text(answer, "workspaceId"), null, null, null);
            case ROLE -> new Answer(null, null, null, role(answer), null);
            case LIST -> new Answer(null, null, null, null, answer.isArray() ? entries(answer) : null);
            default -> Answer.NONE;
        };
    }

    private static List<Entry> entries(JsonNode answer) {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode entry : answer) {
            JsonNode active = entry.path("isActive");
            entries.add(new Entry(text(entry, "id"), text(entry, "name"), text(entry, "description"),
                    role(entry.path("role")), active.isBoolean() ? active.booleanValue() : null));
        }
        return List.copyOf(entries);
    }

    private static Role role(JsonNode node) {
        for (Role role : Role.values()) {
            if (role.wireName().equals(node.textValue())) {
                return role;
            }
        }
        return null;
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).textValue();
    }

    int seq() {
        return event.seq();
    }

    boolean isOk() {
        return event.isOk();
    }

    /** Whether it may have taken effect, or may still. */
    boolean mayTakeEffect() {
        return event.outcome() != Outcome.REFUSED;
    }

    boolean isUnknown() {
        return event.outcome() == Outcome.LOST || event.outcome() == Outcome.FAILED;
    }

    /** Whether the provider said that it will not do it, by a 4xx or a 5xx; not where it only has too much to do. */
    boolean isTurnedDown() {
        int status = event.error() == null ? 0 : event.error().status();
        return (event.outcome() == Outcome.REFUSED || event.outcome() == Outcome.FAILED)
                && status != 0 && status != TOO_MANY_REQUESTS && status != UNAVAILABLE;
    }

    /** Whether this was over before the other began. */
    boolean precedes(StoreCall other) {
        return over() < other.event.invoked();
    }

    boolean overlaps(StoreCall other) {
        return !precedes(other) && !other.precedes(this);
    }

    /** When its effect is over: never, if nobody knows whether it will come. */
    long over() {
        return isUnknown() ? Event.NEVER : event.returned();
    }

    /** Whether a list that says which one is active: of every workspace, or at least of that one. */
    boolean tellsActive() {
        return method == Method.LIST && answer.entries() != null
                && (answer.entries().stream().allMatch(entry -> entry.active() != null)
                || answer.entries().stream().anyMatch(Entry::isActive));
    }

    /** The method by its name on the wire. */
    String wireName() {
        return ((Call.Ask) event.call()).method();
    }

    /** How a sentence refers to it. */
    String called() {
        return wireName() + " (event " + seq() + ")";
    }

    /** What came back, in a few words. */
    String outcome() {
        if (!isOk()) {
            return event.error() == null ? "lost" : "status " + event.error().status()
                    + (event.error().message() == null ? "" : " (" + event.error().message() + ")");
        }
        return switch (method) {
            case ENTER, FIND -> answer.user() == null ? "no user" : "user " + answer.user();
            case DEFAULT, CREATE -> answer.workspace() == null ? "no workspace" : "workspace " + answer.workspace();
            case ROLE -> answer.role() == null ? "null" : answer.role().wireName();
            case LIST -> answer.entries() == null ? "no list"
                    : "a list of " + answer.entries().stream().map(Entry::id).toList();
            default -> "success";
        };
    }
}
