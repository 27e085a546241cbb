package dev.or3.tck.suites.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.suites.connect.Courier.Address;
import dev.or3.tck.suites.connect.Courier.Delivery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CourierTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final CountDownLatch over = new CountDownLatch(1);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile byte[] kept;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/file", exchange -> {
            if (exchange.getRequestMethod().equals("GET")) {
                answer(exchange, 200, kept);
            } else {
                kept = exchange.getRequestBody().readAllBytes();
                answer(exchange, 201, "{\"storageId\":\"s1\"}".getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    private void serve(String path, Answer answer) {
        server.createContext(path, exchange -> {
            asked.add(exchange.getRequestMethod() + " " + path + " " + exchange.getRequestHeaders().getFirst("x-given"));
            try (exchange) {
                answer.to(exchange);
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private Address address(String path, String method, Map<String, String> headers) {
        return new Address("http://127.0.0.1:" + server.getAddress().getPort() + path, method, headers);
    }

    private Address address(String path) {
        return address(path, null, Map.of());
    }

    private static Delivery bring(Address address, byte[] bytes, Duration limit) {
        return Courier.bring(address, bytes.length, () -> new ByteArrayInputStream(bytes), limit);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_537, 1 << 20})
    void bytes_go_and_come_back_equal(int size) throws Exception {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 >> 3);
        }
        assertThat(bring(address("/file"), bytes, LIMIT).storageId()).isEqualTo("s1");
        assertThat(kept).isEqualTo(bytes);
        Delivery back = Courier.fetch(address("/file"), LIMIT);
        assertThat(back.size()).isEqualTo(size);
        assertThat(back.sha256()).isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }

    @Test
    void the_method_and_headers_of_the_answer_are_used() {
        Address told = Address.of(address("/file").url(), Json.parse("\"post\""),
                Json.parse("{\"x-given\":\"yes\",\"host\":\"h\"}"));
        bring(told, new byte[] {1}, LIMIT);
        assertThat(asked).containsExactly("POST /file yes");
    }

    @Test
    void a_refusal_is_told_with_its_status_and_words() {
        serve("/refused", exchange -> answer(exchange, 413, "no room".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> Courier.fetch(address("/refused"), LIMIT)).isInstanceOf(ProviderException.class)
                .hasMessageContaining("no room").extracting("status").isEqualTo(413);
    }

    @Test
    void a_redirect_is_followed_on_the_same_server_only() {
        kept = new byte[] {1, 2};
        serve("/here", exchange -> {
            exchange.getResponseHeaders().set("location", "/file");
            answer(exchange, 302, new byte[0]);
        });
        serve("/elsewhere", exchange -> {
            exchange.getResponseHeaders().set("location", "http://localhost:1/file");
            answer(exchange, 302, new byte[0]);
        });
        assertThat(Courier.fetch(address("/here"), LIMIT).size()).isEqualTo(2);
        assertThat(Courier.fetch(address("/elsewhere"), LIMIT).status()).isEqualTo(302);
        assertThat(bring(address("/here"), new byte[] {1}, LIMIT).status()).as("what is sent is not sent on").isEqualTo(302);
    }

    @Test
    void an_answer_that_is_cut_off_is_lost() {
        serve("/cut", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(new byte[10]);
        });
        assertThatThrownBy(() -> Courier.fetch(address("/cut"), LIMIT)).isInstanceOf(LostAnswerException.class);
    }

    @Test
    void an_answer_that_takes_too_long_is_lost() {
        serve("/slow", exchange -> await());
        assertThatThrownBy(() -> Courier.fetch(address("/slow"), Duration.ofMillis(300)))
                .isInstanceOf(LostAnswerException.class).hasMessageContaining("too long");
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file:///etc/passwd", "http://", "not a url", "ftp://127.0.0.1/file"})
    void what_is_no_url_is_the_fault_of_the_provider(String url) {
        assertThatThrownBy(() -> Courier.fetch(new Address(url, null, Map.of()), LIMIT))
                .isInstanceOf(ProviderException.class).extracting("status").isEqualTo(500);
    }
}
