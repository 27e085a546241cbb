package dev.or3.tck.matrix.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.matrix.host.RunningHost.Answer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostServerTest {
    private static final String PUSH = "/api/sync/push";
    private static final String PULL = "/api/sync/pull";

    @TempDir
    private Path data;

    private static String push(String workspace, String change, String by) {
        String ops = "{'scope':{'workspaceId':'" + workspace + "'},'ops':[{'id':'o1','tableName':'kv','operation':'put',"
                + "'pk':'k1','payload':{'id':'k1','name':'n','value':'v','created_at':1,'updated_at':1,'clock':1},"
                + "'stamp':{'deviceId':'d1','opId':'0b0e5b5e-58fb-4d43-9f4a-0a7e2f6f2d11','hlc':'0ks3n7x0g:000:abc12345',"
                + "'clock':1},'createdAt':1,'attempts':0,'status':'pending'}]}";
        assertThat(ops).contains(change);
        return ops.replace(change, by);
    }

    private static String push(String workspace) {
        return push(workspace, "'o1'", "'o1'");
    }

    private static String pull(String workspace) {
        return "{'scope':{'workspaceId':'" + workspace + "'},'cursor':0,'limit':10}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void what_an_owner_pushes_can_be_pulled(String sync) {
        try (RunningHost host = RunningHost.on(data, sync)) {
            String workspace = host.workspaceOf("olga");
            Answer pushed = host.post("olga", PUSH, push(workspace)).is(200);
            assertThat(pushed.body().at("/results/0/serverVersion").longValue()).isEqualTo(1);
            Answer pulled = host.post("olga", PULL, pull(workspace)).is(200);
            assertThat(pulled.body().at("/changes/0/pk").textValue()).isEqualTo("k1");
            assertThat(pulled.response().headers().firstValue("cache-control")).hasValueSatisfying(
                    value -> assertThat(value).contains("no-store"));
        }
    }

    @Test
    void the_provider_is_the_one_that_was_named() {
        try (RunningHost host = RunningHost.on(data, Map.of("OR3_SYNC_PROVIDER", "sqlite", "OR3_LIMITS_STORAGE_PROVIDER",
                "memory", "OR3_HOST_ADMINS", "olga"))) {
            JsonNode axes = host.ask("olga", "GET", "/api/admin/health", null).is(200).body().path("axes");
            List<String> named = StreamSupport.stream(axes.spliterator(), false)
                    .map(axis -> axis.path("axis").textValue() + "=" + axis.path("provider").textValue()).toList();
            assertThat(named).containsExactly("auth=basic-auth", "sync=sqlite", "storage=null", "limits=memory",
                    "background=null");
            host.ask("vera", "GET", "/api/admin/health", null).is(403);
            host.ask(null, "GET", "/api/admin/health", null).is(401);
        }
    }

    @Test
    void nobody_gets_in_without_credentials_that_are_valid() {
        try (RunningHost host = RunningHost.on(data, "memory")) {
            String workspace = host.workspaceOf("olga");
            for (String wrong : new String[] {null, "Bearer olga", "Bearer olga-token2", "Bearer ", "Basic b2xnYTp3cm9uZw==",
                "Basic !", "Token olga-token"}) {
                host.askWith(wrong, "POST", PUSH, push(workspace)).is(401);
                host.askWith(wrong, "GET", "/api/workspaces", null).is(401);
                assertThat(host.askWith(wrong, "GET", "/api/auth/session", null).is(200).body().path("session").isNull())
                        .isTrue();
            }
            String basic = "Basic " + Base64.getEncoder().encodeToString("olga:secret".getBytes());
            assertThat(host.askWith(basic, "GET", "/api/auth/session", null).is(200).body().at("/session/user/id"))
                    .isEqualTo(host.ask("olga", "GET", "/api/auth/session", null).body().at("/session/user/id"));
        }
    }

    @Test
    void a_stranger_gets_nowhere_and_does_not_learn_what_exists() {
        try (RunningHost host = RunningHost.on(data, "memory")) {
            String workspace = host.workspaceOf("olga");
            assertThat(host.post("stan", PULL, pull(workspace)).is(403).body())
                    .isEqualTo(host.post("stan", PULL, pull("nowhere")).is(403).body());
            host.post("stan", PUSH, push(workspace)).is(403);
            host.post("stan", "/api/workspaces/active", "{'workspaceId':'" + workspace + "'}").is(403);
            host.ask("stan", "PATCH", "/api/workspaces/" + workspace, "{'name':'Mine'}").is(403);
            host.ask("stan", "DELETE", "/api/workspaces/" + workspace, null).is(403);
            assertThat(host.ask("stan", "GET", "/api/workspaces", null).is(200).body().toString()).doesNotContain(workspace);
        }
    }

    /** The admin component is how members come in; it is not part of the public surface. */
    @ParameterizedTest
    @CsvSource({"viewer,403,403", "editor,200,403", "owner,200,200"})
    void viewers_read_editors_write_owners_manage(String role, int writing, int managing) {
        try (RunningHost host = RunningHost.on(data, "memory")) {
            String workspace = host.workspaceOf("olga");
            String olga = host.ask("olga", "GET", "/api/auth/session", null).body().at("/session/user/id").textValue();
            Members.invite(host, workspace, olga, "vera", role);
            host.post("vera", PULL, pull(workspace)).is(200);
            host.post("vera", PUSH, push(workspace)).is(writing);
            host.post("vera", "/api/sync/gc-change-log",
                    "{'scope':{'workspaceId':'" + workspace + "'},'retentionSeconds':86400}").is(writing);
            host.ask("vera", "PATCH", "/api/workspaces/" + workspace, "{'name':'Ours'}").is(managing);
            host.ask("vera", "DELETE", "/api/workspaces/" + workspace, null).is(managing);
        }
    }

    @Test
    void a_removed_workspace_is_nobodys() {
        try (RunningHost host = RunningHost.on(data, "sqlite")) {
            String workspace = host.workspaceOf("olga");
            host.ask("olga", "DELETE", "/api/workspaces/" + workspace, null).is(200);
            host.post("olga", PULL, pull(workspace)).is(403);
            host.post("olga", PUSH, push(workspace)).is(403);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'clock':1},'createdAt' | 'clock':-1},'createdAt'", "'clock':1},'createdAt' | 'clock':0.5},'createdAt'",
        "'pk':'k1' | 'pk':''", "'tableName':'kv' | 'tableName':'nope'", "'put' | 'upsert'",
        "'deviceId':'d1' | 'deviceId':''",
        "0b0e5b5e-58fb-4d43-9f4a-0a7e2f6f2d11 | 7", "'name':'n', | ''", "'hlc':'0ks3n7x0g:000:abc12345', | ''",
        "'scope' | 'skope'", "'name':'n' | 'name':5"}, quoteCharacter = '`')
    void what_does_not_fit_the_wire_schema_is_refused_and_leaves_no_trace(String change, String by) {
        try (RunningHost host = RunningHost.on(data, "memory")) {
            String workspace = host.workspaceOf("olga");
            host.post("olga", PUSH, push(workspace, change, by.equals("''") ? "" : by)).is(400);
            assertThat(host.post("olga", PULL, pull(workspace)).is(200).body().path("changes")).isEmpty();
            host.post("olga", PUSH, push(workspace)).is(200);
        }
    }

    @Test
    void what_is_no_request_is_refused_in_the_same_words_as_ever() {
        try (RunningHost host = RunningHost.on(data, Map.of("OR3_HOST_MAX_BODY_BYTES", "2000"))) {
            host.post("olga", PUSH, "{'scope':").is(400);
            host.post("olga", PUSH, "[]").is(400);
            host.post("olga", PUSH, "{'x':'" + "y".repeat(2000) + "'}").is(413);
            host.post("olga", "/api/nothing", "{}").is(404);
            Answer refused = host.ask("olga", "GET", PUSH, null).is(405);
            assertThat(refused.response().headers().firstValue("allow")).hasValue("POST");
            assertThat(refused.response().headers().firstValue("server")).isEmpty();
        }
    }

    @Test
    void rates_are_limited_for_each_user_by_the_provider_that_was_named() {
        try (RunningHost host = RunningHost.on(data, Map.of("OR3_LIMITS_STORAGE_PROVIDER", "memory",
                "OR3_HOST_PULLS_PER_MINUTE", "3"))) {
            String workspace = host.workspaceOf("olga");
            for (int i = 0; i < 3; i++) {
                host.post("olga", PULL, pull(workspace)).is(200);
            }
            Answer refused = host.post("olga", PULL, pull(workspace)).is(429);
            assertThat(refused.response().headers().firstValueAsLong("retry-after").orElseThrow()).isBetween(1L, 60L);
            host.post("olga", PUSH, push(workspace)).is(200);
            host.post("vera", PULL, pull(host.workspaceOf("vera"))).is(200);
        }
    }

    @Test
    void what_is_off_is_absent() {
        try (RunningHost host = RunningHost.on(data, Map.of("OR3_SYNC_ENABLED", "false"))) {
            host.post("olga", PUSH, push("w")).is(404);
            host.post(null, PUSH, push("w")).is(404);
            host.ask("olga", "GET", "/api/workspaces", null).is(404);
            host.post("olga", "/api/storage/presign-upload", "{}").is(404);
            JsonNode session = host.ask("olga", "GET", "/api/auth/session", null).is(200).body().path("session");
            assertThat(session.at("/user/displayName").textValue()).isEqualTo("olga");
            assertThat(session.has("workspace")).isFalse();
            host.ask(null, "GET", "/healthz", null).is(200);
        }
    }
}
