package dev.or3.tck.suites.certify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.connect.LostAnswerException;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.connect.Target.Standing;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Calls every endpoint of a host as everybody, and records what it says (WIR-06, WIR-07). */
final class HostProbe {
    static final String NAME = "host/who-may-do-what";
    static final Set<String> RULES = Set.of("WIR-06", "WIR-07");

    private static final long RETENTION = 30 * 24 * 3600L;
    private static final String PUT = """
            {"scope":{"workspaceId":"%s"},"workspaceId":"%s","ops":[{"id":"%s","tableName":"kv","operation":"put","pk":"%s",\
            "payload":{"id":"%4$s","name":"%4$s","value":"%s","created_at":1,"updated_at":1,"clock":1},"stamp":{"deviceId":\
            "or3-tck","opId":"%s","hlc":"0ks3n7x0g:000:abc12345","clock":1},"createdAt":1,"attempts":0,"status":\
            "pending"}]}""";

    private final Target target;
    private final Standing standing;
    private final String workspace;
    private final List<Event> events = new ArrayList<>();
    private final String owner;
    private final Optional<String> stranger;

    private HostProbe(Target target) {
        this.target = target;
        this.standing = target.standing().orElseThrow();
        this.workspace = standing.workspaceId();
        this.owner = user(Role.OWNER).orElseThrow();
        this.stranger = standing.users().stream().filter(user -> !standing.roles().containsKey(user)).findFirst();
    }

    /** The target must have a standing workspace. */
    static History run(Target target, Profile profile, long seed) {
        HostProbe probe = new HostProbe(target);
        probe.sessions();
        probe.sync();
        probe.ownWorkspace();
        probe.standingWorkspace();
        if (probe.standing.hasStorage()) {
            probe.storage();
        }
        List<History.Member> members = probe.standing.roles().entrySet().stream()
                .map(role -> new History.Member(role.getKey(), role.getValue())).toList();
        var header = new History.Header(Kit.version(), target.manifest(), profile, WireSchema.current().version(), seed, -1,
                NAME, 1, List.of(new History.Space(probe.workspace, members)), null);
        return new History(header, List.of(), probe.events);
    }

    private Optional<String> user(Role role) {
        return standing.roles().entrySet().stream().filter(entry -> entry.getValue() == role).map(Map.Entry::getKey)
                .sorted().findFirst();
    }

    private void sessions() {
        get(owner, "/api/auth/session");
        get(null, "/api/auth/session");
        forged("GET /api/auth/session", "{}");
        get(null, "/api/admin/health");
        get(owner, "/api/or3-tck/nowhere");
    }

    private void sync() {
        everybody("POST /api/sync/push", () -> put(workspace, workspace));
        everybody("POST /api/sync/pull", () -> scoped("\"cursor\":0,\"limit\":500"));
        everybody("POST /api/sync/update-cursor", () -> scoped("\"deviceId\":\"" + mark() + "\",\"version\":0"));
        if (target.manifest().hasCapability("sync", "gc")) {
            everybody("POST /api/sync/gc-tombstones", () -> scoped("\"retentionSeconds\":" + RETENTION));
            everybody("POST /api/sync/gc-change-log", () -> scoped("\"retentionSeconds\":" + RETENTION));
        }
        ask(owner, "POST /api/sync/pull", "{\"cursor\":0,\"limit\":10}");
        ask(owner, "POST /api/sync/pull", scoped("\"cursor\":0,\"limit\":500"));
    }

    /** One that is the owner's alone, from its beginning to its end. */
    private void ownWorkspace() {
        String id = created(owner);
        if (id == null) {
            return;
        }
        strangers("POST /api/workspaces/active", () -> "{\"workspaceId\":\"" + id + "\"}");
        strangers("PATCH /api/workspaces/" + id, HostProbe::named);
        strangers("DELETE /api/workspaces/" + id, () -> "{}");
        get(owner, "/api/workspaces");
        ask(owner, "PATCH /api/workspaces/" + id, named());
        ask(owner, "POST /api/workspaces/active", "{\"workspaceId\":\"" + id + "\"}");
        get(owner, "/api/auth/session");
        get(owner, "/api/workspaces");
        ask(owner, "POST /api/sync/push", put(id, id));
        stranger.ifPresent(user -> {
            get(user, "/api/workspaces");
            reachAcross(user, id);
        });
        ask(owner, "POST /api/sync/pull", "{\"scope\":{\"workspaceId\":\"" + id + "\"},\"cursor\":0,\"limit\":500}");
        ask(owner, "DELETE /api/workspaces/" + id, "{}");
        ask(owner, "POST /api/sync/pull", "{\"scope\":{\"workspaceId\":\"" + id + "\"},\"cursor\":0,\"limit\":500}");
        get(owner, "/api/workspaces");
        get(null, "/api/workspaces");
        forged("GET /api/workspaces", "{}");
        ask(null, "POST /api/workspaces", named());
    }

    /** A workspace of one's own where the host looks, and that of somebody else beside it. */
    private void reachAcross(String user, String other) {
        String own = created(user);
        if (own == null) {
            return;
        }
        String both = "{\"workspaceId\":\"" + other + "\",\"id\":\"" + other + "\",\"name\":\"" + mark() + "\"}";
        ask(user, "PATCH /api/workspaces/" + own, both);
        ask(user, "POST /api/sync/push", put(own, other));
        ask(user, "POST /api/sync/pull", "{\"scope\":{\"workspaceId\":\"" + own + "\"},\"workspaceId\":\"" + other
                + "\",\"cursor\":0,\"limit\":500}");
        ask(user, "DELETE /api/workspaces/" + own, both);
        get(owner, "/api/workspaces");
    }

    private void standingWorkspace() {
        everybody("POST /api/workspaces/active", () -> "{\"workspaceId\":\"" + workspace + "\"}");
        String name = "{\"name\":" + Json.write(nameOf(workspace)) + "}";
        everybody("PATCH /api/workspaces/" + workspace, () -> name);
        for (String user : standing.users()) {
            if (standing.roles().get(user) != Role.OWNER) {
                ask(user, "DELETE /api/workspaces/" + workspace, "{}");
            }
        }
        ask(null, "DELETE /api/workspaces/" + workspace, "{}");
        forged("DELETE /api/workspaces/" + workspace, "{}");
        get(owner, "/api/workspaces");
    }

    private void storage() {
        String hash = "sha256:" + UUID.randomUUID().toString().replace("-", "").repeat(2);
        String file = "\"workspaceId\":\"" + workspace + "\",\"hash\":\"" + hash + "\"";
        everybody("POST /api/storage/presign-upload", () -> "{" + file + ",\"mimeType\":\"text/plain\",\"sizeBytes\":7}");
        everybody("POST /api/storage/presign-download", () -> "{" + file + "}");
        everybody("POST /api/storage/gc/run", () -> "{\"workspace_id\":\"" + workspace
                + "\",\"retention_seconds\":" + RETENTION + "}");
        strangers("POST /api/storage/commit", () -> "{\"workspace_id\":\"" + workspace + "\",\"hash\":\"" + hash
                + "\",\"mime_type\":\"text/plain\",\"size_bytes\":7}");
    }

    private String created(String user) {
        JsonNode made = ask(user, "POST /api/workspaces", named());
        return made.path(made.has("workspaceId") ? "workspaceId" : "id").textValue();
    }

    private String nameOf(String id) {
        for (JsonNode entry : get(owner, "/api/workspaces")) {
            if (id.equals(entry.path("id").textValue())) {
                return entry.path("name").textValue();
            }
        }
        return "Workspace of or3-tck";
    }

    /** The members first, so that the others are refused beside somebody who is not. */
    private void everybody(String request, Supplier<String> input) {
        for (Role role : Role.values()) {
            user(role).ifPresent(user -> ask(user, request, input.get()));
        }
        strangers(request, input);
    }

    private void strangers(String request, Supplier<String> input) {
        stranger.ifPresent(user -> ask(user, request, input.get()));
        ask(null, request, input.get());
        forged(request, input.get());
    }

    private String scoped(String rest) {
        return "{\"scope\":{\"workspaceId\":\"" + workspace + "\"}," + rest + "}";
    }

    private static String put(String scope, String aside) {
        String mark = mark();
        return String.format(PUT, scope, aside, UUID.randomUUID(), mark, mark, UUID.randomUUID());
    }

    private static String named() {
        return "{\"name\":\"" + mark() + "\"}";
    }

    /** A word that is nowhere else, by which it is known where something was seen. */
    private static String mark() {
        return "mark-" + UUID.randomUUID();
    }

    private JsonNode get(String user, String path) {
        return ask(user, "GET " + path, "{}");
    }

    private JsonNode ask(String user, String request, String input) {
        Caller caller = user == null ? null : Caller.of(user, null);
        return record(user, request, input, () -> target.call(0, Rule.HOST, request, caller, Json.parse(input)));
    }

    private void forged(String request, String input) {
        record(null, request, input, () -> target.forged(request, Json.parse(input)));
    }

    private JsonNode record(String user, String request, String input, Supplier<JsonNode> asking) {
        long before = System.currentTimeMillis() * 1000;
        Outcome outcome = Outcome.OK;
        Event.Fault error = null;
        JsonNode answer = null;
        try {
            answer = asking.get();
        } catch (ProviderException e) {
            outcome = e.status() < 500 ? Outcome.REFUSED : Outcome.FAILED;
            error = new Event.Fault(e.status(), e.code(), e.getMessage());
        } catch (LostAnswerException e) {
            outcome = Outcome.LOST;
            error = new Event.Fault(0, null, e.getMessage());
        }
        JsonText text = outcome == Outcome.OK ? JsonText.of(answer) : null;
        int seq = events.size();
        events.add(new Event(seq, 2L * seq + 1, outcome == Outcome.LOST ? Event.NEVER : 2L * seq + 2, before,
                System.currentTimeMillis() * 1000, 0, 0, null, user, null, 1, outcome, error,
                new Call.Ask(Rule.HOST, request, new JsonText(input), text)));
        return answer == null ? Json.mapper().missingNode() : answer;
    }
}
