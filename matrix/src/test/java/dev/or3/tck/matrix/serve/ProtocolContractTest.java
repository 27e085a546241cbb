package dev.or3.tck.matrix.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.api.admin.Admin;
import dev.or3.tck.api.config.Configuration;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.jobs.Jobs;
import dev.or3.tck.api.limits.RateLimits;
import dev.or3.tck.api.notifications.Notifications;
import dev.or3.tck.api.storage.Storage;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.SnapshotRequest;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.tokens.Tokens;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import dev.or3.tck.suites.backend.KitEnvironment;
import dev.or3.tck.suites.backend.Mood;
import dev.or3.tck.suites.backend.PlayedBackends;
import dev.or3.tck.suites.connect.Courier;
import dev.or3.tck.suites.connect.HttpTarget;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the client sends and the server answers is what the file describes, method by method. */
@Timeout(120)
class ProtocolContractTest {
    private static final ProtocolFile FILE = new ProtocolFile();
    private static final Map<String, Class<?>> DESCRIBED = Map.of("sync", Sync.class, "workspaces", Workspaces.class,
            "rateLimits", RateLimits.class, "jobs", Jobs.class, "notifications", Notifications.class,
            "tokens", Tokens.class, "storage", Storage.class, "admin", Admin.class,
            "config", Configuration.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path data;

    private Provider provider;
    private ProtocolServer server;
    private Recorder recorder;
    private HttpTarget target;
    private final Set<String> seen = new TreeSet<>();

    @BeforeEach
    void serve() throws Exception {
        ProviderFactory sqlite = ServiceLoader.load(ProviderFactory.class).stream().map(ServiceLoader.Provider::get)
                .filter(factory -> factory.id().equals("sqlite")).findFirst().orElseThrow();
        provider = sqlite.open(ProviderConfig.in(data).with(KitEnvironment.fresh().variables()));
        server = ProtocolServer.start(provider, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        recorder = Recorder.before(server.address());
        target = HttpTarget.open(List.of(recorder.address()));
    }

    @AfterEach
    void end() {
        recorder.close();
        server.close();
        provider.close();
    }

    private interface Act<T> {
        T on(Provider provider);
    }

    /** Does it, and holds what travelled against the file. */
    private <T> T travels(String name, Act<T> act) {
        T result = act.on(target.instance(0));
        Recorder.Exchanged exchanged = recorder.last();
        assertThat(name(exchanged)).isEqualTo(name);
        seen.add(name);
        assertThat(FILE.complaints(request(exchanged), exchanged.request()))
                .as("what %s sends: %s", name, exchanged.request()).isEmpty();
        assertThat(FILE.complaints("Success", exchanged.answer())).as("what answers " + name).isEmpty();
        JsonNode answered = exchanged.answer().get("result");
        if (FILE.has(name + ".result")) {
            assertThat(FILE.complaints(name + ".result", answered)).as("what %s answers: %s", name, answered).isEmpty();
        } else {
            assertThat(answered.isNull()).as("what %s answers: %s", name, answered).isTrue();
        }
        return result;
    }

    private void silent(String name, Consumer<Provider> act) {
        travels(name, provided -> {
            act.accept(provided);
            return null;
        });
    }

    private static String name(Recorder.Exchanged exchanged) {
        return exchanged.path().equals("/tck/v1/call")
                ? exchanged.request().get("component").asText() + "." + exchanged.request().get("method").asText()
                : "control." + exchanged.path().substring("/tck/v1/control/".length());
    }

    private static String request(Recorder.Exchanged exchanged) {
        return exchanged.path().equals("/tck/v1/call") ? "Call" : name(exchanged) + ".input";
    }

    private static Operation operation(String kind, String pk, long clock) {
        String fields = "\"created_at\":1,\"updated_at\":1,\"clock\":" + clock;
        JsonText payload = new JsonText("{\"id\":\"" + pk + "\",\"name\":\"n\"," + fields + "}");
        String hlc = "00000000" + clock + ":000:device01";
        return new Operation(UUID.randomUUID().toString(), "kv", kind, pk, kind.equals("put") ? payload : null,
                new Stamp("device", UUID.randomUUID().toString(), hlc, clock), 1, 0, "pending");
    }

    @Test
    void every_method_travels_as_the_file_says() {
        sync();
        workspaces();
        rateLimits();
        jobs();
        tokens();
        storage();
        admin();
        config();

        Set<String> described = new TreeSet<>();
        for (String component : DESCRIBED.keySet()) {
            FILE.methods(component).forEach(method -> described.add(component + "." + method));
        }
        FILE.controls().forEach(control -> described.add("control." + control));
        assertThat(seen).isEqualTo(described);
    }

    private void sync() {
        Controls.Provisioned made = travels("control.provision",
                served -> served.controls().provision(List.of(Role.OWNER, Role.EDITOR, Role.VIEWER)));
        Caller owner = Caller.of(made.userIds().get(0), made.workspaceId());
        Scope scope = new Scope(made.workspaceId());
        Operation loser = operation("put", "b", 1);
        travels("sync.push", served -> served.sync().push(owner, new PushRequest(scope, List.of(operation("put", "a", 1),
                operation("put", "b", 2), loser, operation("delete", "a", 3), operation("put", "", 1)))));
        travels("sync.push", served -> served.sync().push(owner, new PushRequest(scope, List.of(loser))));
        travels("sync.push", served -> served.sync().push(owner, new PushRequest(scope, List.of())));
        travels("sync.pull", served -> served.sync().pull(owner, new PullRequest(scope, 0, 2, null)));
        travels("sync.pull", served -> served.sync().pull(owner, new PullRequest(scope, 2, 100, List.of("kv", "threads"))));
        String token = travels("sync.snapshot", served -> served.sync().snapshot(owner,
                new SnapshotRequest(scope, 1, null, null))).nextPageToken();
        travels("sync.snapshot", served -> served.sync().snapshot(owner, new SnapshotRequest(scope, 10, token, null)));
        travels("control.inspect", served -> served.controls().inspect(made.workspaceId(), "kv", "b"));
        travels("control.inspect", served -> served.controls().inspect(made.workspaceId(), "kv", "a"));
        travels("control.inspect", served -> served.controls().inspect(made.workspaceId(), "kv", "none"));
        silent("sync.updateCursor", served -> served.sync().updateCursor(owner, new CursorUpdate(scope, "device", 4)));
        travels("control.clock", served -> served.controls().clock(7200));
        silent("sync.gcTombstones", served -> served.sync().gcTombstones(owner, new CollectRequest(scope, 3600)));
        silent("sync.gcChangeLog", served -> served.sync().gcChangeLog(owner, new CollectRequest(scope, 3600)));
        silent("control.restart", served -> served.controls().restart());
    }

    private void jobs() {
        Controls.Provisioned made = target.instance(0).controls().provision(List.of(Role.OWNER));
        String user = made.userIds().get(0);
        Caller me = Caller.of(user, made.workspaceId());
        Jobs.NewJob wanted = new Jobs.NewJob(user, "t", "m", "model", null);
        String job = travels("jobs.createJob", served -> served.jobs().createJob(me, wanted));
        silent("jobs.updateJob", served -> served.jobs().updateJob(me, new Jobs.Chunk(job, "a", null)));
        travels("jobs.getJob", served -> served.jobs().getJob(me, new Jobs.JobOfUser(job, user)));
        travels("jobs.getActiveJobCount", served -> served.jobs().getActiveJobCount(null, new Jobs.Nothing()));
        travels("jobs.checkJobAborted", served -> served.jobs().checkJobAborted(me, new Jobs.JobRef(job)));
        silent("jobs.completeJob", served -> served.jobs().completeJob(me, new Jobs.Completion(job, "whole")));
        travels("jobs.getJob", served -> served.jobs().getJob(me, new Jobs.JobOfUser(job, user)));
        travels("jobs.abortJob", served -> served.jobs().abortJob(me, new Jobs.JobOfUser(job, user)));
        String failing = travels("jobs.createJob", served -> served.jobs().createJob(me, wanted));
        silent("jobs.failJob", served -> served.jobs().failJob(me, new Jobs.Failure(failing, "why")));
        travels("jobs.getJob", served -> served.jobs().getJob(me, new Jobs.JobOfUser("none", user)));
        travels("jobs.cleanupExpired", served -> served.jobs().cleanupExpired(null, new Jobs.Nothing()));
        travels("notifications.emitBackgroundJobComplete", served -> served.notifications().emitBackgroundJobComplete(me,
                new Notifications.JobDone(made.workspaceId(), user, "t", job)));
        travels("notifications.emitBackgroundJobError", served -> served.notifications().emitBackgroundJobError(me,
                new Notifications.JobFailed(made.workspaceId(), user, "t", failing, "why")));
    }

    private void rateLimits() {
        RateLimits.Check input = new RateLimits.Check("a", new RateLimits.Window(60_000L, 1));
        travels("rateLimits.getStats", served -> served.rateLimits().getStats(null, input));
        travels("rateLimits.checkAndRecord", served -> served.rateLimits().checkAndRecord(null, input));
        travels("rateLimits.checkAndRecord", served -> served.rateLimits().checkAndRecord(null, input));
        travels("rateLimits.getStats", served -> served.rateLimits().getStats(null, input));
    }

    private void tokens() {
        Tokens.TokenRequest request = new Tokens.TokenRequest("convex", null);
        travels("tokens.getProviderToken", served -> served.tokens().getProviderToken(Caller.of("u", "w"), request));
        travels("tokens.getProviderToken", served -> served.tokens().getProviderToken(null, request));
    }

    private void storage() {
        Controls.Provisioned space = travels("control.provision", served -> served.controls().provision(List.of(Role.OWNER)));
        String w = space.workspaceId();
        Caller owner = Caller.of(space.userIds().get(0), w);
        // Of no bytes at all.
        String hash = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        Storage.PresignedUrl up = travels("storage.presignUpload", served -> served.storage().presignUpload(owner,
                new Storage.UploadRequest(w, hash, "text/plain", 0L, 60_000L)));
        Courier.bring(new Courier.Address(up.url(), up.method(), Map.of()), 0, InputStream::nullInputStream, PATIENCE);
        silent("storage.commit", served -> served.storage().commit(owner, new Storage.Commit(w, hash, up.storageId(), "sqlite",
                "text/plain", 0L, "empty.txt", "file", up.intentId())));
        Storage.PresignedUrl down = travels("storage.presignDownload", served -> served.storage().presignDownload(owner,
                new Storage.DownloadRequest(w, hash, null, null)));
        assertThat(Courier.fetch(new Courier.Address(down.url(), down.method(), Map.of()), PATIENCE).size()).isZero();
        silent("storage.deleteObject", served -> served.storage().deleteObject(owner, new Storage.ObjectRef(w, hash, null)));
        travels("storage.gc", served -> served.storage().gc(owner, new Storage.CollectObjects(w, 3600L, 10)));
    }

    private void config() {
        PlayedBackends backends = PlayedBackends.shared().orElseThrow();
        backends.play("here", "convex", List.of(), new Mood(200, 0, false));
        Controls.Provisioned space = travels("control.provision", served -> served.controls().provision(List.of(Role.OWNER)));
        String org = space.workspaceId();
        String owner = space.userIds().get(0);
        Caller caller = Caller.of(owner, org);
        JsonText config = new JsonText(json("{'type':'convex','deploymentUrl':'" + backends.address("here")
                + "','deploymentName':'prod:here'}").toString());
        Configuration.NewConfig change = new Configuration.NewConfig(org, owner, config);
        Configuration.OrgActor who = new Configuration.OrgActor(org, owner);
        travels("config.listTypes", served -> served.configuration().listTypes(caller, new Configuration.Nothing()));
        travels("config.validate", served -> served.configuration().validate(caller,
                new Configuration.Candidate("notion", new JsonText("{}"))));
        travels("config.activeConfig", served -> served.configuration().activeConfig(caller, who));
        travels("config.testConnection", served -> served.configuration().testConnection(caller,
                new Configuration.ConfigOnly(config)));
        travels("config.saveConfig", served -> served.configuration().saveConfig(caller, change));
        travels("config.switchProvider", served -> served.configuration().switchProvider(caller, change));
        travels("config.switchProvider", served -> served.configuration().switchProvider(caller, change));
        travels("config.rollbackProvider", served -> served.configuration().rollbackProvider(caller, who));
        travels("config.activeConfig", served -> served.configuration().activeConfig(caller, who));
        travels("config.usage", served -> served.configuration().usage(caller, new Configuration.UsageQuery(org, 1)));
        travels("config.query", served -> served.configuration().query(caller, new Configuration.Org(org)));
        travels("config.usage", served -> served.configuration().usage(caller, new Configuration.UsageQuery(org, 1)));
        travels("config.health", served -> served.configuration().health(caller, new Configuration.HealthQuery(org)));
        travels("config.events", served -> served.configuration().events(caller, new Configuration.Org(org)));
    }

    private void admin() {
        String user = target.instance(0).workspaces().getOrCreateUser(null,
                new Workspaces.NewUser("github", "hubot", "h@example.org", null)).userId();
        String w = travels("admin.createWorkspace", served -> served.admin().createWorkspace(null,
                new Admin.NewWorkspace("Ours", null, user))).workspaceId();
        Admin.WorkspaceRef workspace = new Admin.WorkspaceRef(w);
        Admin.UserRef admin = new Admin.UserRef(user);
        Admin.ProviderStatus status =
                travels("admin.getStatus", served -> served.admin().getStatus(null, new Admin.Nothing()));
        travels("admin.runAction", served -> served.admin().runAction(null,
                new Admin.ActionRun(status.actions().get(0).id(), null)));
        String other = target.instance(0).workspaces().getOrCreateUser(null,
                new Workspaces.NewUser("github", "mona", "m@example.org", null)).userId();
        silent("admin.upsertMember", served -> served.admin().upsertMember(null,
                new Admin.NewMember(w, "m@example.org", Role.VIEWER, null)));
        silent("admin.setMemberRole", served -> served.admin().setMemberRole(null,
                new Admin.MemberRole(w, other, Role.EDITOR)));
        travels("admin.listMembers", served -> served.admin().listMembers(null, workspace));
        silent("admin.removeMember", served -> served.admin().removeMember(null, new Admin.MemberRef(w, other)));
        silent("admin.setSetting", served -> served.admin().setSetting(null, new Admin.Setting(w, "colour", "blue")));
        travels("admin.getSetting", served -> served.admin().getSetting(null, new Admin.SettingKey(w, "colour")));
        travels("admin.getSetting", served -> served.admin().getSetting(null, new Admin.SettingKey(w, "size")));
        silent("admin.softDeleteWorkspace", served -> served.admin().softDeleteWorkspace(null, new Admin.Deletion(w, null)));
        travels("admin.getWorkspace", served -> served.admin().getWorkspace(null, workspace));
        travels("admin.getWorkspace", served -> served.admin().getWorkspace(null, new Admin.WorkspaceRef("none")));
        silent("admin.restoreWorkspace", served -> served.admin().restoreWorkspace(null, workspace));
        travels("admin.listWorkspaces", served -> served.admin().listWorkspaces(null,
                new Admin.WorkspaceQuery("our", null, 1, 10)));
        travels("admin.searchUsers", served -> served.admin().searchUsers(null, new Admin.UserQuery("example", 10)));
        silent("admin.grantAdmin", served -> served.admin().grantAdmin(null, admin));
        travels("admin.listAdmins", served -> served.admin().listAdmins(null, new Admin.Nothing()));
        travels("admin.isAdmin", served -> served.admin().isAdmin(null, admin));
        silent("admin.revokeAdmin", served -> served.admin().revokeAdmin(null, admin));
    }

    private void workspaces() {
        Workspaces.NewUser identity = new Workspaces.NewUser("github", "octocat", "o@example.org", null);
        String user = travels("workspaces.getOrCreateUser",
                served -> served.workspaces().getOrCreateUser(null, identity)).userId();
        Caller caller = Caller.of(user, null);
        travels("workspaces.getUser",
                served -> served.workspaces().getUser(null, new Workspaces.Identity("github", "octocat")));
        travels("workspaces.getUser",
                served -> served.workspaces().getUser(null, new Workspaces.Identity("github", "nobody")));
        travels("workspaces.getOrCreateDefaultWorkspace", served -> served.workspaces()
                .getOrCreateDefaultWorkspace(caller, new Workspaces.UserRef(user)));
        String workspace = travels("workspaces.createWorkspace", served -> served.workspaces().createWorkspace(caller,
                new Workspaces.NewWorkspace(user, "Second", "described"))).workspaceId();
        Workspaces.Membership membership = new Workspaces.Membership(user, workspace);
        silent("workspaces.updateWorkspace", served -> served.workspaces().updateWorkspace(caller,
                new Workspaces.WorkspaceUpdate(user, workspace, "Renamed", null)));
        silent("workspaces.setActiveWorkspace", served -> served.workspaces().setActiveWorkspace(caller, membership));
        travels("workspaces.listUserWorkspaces", served -> served.workspaces().listUserWorkspaces(caller,
                new Workspaces.UserRef(user)));
        travels("workspaces.getWorkspaceRole", served -> served.workspaces().getWorkspaceRole(caller, membership));
        silent("workspaces.removeWorkspace", served -> served.workspaces().removeWorkspace(caller, membership));
        travels("workspaces.getWorkspaceRole", served -> served.workspaces().getWorkspaceRole(caller, membership));
    }

    @Test
    void a_refusal_travels_as_the_file_says() {
        ProviderException refused = catchThrowableOfType(ProviderException.class, () -> target.instance(0).sync()
                .pull(null, new PullRequest(new Scope("w"), 0, 10, null)));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(FILE.complaints("Call", recorder.last().request())).isEmpty();
        assertThat(FILE.complaints("Failure", recorder.last().answer())).isEmpty();
        assertThat(FILE.complaints("Answer", recorder.last().answer())).isEmpty();
    }

    @Test
    void the_manifest_travels_as_the_file_says() {
        assertThat(target.instance(0).manifest()).isEqualTo(provider.manifest());
        assertThat(FILE.complaints("Manifest", recorder.last().answer())).isEmpty();
    }

    @Test
    void a_manifest_that_names_variables_travels_too() throws IOException {
        Manifest told = provider.manifest().withStarts(new Manifest.Starts("A_PATH", "A_STRICT", "A_SCHEMA"));
        try (ProtocolServer server = ProtocolServer.start(provider, told,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            assertThat(HttpTarget.open(List.of(server.address())).manifest()).isEqualTo(told);
        }
        assertThat(FILE.complaints("Manifest", Json.parse(Json.write(told)))).isEmpty();
        assertThat(FILE.complaints("Manifest", ((ObjectNode) Json.parse(Json.write(told))).put("starts", "now"))).isNotEmpty();
    }

    @Test
    void the_file_names_the_methods_of_the_interfaces_and_no_others() {
        DESCRIBED.forEach((component, type) -> assertThat(FILE.methods(component)).isEqualTo(methods(type)));
        assertThat(FILE.controls()).isEqualTo(methods(Controls.class));
    }

    private static Set<String> methods(Class<?> component) {
        return Arrays.stream(component.getDeclaredMethods()).filter(method -> !method.isSynthetic()).map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void the_file_is_sound() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult parsed = new OpenAPIV3Parser().readLocation(ProtocolFile.PATH.toString(), null, options);

        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getPaths()).containsOnlyKeys("/tck/v1/manifest", "/tck/v1/call",
                "/tck/v1/control/{name}");
    }

    @Test
    void the_file_tells_wrong_from_right() {
        ObjectNode call = (ObjectNode) json(
                "{'component':'sync','method':'push','as':null,'input':{'scope':{'workspaceId':'w'},'ops':[]}}");
        assertThat(FILE.complaints("Call", call)).isEmpty();
        assertThat(FILE.complaints("Call", call.deepCopy().put("method", "pull"))).isNotEmpty();
        assertThat(FILE.complaints("Call", call.deepCopy().put("as", "me"))).isNotEmpty();
        assertThat(FILE.complaints("Call", call.deepCopy().put("method", "nope"))).isNotEmpty();
        assertThat(FILE.complaints("sync.push.result", json("{'results':[{'opId':'o','success':true}]}")))
                .anyMatch(complaint -> complaint.contains("serverVersion"));
        assertThat(FILE.complaints("Answer", json("{'ok':true}"))).isNotEmpty();
        assertThat(FILE.complaints("Answer", json("{'ok':false,'error':{'status':200,'message':'m'}}"))).isNotEmpty();
        assertThat(FILE.complaints("Manifest", json("{'protocol':2}"))).hasSizeGreaterThan(2);
    }

    /** JSON in which ' stands for ". */
    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
