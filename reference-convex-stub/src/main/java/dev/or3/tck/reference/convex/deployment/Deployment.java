package dev.or3.tck.reference.convex.deployment;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.or3.tck.reference.convex.deployment.database.Database;
import dev.or3.tck.reference.convex.deployment.database.Journal;
import dev.or3.tck.reference.convex.deployment.functions.FileStore;
import dev.or3.tck.reference.convex.deployment.functions.Functions;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A deployment that runs in this process and is reached over HTTP: {@code POST /api/query}, {@code /api/mutation} and
 * {@code /api/action}, {@code /api/storage/…}, {@code GET /version} and {@code /_system/health}. Safe for use by several
 * threads.
 */
public final class Deployment implements AutoCloseable {
    /** As many requests are executed at once. */
    private static final int THREADS = 48;

    private final Database database;
    private final WireMockServer server;

    private Deployment(Database database, WireMockServer server) {
        this.database = database;
        this.server = server;
    }

    /**
     * Starts a deployment on loopback.
     *
     * @param port      0 for any that is free
     * @param file      where its documents are kept and found again, with a folder for files beside it; null to keep them
     *                  in memory
     * @param adminKey  who sends it as {@code Authorization: Convex KEY} may do anything
     * @param subjects  the user whom a bearer token names, or null if the token is worth nothing
     */
    public static Deployment start(int port, Path file, String adminKey, UnaryOperator<String> subjects,
            Weather weather) {
        Journal journal = file == null ? Journal.none() : new Journal(file);
        Database database = new Database(Functions.schema(), journal, weather::conflicts);
        FileStore files = new FileStore(file == null ? null : file.resolveSibling(file.getFileName() + ".files"));
        files.keepOnly(id -> database.read(db -> db.first("files", "by_storage", id)) != null);
        Runner runner = new Runner(database, new Functions(), files);
        WireMockServer server = new WireMockServer(options().bindAddress("127.0.0.1").port(port)
                .containerThreads(THREADS).disableRequestJournal().stubRequestLoggingDisabled(true).gzipDisabled(true)
                .templatingEnabled(false)
                .extensions(new FunctionEndpoint(runner, new Identities(adminKey, subjects), weather),
                        new FileEndpoint(runner, files)));
        runner.servedAt(server::baseUrl);
        // Before the start: who comes at once is to be answered as everyone.
        server.stubFor(post(urlPathMatching("/api/(query|mutation|action)"))
                .willReturn(aResponse().withTransformers(FunctionEndpoint.NAME)));
        server.stubFor(post(urlPathEqualTo("/api/storage/upload"))
                .willReturn(aResponse().withTransformers(FileEndpoint.NAME)));
        server.stubFor(get(urlPathMatching("/api/storage/[0-9a-f-]+"))
                .willReturn(aResponse().withTransformers(FileEndpoint.NAME)));
        server.stubFor(get(urlPathEqualTo("/version")).willReturn(aResponse().withBody("unknown")));
        server.stubFor(get(urlPathEqualTo("/_system/health")).willReturn(okJson("{\"status\":\"ok\"}")));
        try {
            server.start();
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        return new Deployment(database, server);
    }

    public URI url() {
        return URI.create(server.baseUrl());
    }

    /** Ends it; requests under way are executed before, whether or not their answers arrive. */
    @Override
    public void close() {
        server.stop();
        database.close();
    }
}
