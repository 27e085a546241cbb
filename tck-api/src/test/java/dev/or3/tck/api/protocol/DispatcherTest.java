package dev.or3.tck.api.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.workspaces.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DispatcherTest {
    private final Listening provider = new Listening();
    private final Dispatcher dispatcher = new Dispatcher(provider);
    private final Caller caller = Caller.of("u1", "w1");

    @Test
    void a_push_reaches_the_typed_interface_with_its_payload_as_it_was_written() {
        Object answer = dispatcher.call("sync", "push", caller, Json.parse("""
                {"scope": {"workspaceId": "w1"}, "ops": [{"id": "o", "tableName": "kv", "operation": "put", "pk": "k",
                "payload": {"b": 1.50, "a": null}, "stamp": {"deviceId": "d", "opId": "i", "hlc": "h", "clock": 3},
                "createdAt": 1, "attempts": 0, "status": "pending"}]}"""));

        PushRequest heard = (PushRequest) provider.heard.get(0);
        assertThat(heard.ops().get(0).payload().text()).isEqualTo("{\"b\":1.50,\"a\":null}");
        assertThat(heard.ops().get(0).stamp().clock()).isEqualTo(3);
        assertThat(Json.write(answer)).isEqualTo(
                "{\"results\":[{\"opId\":\"i\",\"success\":true,\"serverVersion\":1}],\"serverVersion\":1}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "pull         | {\"scope\": {\"workspaceId\": \"w1\"}, \"cursor\": 1.5, \"limit\": 1}",
        "pull         | {\"scope\": {\"workspaceId\": \"w1\"}, \"cursor\": \"abc\", \"limit\": 1}",
        "pull         | {\"scope\": {\"workspaceId\": \"w1\"}, \"limit\": 1}",
        "pull         | {\"scope\": 7, \"cursor\": 0, \"limit\": 1}",
        "pull         | [1]",
        "updateCursor | {\"scope\": {\"workspaceId\": \"w1\"}, \"deviceId\": \"d\", \"version\": 0.5}",
        "push         | {\"scope\": {\"workspaceId\": \"w1\"}, \"ops\": {}}"})
    void a_body_that_does_not_fit_is_refused_before_the_provider_hears_of_it(String method, String body) {
        JsonNode input = Json.parse(body);
        assertThatThrownBy(() -> dispatcher.call("sync", method, caller, input))
                .isInstanceOfSatisfying(ProviderException.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
        assertThat(provider.heard).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"sync, shout", "nothing, push", "sync, snapshot", "workspaces, getUser"})
    void what_does_not_exist_answers_501(String component, String method) {
        JsonNode input = Json.parse("{}");
        if (method.equals("snapshot")) {
            assertThatThrownBy(() -> dispatcher.call(component, method, caller, Json.parse("{\"pageSize\": 1}")))
                    .isInstanceOfSatisfying(ProviderException.class, it -> assertThat(it.status()).isEqualTo(501));
        } else {
            assertThatThrownBy(() -> dispatcher.call(component, method, caller, input))
                    .isInstanceOfSatisfying(ProviderException.class, it -> assertThat(it.status()).isEqualTo(501));
        }
    }

    @Test
    void a_method_that_answers_nothing_answers_null() {
        assertThat(dispatcher.call("sync", "updateCursor", caller,
                Json.parse("{\"scope\": {\"workspaceId\": \"w1\"}, \"deviceId\": \"d\", \"version\": 4}"))).isNull();
        assertThat(provider.heard).containsExactly(new CursorUpdate(new dev.or3.tck.api.sync.Scope("w1"), "d", 4));
    }

    @Test
    void controls_are_reached_by_name_and_the_rest_answer_501() {
        assertThat(Json.write(dispatcher.control("provision", Json.parse("{\"members\": [\"owner\", \"editor\"]}"))))
                .isEqualTo("{\"workspaceId\":\"w9\",\"userIds\":[\"u0\",\"u1\"]}");
        assertThat(Json.write(dispatcher.control("clock", Json.parse("{\"offsetSeconds\": 7200}"))))
                .isEqualTo("{\"now\":7200}");
        assertThatThrownBy(() -> dispatcher.control("restart", Json.parse("{}")))
                .isInstanceOfSatisfying(ProviderException.class, it -> assertThat(it.status()).isEqualTo(501));
        assertThatThrownBy(() -> dispatcher.control("wipe", Json.parse("{}")))
                .isInstanceOfSatisfying(ProviderException.class, it -> assertThat(it.status()).isEqualTo(501));
    }

    /** Remembers what it was asked. */
    private static final class Listening implements Provider, Sync {
        private final List<Object> heard = new ArrayList<>();

        @Override
        public Manifest manifest() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Sync sync() {
            return this;
        }

        @Override
        public Controls controls() {
            return new Controls() {
                @Override
                public Provisioned provision(List<Role> members) {
                    return new Provisioned("w9", List.of("u0", "u1"));
                }

                @Override
                public long clock(long offsetSeconds) {
                    return offsetSeconds;
                }
            };
        }

        @Override
        public PushResponse push(Caller caller, PushRequest request) {
            heard.add(request);
            String opId = request.ops().get(0).stamp().opId();
            return new PushResponse(List.of(OperationResult.stored(opId, 1, null, null)), 1L);
        }

        @Override
        public PullResponse pull(Caller caller, PullRequest request) {
            heard.add(request);
            return new PullResponse(List.of(), 0, false, null, null);
        }

        @Override
        public void updateCursor(Caller caller, CursorUpdate update) {
            heard.add(update);
        }

        @Override
        public void close() {
        }
    }
}
