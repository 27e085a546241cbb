package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.suites.line.LineFault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A provider that runs elsewhere and is reached by one or more addresses, each an instance over the same storage, in
 * protocol version 1.
 */
public final class HttpTarget implements Target {
    /** Longer than any call of a plan may take, so that the plan's own limit decides. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<URI> addresses;
    private final List<Endpoint> endpoints;
    private final List<HttpProvider> providers;
    private final Map<Integer, DisturbedLine> lines = new ConcurrentHashMap<>();
    private final Manifest manifest;
    private final Secrets secrets;
    private volatile long clockOffset;

    private HttpTarget(List<URI> addresses, List<Endpoint> endpoints, List<HttpProvider> providers, Manifest manifest,
            Secrets secrets) {
        this.addresses = addresses;
        this.endpoints = endpoints;
        this.providers = providers;
        this.secrets = secrets;
        this.manifest = manifest;
    }

    /**
     * Reaches a provider.
     *
     * @param addresses one of each instance, 1 or more, such as {@code http://127.0.0.1:4100}
     * @param headers   sent with every request
     * @param secrets   what is taken out of every answer, beside the values of the headers
     * @param limit     how long the manifest may take
     * @throws IllegalArgumentException if there is none, or one is no address of a server
     * @throws UnreachableException     if an instance does not answer with a manifest of this protocol, or they differ
     */
    public static HttpTarget open(List<URI> addresses, Headers headers, Secrets secrets, Duration limit) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a target has one address or more");
        }
        Connections client = Endpoint.newClient();
        Secrets all = secrets.and(Secrets.of(headers));
        List<URI> bases = addresses.stream().map(HttpTarget::base).toList();
        List<Endpoint> endpoints = bases.stream().map(base -> new Endpoint(client, base, LIMIT, headers, all)).toList();
        List<HttpProvider> providers = endpoints.stream().map(HttpProvider::new).toList();
        List<Manifest> manifests = providers.stream().map(provider -> provider.manifest(limit)).toList();
        for (int i = 1; i < manifests.size(); i++) {
            if (!manifests.get(i).equals(manifests.get(0))) {
                throw new UnreachableException(bases.get(i) + " and " + bases.get(0) + " answer different manifests;"
                        + " instances of one provider have the same", null);
            }
        }
        return new HttpTarget(bases, endpoints, providers, manifests.get(0), all);
    }

    /** Reaches a provider that asks for nothing beside the protocol; throws as the other one. */
    public static HttpTarget open(List<URI> addresses) {
        return open(addresses, Headers.NONE, Secrets.NONE, HttpProvider.MANIFEST_LIMIT);
    }

    /**
     * The address without what the paths of the protocol would double.
     *
     * @throws IllegalArgumentException if it is no address of a server, or holds more than one
     */
    public static URI base(URI address) {
        String scheme = address.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme) || address.getHost() == null) {
            throw new IllegalArgumentException("'" + shown(address.toString()) + "' is no address of a server: write it like"
                    + " http://127.0.0.1:4100");
        }
        if (address.getRawUserInfo() != null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException("an address has no user, query or fragment: write it like"
                    + " http://127.0.0.1:4100");
        }
        return URI.create(address.toString().replaceAll("/+$", ""));
    }

    /** What may hold a user or a query may hold a secret. */
    public static String shown(String address) {
        return address.matches("[^@?#]*") ? address : "…";
    }

    @Override
    public String description() {
        return addresses.stream().map(URI::toString).collect(Collectors.joining(", "));
    }

    @Override
    public void limitCalls(Duration limit) {
        providers.forEach(provider -> provider.limitCalls(limit));
    }

    @Override
    public Secrets secrets() {
        return secrets;
    }

    @Override
    public List<URI> addresses() {
        return addresses;
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    public int instances() {
        return providers.size();
    }

    @Override
    public Provider instance(int index) {
        return providers.get(index);
    }

    @Override
    public Sync disturbed(int instance, LineFault fault) {
        return lines.computeIfAbsent(instance, index -> new DisturbedLine(endpoints.get(index))).sync(fault);
    }

    @Override
    public void calm() {
        lines.keySet().forEach(instance -> {
            DisturbedLine line = lines.remove(instance);
            if (line != null) {
                line.close();
            }
        });
    }

    @Override
    public JsonNode call(int instance, String component, String method, Caller caller, JsonNode input) {
        return providers.get(instance).call(component, method, caller, input);
    }

    @Override
    public long clockOffset() {
        return clockOffset;
    }

    @Override
    public void setClock(long offsetSeconds) {
        if (offsetSeconds < clockOffset) {
            throw new IllegalArgumentException("provider time is never lowered: " + offsetSeconds + " < " + clockOffset);
        }
        clockOffset = offsetSeconds;
        providers.forEach(provider -> provider.controls().clock(offsetSeconds));
    }

    /** By the control, at each instance. */
    @Override
    public void restart() {
        providers.forEach(provider -> provider.controls().restart());
        if (clockOffset > 0) {
            setClock(clockOffset);
        }
    }

    /** Leaves the provider running: it belongs to somebody else. */
    @Override
    public void close() {
        calm();
    }
}
