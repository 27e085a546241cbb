package dev.or3.tck.matrix.doctor;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.workspaces.Workspaces;
import dev.or3.tck.suites.connect.Curl;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Hands everything on to a provider that runs elsewhere, and remembers the last request, so that it can be repeated. */
final class WatchedProvider implements Provider {
    private final Provider provider;
    private final Curl.At address;
    private volatile Curl last;
    private volatile long began = Long.MAX_VALUE;

    WatchedProvider(Provider provider, Curl.At address) {
        this.provider = provider;
        this.address = address;
    }

    /** The request that was sent last. */
    Optional<Curl> last() {
        return Optional.ofNullable(last);
    }

    /** Whether it waits for an answer since so long. */
    boolean waitsFor(Duration time) {
        long since = began;
        return since != Long.MAX_VALUE && System.nanoTime() - since >= time.toNanos();
    }

    @Override
    public Manifest manifest() {
        last = address.manifest();
        return provider.manifest();
    }

    @Override
    public Sync sync() {
        return watched(Sync.class, provider.sync(), (method, input) -> component("sync", method, input));
    }

    @Override
    public Workspaces workspaces() {
        return watched(Workspaces.class, provider.workspaces(), (method, input) -> component("workspaces", method, input));
    }

    @Override
    public Controls controls() {
        return watched(Controls.class, provider.controls(), this::control);
    }

    @Override
    public void close() {
        provider.close();
    }

    private interface Telling {
        Curl tell(Method method, Object[] arguments);
    }

    private <T> T watched(Class<T> type, T real, Telling telling) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            last = telling.tell(method, arguments);
            began = System.nanoTime();
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                began = Long.MAX_VALUE;
            }
        }));
    }

    private Curl component(String name, Method method, Object[] arguments) {
        return address.call(name, method.getName(), (Caller) arguments[0], arguments[1]);
    }

    private Curl control(Method method, Object[] arguments) {
        return address.control(method.getName(), switch (method.getName()) {
            case "provision" -> Map.of("members", arguments[0]);
            case "clock" -> Map.of("offsetSeconds", arguments[0]);
            case "inspect" -> Map.of("workspaceId", arguments[0], "tableName", arguments[1], "pk", arguments[2]);
            default -> Map.of();
        });
    }
}
