package dev.or3.tck.suites.check.host;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to an endpoint of a host, taken apart.
 *
 * @param endpoint  its method and path, with {@code :id} in place of one
 * @param workspace the one it is about, or null
 */
record HostCall(AskCall ask, String endpoint, String workspace) {
    static final String SESSION = "GET /api/auth/session";
    static final String LIST = "GET /api/workspaces";
    static final String CREATE = "POST /api/workspaces";
    static final String RENAME = "PATCH /api/workspaces/:id";
    static final String REMOVE = "DELETE /api/workspaces/:id";
    static final String ACTIVATE = "POST /api/workspaces/active";
    static final String PUSH = "POST /api/sync/push";
    static final String PULL = "POST /api/sync/pull";

    private static final Map<String, Role> LEAST = Map.ofEntries(
            entry(RENAME, Role.OWNER), entry(REMOVE, Role.OWNER), entry(ACTIVATE, Role.VIEWER),
            entry(PUSH, Role.EDITOR), entry(PULL, Role.VIEWER), entry("POST /api/sync/update-cursor", Role.VIEWER),
            entry("POST /api/sync/gc-tombstones", Role.OWNER), entry("POST /api/sync/gc-change-log", Role.OWNER),
            entry("POST /api/storage/presign-upload", Role.EDITOR), entry("POST /api/storage/commit", Role.EDITOR),
            entry("POST /api/storage/presign-download", Role.VIEWER), entry("POST /api/storage/gc/run", Role.OWNER));
    /** Where an editor may be let in, or not. */
    private static final Pattern EDITORS_TOO = Pattern.compile("PATCH .*|POST /api/sync/gc-.*|POST /api/storage/gc/run");
    /** Where a well-formed request may be refused for what it asks. */
    private static final Pattern CHOOSY = Pattern.compile("POST /api/sync/gc-.*|POST /api/storage/.*");
    private static final Pattern BY_ID = Pattern.compile("((?:PATCH|DELETE) /api/workspaces/)(.+)");
    private static final Pattern MARK = Pattern.compile("mark-[0-9a-f-]{36}");
    private static final List<String> NAMED_AT = List.of("/scope/workspaceId", "/workspaceId", "/workspace_id");

    static List<HostCall> all(History history) {
        return AskCall.of(history, Rule.HOST).stream().map(HostCall::of).toList();
    }

    private static HostCall of(AskCall ask) {
        Matcher byId = BY_ID.matcher(ask.method());
        if (byId.matches()) {
            return new HostCall(ask, byId.group(1) + ":id", byId.group(2));
        }
        String named = NAMED_AT.stream().map(at -> ask.input().at(at).textValue()).filter(id -> id != null).findFirst()
                .orElse(null);
        return new HostCall(ask, ask.method(), ask.method().startsWith("POST /api/sync/")
                ? ask.input().at(NAMED_AT.get(0)).textValue() : named);
    }

    /** Whether it is about a workspace, named or not. */
    boolean needsWorkspace() {
        return LEAST.containsKey(endpoint);
    }

    String user() {
        return ask.event().user();
    }

    boolean isOk() {
        return ask.isOk();
    }

    int status() {
        return ask.status();
    }

    /** Whether a host may always answer so: not at all, or that there is too much to do. */
    boolean saysNothing() {
        return ask.event().outcome() == Outcome.LOST || !isOk() && !ask.isTurnedDown();
    }

    /** Whether somebody with that role must be refused, must be let in, or neither. */
    boolean isBeyond(Role role) {
        return role == null || role.compareTo(LEAST.get(endpoint)) > 0 && !mayGoEitherWay(role);
    }

    boolean mayGoEitherWay(Role role) {
        return role == Role.EDITOR && EDITORS_TOO.matcher(endpoint).matches();
    }

    boolean isChoosy() {
        return CHOOSY.matcher(endpoint).matches();
    }

    /** The marks in what was asked. */
    Set<String> marks() {
        return marksIn(ask.input().toString());
    }

    /** The marks in what was answered, also in a refusal, but for those of the request itself. */
    Set<String> marksAnswered() {
        Set<String> marks = marksIn(isOk() ? ask.answer().toString() : refusal());
        marks.removeAll(marks());
        return marks;
    }

    static Set<String> marksIn(String text) {
        Set<String> marks = new LinkedHashSet<>();
        for (Matcher found = MARK.matcher(text); found.find(); ) {
            marks.add(found.group());
        }
        return marks;
    }

    private String refusal() {
        return ask.event().error() == null || ask.event().error().message() == null ? "" : ask.event().error().message();
    }

    /** Whether its refusal has the body that the contract asks for. */
    boolean isWellRefused() {
        try {
            JsonNode body = Json.parse(refusal());
            return body.path("statusCode").intValue() == status() && !body.path("message").asText("").isBlank();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** How a sentence refers to it. */
    String called() {
        return ask.method() + " (event " + ask.seq() + ")";
    }
}
