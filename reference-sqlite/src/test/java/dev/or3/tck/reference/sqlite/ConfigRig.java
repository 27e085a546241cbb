package dev.or3.tck.reference.sqlite;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.admin.Admin;
import dev.or3.tck.api.config.Configuration;
import dev.or3.tck.api.config.Configuration.ActiveConfig;
import dev.or3.tck.api.config.Configuration.Change;
import dev.or3.tck.api.config.Configuration.ConfigEvent;
import dev.or3.tck.api.config.Configuration.NewConfig;
import dev.or3.tck.api.config.Configuration.Org;
import dev.or3.tck.api.config.Configuration.OrgActor;
import dev.or3.tck.api.control.Controls.Provisioned;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.reference.backends.EncryptionKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An open provider whose backends are played, and short ways to call its configuration. */
final class ConfigRig implements AutoCloseable {
    static final String KEY = EncryptionKey.generate();
    static final String CANARY = "secret_canaryThatNobodyMayFind";

    /** Plays every backend, each at a path of its own. */
    static final class Played implements AutoCloseable {
        private final WireMockServer server =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().disableRequestJournal());

        Played() {
            server.start();
        }

        void answerAll() {
            List.of("convex", "a", "b").forEach(name -> answer(name, 200));
        }

        void answer(String name, int status) {
            for (String path : List.of("/v1/users/me", "/_system/health")) {
                server.stubFor(any(urlEqualTo("/" + name + path)).willReturn(status == 200
                        ? okJson("{\"name\":\"" + name + "\"}") : aResponse().withStatus(status).withBody(CANARY)));
            }
        }

        String url(String name) {
            return server.baseUrl() + "/" + name;
        }

        @Override
        public void close() {
            server.stop();
        }
    }

    final SqliteProvider provider;
    final Played played;
    final Configuration configuration;
    final Org org;
    final Caller owner;
    final Caller editor;

    ConfigRig(Path directory, Played played, String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("ENCRYPTION_KEY", KEY, "BACKEND_PROVIDER", "convex",
                "CONVEX_DEPLOYMENT_URL", played.url("convex"), "CONVEX_DEPLOYMENT_NAME", "dev:default",
                "OR3_HEALTH_INTERVAL_SECONDS", "0"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        this.played = played;
        this.provider = new SqliteProvider(ProviderConfig.in(directory).with(all));
        this.configuration = provider.configuration();
        Provisioned made = provider.controls().provision(List.of(Role.OWNER, Role.EDITOR));
        this.org = new Org(made.workspaceId());
        this.owner = Caller.of(made.userIds().get(0), made.workspaceId());
        this.editor = Caller.of(made.userIds().get(1), made.workspaceId());
    }

    JsonText notion(String name) {
        return new JsonText("{\"type\":\"notion\",\"token\":\"" + CANARY + "\",\"databaseId\":\"db-" + name
                + "\",\"baseUrl\":\"" + played.url(name) + "\"}");
    }

    Change switchTo(String name) {
        return switchTo(owner, name);
    }

    Change switchTo(Caller actor, String name) {
        return configuration.switchProvider(actor, new NewConfig(org.orgId(), actor.userId(), notion(name)));
    }

    Change rollback() {
        return configuration.rollbackProvider(owner, as(owner));
    }

    OrgActor as(Caller actor) {
        return new OrgActor(org.orgId(), actor.userId());
    }

    ActiveConfig active() {
        return configuration.activeConfig(owner, as(owner));
    }

    /** The name of the backend that answers. */
    String answering() {
        return configuration.query(owner, org).result().parse().get("name").asText();
    }

    List<ConfigEvent> events() {
        return configuration.events(owner, org);
    }

    /** Events of a kind, where the kind is their type or what they say they are about. */
    List<ConfigEvent> events(String kind) {
        return events().stream().filter(event -> event.type().equals(kind)
                || event.metadata().parse().path("messageType").asText().equals(kind)).toList();
    }

    Caller admin() {
        Caller stranger = stranger();
        provider.admin().grantAdmin(null, new Admin.UserRef(stranger.userId()));
        return stranger;
    }

    Caller stranger() {
        return Caller.of(provider.controls().provision(List.of(Role.OWNER)).userIds().get(0), org.orgId());
    }

    /** Changes the database behind the provider's back. */
    static int script(Path directory, String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("or3.sqlite"));
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static int status(Runnable call) {
        try {
            call.run();
            return 200;
        } catch (ProviderException e) {
            return e.status();
        }
    }

    @Override
    public void close() {
        provider.close();
    }
}
