package dev.or3.tck.suites.connect;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.WaitResponse;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One container, from its start to its removal. */
final class StartedContainer implements Running {
    private static final Duration DYING = Duration.ofSeconds(10);
    private static final Duration READING = Duration.ofSeconds(2);
    private static final Duration OPENING = Duration.ofSeconds(10);
    private static final int UNKNOWN = -1;
    /** Where nobody listens. */
    private static final int NO_PORT = 1;

    private final Engine engine;
    private final String id;
    private final URI address;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final CompletableFuture<Void> read = new CompletableFuture<>();
    private volatile boolean outOfMemory;

    private StartedContainer(Engine engine, String id, URI address) {
        this.engine = engine;
        this.id = id;
        this.address = address;
    }

    /** Starts a container that was made; removes it if it does not start. */
    static StartedContainer start(Engine engine, String id, ExposedPort port, Output output) {
        try {
            engine.client().startContainerCmd(id).exec();
            StartedContainer started = new StartedContainer(engine, id, address(engine, id, port));
            started.watch(output);
            return started;
        } catch (RuntimeException e) {
            engine.remove(id);
            throw e;
        }
    }

    /** Waits for the engine to have opened a port; a container that has ended already has none, and needs none. */
    private static URI address(Engine engine, String id, ExposedPort port) {
        long deadline = System.nanoTime() + OPENING.toNanos();
        while (true) {
            InspectContainerResponse seen = engine.client().inspectContainerCmd(id).exec();
            Ports.Binding[] bindings = seen.getNetworkSettings().getPorts().getBindings().get(port);
            if (bindings != null && bindings.length > 0) {
                return URI.create("http://" + engine.host() + ":" + bindings[0].getHostPortSpec());
            }
            if (!Boolean.TRUE.equals(seen.getState().getRunning())) {
                return URI.create("http://" + engine.host() + ":" + NO_PORT);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new UnreachableException("the engine opens no port for the container", null);
            }
        }
    }

    private void watch(Output output) {
        engine.client().logContainerCmd(id).withStdOut(true).withStdErr(true).withFollowStream(true).withSince(0)
                .exec(new ResultCallback.Adapter<Frame>() {
                    @Override
                    public void onNext(Frame frame) {
                        output.add(frame.getPayload());
                    }

                    @Override
                    public void onComplete() {
                        super.onComplete();
                        read.complete(null);
                    }

                    @Override
                    public void onError(Throwable broken) {
                        super.onError(broken);
                        read.complete(null);
                    }
                });
        engine.client().waitContainerCmd(id).exec(new ResultCallback.Adapter<WaitResponse>() {
            @Override
            public void onNext(WaitResponse response) {
                exit.complete(response.getStatusCode());
            }

            @Override
            public void onComplete() {
                super.onComplete();
                exit.complete(UNKNOWN);
            }

            @Override
            public void onError(Throwable broken) {
                super.onError(broken);
                exit.complete(UNKNOWN);
            }
        });
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public boolean endsWithin(Duration limit) {
        try {
            exit.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a container ran");
        }
    }

    @Override
    public int exitCode() {
        return exit.getNow(UNKNOWN);
    }

    @Override
    public String ending() {
        return Running.super.ending() + (outOfMemory ? ", killed at its limit of memory," : "");
    }

    /** A container is removed with all that runs in it. */
    @Override
    public void remember() {
    }

    @Override
    public void strike() {
        try {
            engine.client().killContainerCmd(id).exec();
        } catch (DockerException e) {
            // It has ended already.
        }
    }

    @Override
    public void kill() {
        if (!exit.isDone()) {
            strike();
        }
        // Also where this thread is interrupted: what was started must go.
        exit.thenCombine(read.completeOnTimeout(null, READING.toMillis(), TimeUnit.MILLISECONDS), (code, end) -> code)
                .completeOnTimeout(UNKNOWN, DYING.toMillis(), TimeUnit.MILLISECONDS).join();
        try {
            outOfMemory |= Boolean.TRUE.equals(engine.client().inspectContainerCmd(id).exec().getState().getOOMKilled());
        } catch (DockerException e) {
            // It is removed already.
        }
        engine.remove(id);
    }
}
