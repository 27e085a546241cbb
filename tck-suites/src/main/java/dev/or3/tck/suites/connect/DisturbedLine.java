package dev.or3.tck.suites.connect;

import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.suites.line.LineFault;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The way to one address while its line is disturbed: a proxy, and the sync component as each fault lets it be reached. */
final class DisturbedLine implements AutoCloseable {
    private final Endpoint endpoint;
    private final FaultProxy proxy;
    private final Map<LineFault, Sync> ways = new ConcurrentHashMap<>();

    DisturbedLine(Endpoint endpoint) {
        this.endpoint = endpoint;
        this.proxy = endpoint.proxy();
    }

    Sync sync(LineFault fault) {
        return ways.computeIfAbsent(fault, way -> new HttpProvider(endpoint.by(proxy, way)).sync());
    }

    @Override
    public void close() {
        proxy.close();
    }
}
