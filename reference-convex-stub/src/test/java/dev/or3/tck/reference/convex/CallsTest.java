package dev.or3.tck.reference.convex;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.tokens.Tokens;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of an answer, of none, and of a bad one. */
class CallsTest {
    private static final Caller ME = Caller.of("me", "w1");
    private static final ResponseDefinitionBuilder GOOD = okJson("{\"status\":\"success\",\"value\":{\"n\":2.0}}");
    private static final ResponseDefinitionBuilder RESET = aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);

    private final WireMockServer server = new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    private Calls calls;

    @BeforeEach
    void start() {
        server.start();
        calls = calls("key", null);
    }

    @AfterEach
    void end() {
        calls.close();
        server.stop();
    }

    private Calls calls(String adminKey, Tokens broker) {
        Endpoint.Address address = new Endpoint.Address(URI.create(server.baseUrl()), adminKey);
        return new Calls(() -> address, broker);
    }

    /** Answers so in turn, the last one for ever. */
    private void answers(ResponseDefinitionBuilder... inTurn) {
        for (int i = 0; i < inTurn.length; i++) {
            server.stubFor(post(anyUrl()).inScenario("turns").whenScenarioStateIs(turn(i))
                    .willSetStateTo(turn(Math.min(i + 1, inTurn.length - 1))).willReturn(inTurn[i]));
        }
    }

    private static String turn(int number) {
        return number == 0 ? Scenario.STARTED : "turn " + number;
    }

    private JsonNode mutate() {
        return calls.mutation(ME, "a:b", Json.mapper().createObjectNode(), JsonNode.class);
    }

    private ProviderException refusal() {
        return catchThrowableOfType(ProviderException.class, this::mutate);
    }

    private List<String> sent() {
        return server.findAll(postRequestedFor(anyUrl())).stream().map(request -> request.getBodyAsString()).toList();
    }

    @Test
    void what_may_pass_is_tried_three_times_as_the_same_request() {
        answers(RESET, aResponse().withStatus(503), GOOD);
        assertThat(mutate().path("n").asLong()).isEqualTo(2);
        assertThat(sent()).hasSize(3).containsOnly(sent().get(0)).allMatch(body -> body.contains("requestId"));
    }

    @Test
    void two_requests_have_two_ids() {
        answers(GOOD);
        mutate();
        mutate();
        assertThat(sent()).doesNotHaveDuplicates();
    }

    @Test
    void what_does_not_pass_is_told_as_unknown() {
        answers(aResponse().withStatus(500));
        assertThat(refusal().status()).isEqualTo(503);
        assertThat(sent()).hasSize(3);
    }

    @Test
    void too_many_requests_are_a_refusal_only_if_nothing_else_came_before() {
        answers(aResponse().withStatus(429));
        assertThat(refusal().status()).isEqualTo(429);
        server.resetAll();
        answers(RESET, aResponse().withStatus(429));
        assertThat(refusal().status()).isEqualTo(503);
    }

    @Test
    void what_a_function_throws_is_not_tried_again() {
        answers(aResponse().withStatus(560).withBody("{\"status\":\"error\",\"errorMessage\":\"at f (convex/a.ts:3)\","
                + "\"errorData\":{\"status\":409,\"code\":\"CONFLICT\",\"message\":\"no\"}}"));
        assertThat(refusal()).hasMessage("no").extracting(ProviderException::status).isEqualTo(409);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void what_breaks_in_a_function_is_not_told_to_callers() {
        answers(okJson("{\"status\":\"error\",\"errorMessage\":\"TypeError at f (convex/a.ts:3)\"}"));
        assertThat(refusal().status()).isEqualTo(500);
        assertThat(refusal().getMessage()).contains("a:b").doesNotContain("convex/a.ts");
    }

    @Test
    void the_key_speaks_for_all_unless_there_is_a_broker() {
        answers(GOOD);
        mutate();
        server.verify(postRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Convex key")));
        calls.close();
        calls = calls("key", (caller, request) -> "token of " + caller.userId());
        mutate();
        server.verify(postRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer token of me")));
        calls.close();
        calls = calls("key", (caller, request) -> null);
        assertThat(refusal().status()).isEqualTo(401);
    }

    @Test
    void a_missing_or_wrong_key_is_named() {
        answers(aResponse().withStatus(401));
        assertThat(refusal()).hasMessageContaining(Settings.ADMIN_KEY).hasMessageNotContaining("Convex key");
        calls.close();
        calls = calls(null, null);
        assertThat(refusal()).hasMessageContaining(Settings.ADMIN_KEY);
    }
}
