package dev.or3.tck.reference.convex;

import dev.or3.tck.api.ProviderException;
import dev.or3.tck.reference.convex.deployment.Deployment;
import dev.or3.tck.reference.convex.deployment.SharedDeployment;
import dev.or3.tck.reference.convex.deployment.Weather;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The deployment that this module plays: the one class of the provider that knows of it. */
final class StubEndpoint implements Endpoint {
    private static final UnaryOperator<String> NO_TOKENS = token -> null;

    private final SharedDeployment shared;
    private final Deployment own;
    private volatile Address address;

    private StubEndpoint(SharedDeployment shared, Deployment own, Address address) {
        this.shared = shared;
        this.own = own;
        this.address = address;
    }

    /** The one of this file, for every instance on it. */
    static StubEndpoint shared(Path file, Weather weather) {
        StubEndpoint endpoint = new StubEndpoint(new SharedDeployment(file, NO_TOKENS, weather), null, null);
        endpoint.lost();
        return endpoint;
    }

    /** One of its own, which ends with the provider and leaves nothing. */
    static StubEndpoint inMemory(Weather weather) {
        String adminKey = UUID.randomUUID().toString();
        Deployment own = Deployment.start(0, null, adminKey, NO_TOKENS, weather);
        return new StubEndpoint(null, own, new Address(own.url(), adminKey));
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public void lost() {
        if (shared != null) {
            try {
                SharedDeployment.Address joined = shared.join();
                address = new Address(joined.url(), joined.adminKey());
            } catch (UncheckedIOException e) {
                throw new ProviderException(503, "UNAVAILABLE", "a deployment cannot be played on its file: "
                        + e.getCause().getMessage() + "; set " + Settings.STUB_PATH + " to a file for it alone", e);
            }
        }
    }

    @Override
    public void close() {
        if (shared == null) {
            own.close();
        } else {
            shared.close();
        }
    }
}
