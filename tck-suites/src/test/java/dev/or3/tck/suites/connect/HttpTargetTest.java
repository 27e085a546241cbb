package dev.or3.tck.suites.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpTargetTest {
    private static final String MANIFEST = "{'protocol':1,'provider':{'id':'x','name':'n','version':'1'},"
            + "'components':{'sync':{'capabilities':['gc']},'jobs':{}},'controls':['clock'],'unknown':{}}";

    private static void isUnreachable(String manifest, String... parts) throws IOException {
        try (RawServer server = RawServer.answering(manifest)) {
            assertThatThrownBy(() -> HttpTarget.open(List.of(server.address()))).isInstanceOf(UnreachableException.class)
                    .hasMessageContainingAll(parts).hasMessageContaining(server.address().toString());
        }
    }

    @Test
    void a_manifest_is_read_with_what_it_leaves_out() throws IOException {
        try (RawServer server = RawServer.answering(MANIFEST);
                HttpTarget target = HttpTarget.open(List.of(server.address()))) {
            Manifest manifest = target.manifest();

            assertThat(manifest.provider()).isEqualTo(new Manifest.Identity("x", "n", "1"));
            assertThat(manifest.profile()).isEqualTo(Profile.V1_0);
            assertThat(manifest.hasCapability("sync", "gc")).isTrue();
            assertThat(manifest.hasComponent("jobs")).isTrue();
            assertThat(manifest.strictSchema()).isFalse();
            assertThat(target.instance(0).manifest()).isEqualTo(manifest);
            assertThat(server.requests().get(0)).startsWith("GET /tck/v1/manifest ");
        }
    }

    @Test
    void another_protocol_is_told_with_both_numbers() throws IOException {
        isUnreachable(MANIFEST.replace("'protocol':1", "'protocol':2"), "speaks protocol 2", "speaks protocol 1");
        isUnreachable(MANIFEST.replace("'protocol':1,", ""), "no number", "speaks protocol 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"<html> | is not JSON", "{'protocol':1} | does not fit",
        "{'protocol':1,'provider':{'id':'x'},'profile':'or3-sync/9'} | does not fit at profile",
        "{'protocol':1,'provider':{'id':'x'},'components':[]} | does not fit at components",
        "{'protocol':1,'provider':{'id':'x'},'limits':{'maxOpsPerPush':'many'}} | does not fit at limits.maxOpsPerPush"})
    void a_manifest_that_is_none_is_told(String manifest, String problem) throws IOException {
        isUnreachable(manifest, problem);
    }

    @Test
    void a_server_without_a_manifest_is_told() throws IOException {
        try (RawServer server = RawServer.start((head, out) -> RawServer.write(out,
                "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"))) {
            assertThatThrownBy(() -> HttpTarget.open(List.of(server.address()))).isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("no manifest comes").hasMessageContaining("HTTP status 404");
        }
    }

    @Test
    void instances_of_different_providers_are_told_apart() throws IOException {
        try (RawServer one = RawServer.answering(MANIFEST);
                RawServer other = RawServer.answering(MANIFEST.replace("'id':'x'", "'id':'y'"))) {
            assertThatThrownBy(() -> HttpTarget.open(List.of(one.address(), other.address())))
                    .isInstanceOf(UnreachableException.class).hasMessageContaining("different manifests");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1", "127.0.0.1", "http:/", "/tmp", "http://user:secret@127.0.0.1:1",
        "http://127.0.0.1:1?x=y", "http://127.0.0.1:1#x"})
    void what_is_no_plain_address_is_refused_without_repeating_secrets(String address) {
        assertThatThrownBy(() -> HttpTarget.open(List.of(URI.create(address)))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write it like http://127.0.0.1:4100")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    @Test
    void an_address_may_end_with_a_slash_and_have_a_path() throws IOException {
        try (RawServer server = RawServer.answering(MANIFEST)) {
            HttpTarget.open(List.of(URI.create(server.address() + "/below//"))).close();

            assertThat(server.requests()).singleElement().asString().startsWith("GET /below/tck/v1/manifest ");
        }
    }

    @Test
    void the_clock_goes_to_every_instance_and_never_back() throws IOException {
        String answers = MANIFEST.substring(0, MANIFEST.length() - 1) + ",'ok':true,'result':{'now':5}}";
        try (RawServer one = RawServer.answering(answers); RawServer other = RawServer.answering(answers)) {
            HttpTarget target = HttpTarget.open(List.of(one.address(), other.address()));
            target.setClock(60);
            target.restart();

            for (RawServer server : List.of(one, other)) {
                assertThat(server.requests().stream().map(head -> head.split(" ")[1])).containsExactly("/tck/v1/manifest",
                        "/tck/v1/control/clock", "/tck/v1/control/restart", "/tck/v1/control/clock");
            }
            assertThat(target.clockOffset()).isEqualTo(60);
            assertThatThrownBy(() -> target.setClock(59)).hasMessageContaining("never lowered");
        }
    }
}
