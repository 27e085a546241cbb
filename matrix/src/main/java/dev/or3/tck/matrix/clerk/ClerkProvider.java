package dev.or3.tck.matrix.clerk;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.tokens.Tokens;
import dev.or3.tck.api.workspaces.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A provider of tokens alone, over a Clerk instance that is played for it and ends with it. Safe for use by several threads.
 */
final class ClerkProvider implements Provider {
    private final AtomicLong aheadSeconds = new AtomicLong();
    private final ClerkServer server;
    private final ClerkApi clerk;
    private final ClerkTokens tokens;
    private final Manifest manifest;

    ClerkProvider() {
        try {
            server = ClerkServer.start(this::millis);
        } catch (IOException e) {
            throw new UncheckedIOException("no Clerk instance can be played on loopback", e);
        }
        clerk = new ClerkApi(server.address(), server.secretKey());
        tokens = new ClerkTokens(clerk, this::millis);
        // Each provider plays an instance of its own, with keys of its own.
        manifest = new Manifest(Manifest.PROTOCOL,
                new Manifest.Identity(ClerkProviderFactory.ID, "or3-provider-clerk", "0.1.0"), Profile.V1_0,
                Map.of("tokens", new Manifest.Component(Set.of(), "process", new JsonText(clerk.jwks()))), Limits.UNKNOWN,
                List.of(), false, List.of("provision", "clock"));
    }

    private long millis() {
        return System.currentTimeMillis() + 1000 * aheadSeconds.get();
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    public Tokens tokens() {
        return tokens;
    }

    @Override
    public Controls controls() {
        return new Controls() {
            @Override
            public Provisioned provision(List<Role> members) {
                return new Provisioned("org_" + UUID.randomUUID(),
                        members.stream().map(role -> clerk.createUser()).toList());
            }

            @Override
            public long clock(long offsetSeconds) {
                aheadSeconds.accumulateAndGet(offsetSeconds, Math::max);
                return millis() / 1000;
            }
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
