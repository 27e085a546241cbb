package dev.or3.tck.reference.convex;

import dev.or3.tck.api.ProviderException;
import dev.or3.tck.reference.convex.deployment.Deployment;
import dev.or3.tck.reference.convex.deployment.SharedDeployment;
import dev.or3.tck.reference.convex.deployment.Weather;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The deployment of a file, which this module plays. No other class of the provider starts one. */
final class StubEndpoint implements Endpoint {
    private static final UnaryOperator<String> NO_TOKENS = token -> null;

    private final SharedDeployment shared;
    private volatile Address address;

    /** The same deployment for every instance on the file. */
    StubEndpoint(Path file, Weather weather) {
        this.shared = new SharedDeployment(file, NO_TOKENS, weather);
        lost();
    }

    /** A deployment of its own, which ends with the provider and leaves nothing. */
    static Endpoint inMemory(Weather weather) {
        String adminKey = UUID.randomUUID().toString();
        Deployment own = Deployment.start(0, null, adminKey, NO_TOKENS, weather);
        Address address = new Address(own.url(), adminKey);
        return new Endpoint() {
            @Override
            public Address address() {
                return address;
            }

            @Override
            public void close() {
                own.close();
            }
        };
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public void lost() {
        try {
            SharedDeployment.Address joined = shared.join();
            address = new Address(joined.url(), joined.adminKey());
        } catch (UncheckedIOException e) {
            throw new ProviderException(503, "UNAVAILABLE", "a deployment cannot be played on its file: "
                    + e.getCause().getMessage() + "; set " + Settings.STUB_PATH + " to a file for it alone", e);
        }
    }

    @Override
    public void close() {
        shared.close();
    }
}
