package dev.or3.tck.suites.run;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.workspaces.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A log for each workspace behind one lock, and hooks that go before it. */
class ScriptedProvider implements Provider, Sync, ProviderFactory {
    final Map<String, List<Change>> logs = new HashMap<>();
    final List<PushRequest> pushes = new ArrayList<>();
    final List<CursorUpdate> cursors = new ArrayList<>();
    final AtomicInteger restarts = new AtomicInteger();
    private final AtomicInteger workspaces = new AtomicInteger();
    /** Goes before a push is stored; may throw, or answer in its place. */
    volatile Function<PushRequest, PushResponse> onPush = request -> null;
    /** Answers in place of the log, given the honest answer. */
    volatile BiFunction<PullRequest, PullResponse, PullResponse> onPull = (request, honest) -> honest;

    @Override
    public String id() {
        return "scripted";
    }

    @Override
    public Provider open(ProviderConfig config) {
        return this;
    }

    @Override
    public Manifest manifest() {
        return new Manifest(1, new Manifest.Identity("scripted", "scripted", "1"), Profile.V1_0,
                Map.of("sync", Manifest.Component.with("gc")), null, null, false, List.of("provision", "restart", "clock"));
    }

    @Override
    public Sync sync() {
        return this;
    }

    @Override
    public Controls controls() {
        return new Controls() {
            @Override
            public Provisioned provision(List<Role> members) {
                String id = "w" + workspaces.getAndIncrement();
                return new Provisioned(id, IntStream.range(0, members.size()).mapToObj(i -> id + "-u" + i).toList());
            }

            @Override
            public void restart() {
                restarts.incrementAndGet();
            }

            @Override
            public long clock(long offsetSeconds) {
                return offsetSeconds;
            }
        };
    }

    @Override
    public PushResponse push(Caller caller, PushRequest request) {
        synchronized (this) {
            pushes.add(request);
        }
        PushResponse instead = onPush.apply(request);
        return instead == null ? store(request) : instead;
    }

    synchronized PushResponse store(PushRequest request) {
        List<Change> log = logs.computeIfAbsent(request.scope().workspaceId(), id -> new ArrayList<>());
        List<OperationResult> results = new ArrayList<>();
        for (Operation op : request.ops()) {
            Change known = log.stream().filter(it -> it.stamp().opId().equals(op.stamp().opId())).findFirst().orElse(null);
            if (known == null) {
                known = new Change(log.size() + 1, op.tableName(), op.pk(), op.operation(), op.payload(), op.stamp());
                log.add(known);
            }
            results.add(OperationResult.stored(op.stamp().opId(), known.serverVersion(), null, null));
        }
        return new PushResponse(results, (long) log.size());
    }

    @Override
    public PullResponse pull(Caller caller, PullRequest request) {
        if (!caller.workspaceId().equals(request.scope().workspaceId())) {
            throw ProviderException.forbidden("not your workspace");
        }
        PullResponse honest;
        synchronized (this) {
            List<Change> rest = logs.getOrDefault(request.scope().workspaceId(), List.of()).stream()
                    .filter(change -> change.serverVersion() > request.cursor()).toList();
            List<Change> page = rest.subList(0, Math.min(request.limit(), rest.size()));
            long next = page.isEmpty() ? request.cursor() : page.get(page.size() - 1).serverVersion();
            honest = new PullResponse(page, next, page.size() < rest.size(), null, null);
        }
        return onPull.apply(request, honest);
    }

    @Override
    public synchronized void updateCursor(Caller caller, CursorUpdate update) {
        cursors.add(update);
    }

    @Override
    public void gcChangeLog(Caller caller, CollectRequest request) {
    }

    @Override
    public void close() {
    }
}
