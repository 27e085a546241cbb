package dev.or3.tck.reference.backends;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.matching.AnythingPattern;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.config.Configuration.Connection;
import dev.or3.tck.api.config.Configuration.Reachability;
import dev.or3.tck.api.config.Registry.Backend;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpBackendsTest {
    @RegisterExtension
    static final WireMockExtension PLAYED = WireMockExtension.newInstance().build();

    private final BackendTypes types = new BackendTypes();

    private Backend open(String config) {
        return types.open(types.valid(new JsonText(config.replace('\'', '"').replace("URL", PLAYED.baseUrl()))));
    }

    private Backend notion() {
        return open("{'type':'notion','token':'secret_abc','databaseId':'d','baseUrl':'URL'}");
    }

    private static void answer(int status) {
        PLAYED.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody("{\"a\":1}")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'type':'convex','deploymentUrl':'URL','deploymentName':'dev:a','adminKey':'k1'} | /_system/health | Convex k1
        {'type':'wordpress','baseUrl':'URL/wp-json','username':'jo','applicationPassword':'abcdefgh1234ABCDEFGH5678'} \
        | /wp-json/ | Basic am86YWJjZGVmZ2gxMjM0QUJDREVGR0g1Njc4
        {'type':'notion','token':'secret_abc','databaseId':'d','baseUrl':'URL'} | /v1/users/me | Bearer secret_abc
        {'type':'supabase','url':'URL/','anonKey':'k1'} | /rest/v1/ | Bearer k1
        {'type':'supabase','url':'URL','anonKey':'k1','serviceKey':'k2'} | /rest/v1/ | Bearer k2
        """)
    void eachIsAskedWhereAndHowItWantsToBe(String config, String path, String authorization) {
        PLAYED.stubFor(get(urlEqualTo(path)).withHeader("Authorization", equalTo(authorization))
                .withHeader("apikey", path.startsWith("/rest") ? equalTo(authorization.substring(7)) : new AnythingPattern())
                .withHeader("Notion-Version", path.startsWith("/v1") ? equalTo("2022-06-28") : new AnythingPattern())
                .willReturn(okJson("{\"from\": \"" + path + "\"}")));
        try (Backend backend = open(config)) {
            assertThat(backend.health().status()).isEqualTo(Reachability.ONLINE);
            assertThat(backend.health().httpStatus()).isEqualTo(200);
            assertThat(backend.query().parse()).isEqualTo(new JsonText("{\"from\":\"" + path + "\"}").parse());
        }
    }

    @ParameterizedTest
    @CsvSource({"200, online", "204, online", "401, offline", "403, offline", "404, offline", "429, degraded",
        "500, degraded", "503, degraded"})
    void theStatusTellsHowItIs(int status, String expected) {
        answer(status);
        assertThat(notion().health()).satisfies(health -> {
            assertThat(health.status().wireName()).isEqualTo(expected);
            assertThat(health.httpStatus()).isEqualTo(status);
            assertThat(health.responseMillis()).isNotNegative();
        });
    }

    @Test
    void whatIsSlowIsDegraded() {
        PLAYED.stubFor(any(anyUrl()).willReturn(okJson("{}").withFixedDelay((int) HttpBackend.SLOW + 50)));
        assertThat(notion().health().status()).isEqualTo(Reachability.DEGRADED);
    }

    @Test
    void whatDoesNotAnswerOrNeverEndsIsOffline() {
        for (Fault fault : Fault.values()) {
            PLAYED.stubFor(any(anyUrl()).willReturn(aResponse().withFault(fault)));
            if (fault != Fault.MALFORMED_RESPONSE_CHUNK) {
                assertThat(notion().health()).as(fault.name()).isEqualTo(new Connection(Reachability.OFFLINE, null, null));
            }
            assertThatThrownBy(() -> notion().query()).as(fault.name()).isInstanceOf(ProviderException.class)
                    .hasMessageNotContaining("secret");
        }
        PLAYED.stubFor(any(anyUrl()).willReturn(okJson("[0,0,0,0]").withChunkedDribbleDelay(4, 4000)));
        HttpRequest request = HttpRequest.newBuilder(URI.create(PLAYED.baseUrl())).build();
        assertThat(new HttpBackend("t", request, Duration.ofMillis(300)).health().status()).isEqualTo(Reachability.OFFLINE);
        assertThat(open("{'type':'convex','deploymentUrl':'http://127.0.0.1:1','deploymentName':'dev:a'}").health().status())
                .isEqualTo(Reachability.OFFLINE);
    }

    @Test
    void credentialsFollowNoRedirect() {
        PLAYED.stubFor(any(anyUrl()).willReturn(temporaryRedirect("/elsewhere")));
        assertThat(notion().health().status()).isEqualTo(Reachability.OFFLINE);
        PLAYED.verify(0, getRequestedFor(urlEqualTo("/elsewhere")));
    }

    @Test
    void anAnswerOfAnySizeIsCutOff() {
        PLAYED.stubFor(any(anyUrl()).willReturn(aResponse().withBody(new byte[3 * 1024 * 1024])));
        assertThatThrownBy(() -> notion().query()).isInstanceOf(ProviderException.class);
    }

    @Test
    void anAnswerThatIsNoJsonBecomesATextAndNoneNull() {
        for (Map.Entry<String, String> each : Map.of("<html>", "\"<html>\"", "", "null").entrySet()) {
            PLAYED.stubFor(any(anyUrl()).willReturn(aResponse().withBody(each.getKey())));
            assertThat(notion().query().text()).isEqualTo(each.getValue());
        }
    }

    @Test
    void aRefusalNamesTheStatusAlone() {
        PLAYED.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500).withBody("your token secret_abc is no good")));
        assertThatThrownBy(() -> notion().query()).hasMessage("the backend (notion) answered 500");
    }
}
