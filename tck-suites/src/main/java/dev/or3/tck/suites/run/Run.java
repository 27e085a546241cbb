package dev.or3.tck.suites.run;

import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.line.LineFaults;
import dev.or3.tck.suites.plan.Action;
import dev.or3.tck.suites.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** A plan being performed: its stages, threads and watch, and what its clients share. */
final class Run {
    /** A provider that hangs this often in one plan will hang again: the rest of the plan is skipped. */
    private static final int HANGS_AT_MOST = 3;
    private static final int LOST_AT_MOST = 16;
    /** What calls under way are given once the plan's time is over. */
    private static final Duration GRACE = Duration.ofMillis(250);
    private static final long POLL_AT_MOST_MILLIS = 100;

    /** Daemon threads, so that one that is stuck in a provider keeps nobody from exiting. */
    private static final Executor THREADS = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS,
            new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "or3-tck client");
                thread.setDaemon(true);
                return thread;
            });

    /** A snapshot that is being read: where it goes on. */
    static final class Handle {
        Entry last;
        String nextToken;
    }

    final Target target;
    final Script script;
    final Placeholders placeholders;
    final Backstage backstage;
    final Plan plan;
    final Map<String, Handle> snapshots = new ConcurrentHashMap<>();
    /** By variable, the call whose answer bound it last. */
    final Map<String, Entry> binders = new ConcurrentHashMap<>();
    private final RunnerOptions options;
    private final AtomicLong counter = new AtomicLong();
    private final List<Client> clients = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final long deadline;
    /** When even calls under way are left behind. */
    private final long end;
    /** Held while the provider is killed and not back yet. */
    private final ReentrantLock dying = new ReentrantLock();
    private volatile boolean cutOff;
    private volatile Throwable trouble;
    private volatile WireSchema schema;
    private volatile LineFaults faults = LineFaults.CALM;
    private final AtomicInteger lostInARow = new AtomicInteger();
    private final AtomicInteger hangs = new AtomicInteger();
    private volatile String silence;

    Run(Plan plan, Target target, Script script, Placeholders placeholders, List<History.Space> spaces,
            RunnerOptions options, Duration left) {
        this.plan = plan;
        this.target = target;
        this.script = script;
        this.placeholders = placeholders;
        this.backstage = new Backstage(target, placeholders);
        this.options = options;
        this.schema = options.schema();
        long now = System.nanoTime();
        this.deadline = now + Math.min(options.planTimeout().toNanos(), left.toNanos());
        this.end = left.compareTo(options.planTimeout()) < 0 ? deadline + GRACE.toNanos() : Long.MAX_VALUE;
        for (int i = 0; i < plan.clients().size(); i++) {
            clients.add(new Client(this, i, plan.clients().get(i), spaces));
        }
    }

    long tick() {
        return counter.getAndIncrement();
    }

    long clockOffset() {
        return target.clockOffset();
    }

    Client client(int index) {
        return clients.get(index);
    }

    boolean isCutOff() {
        return cutOff;
    }

    int hangs() {
        return hangs.get();
    }

    /** What was said of the last call that took too long; null if none did. */
    String silence() {
        return silence;
    }

    /**
     * An answer came, or was lost though nobody disturbed the line. Each that is lost may leave a broken connection behind with
     * all that it holds, so that after a row of them the plan goes on no more.
     */
    void answered(boolean came) {
        if (came || plan.kills() > 0) {
            lostInARow.set(0);
        } else if (lostInARow.incrementAndGet() >= LOST_AT_MOST) {
            cutOff = true;
        }
    }

    /** A call took too long. */
    void hung(String words) {
        silence = words;
        if (hangs.incrementAndGet() >= HANGS_AT_MOST) {
            cutOff = true;
        }
    }

    WireSchema schema() {
        return schema;
    }

    void serve(WireSchema other) {
        schema = other;
    }

    /** What the line does to calls. */
    LineFaults faults() {
        return faults;
    }

    void disturb(LineFaults others) {
        faults = others;
    }

    /** What the line does to which call is a part of the plan: the same in every run of it. */
    long lineSeed() {
        return 31 * plan.seed() + plan.index();
    }

    /** How long a call may take. */
    Duration callLimit() {
        return options.callTimeout();
    }

    /** How long a client waits for others: longer than each of them can be stuck. */
    long patienceNanos() {
        Duration starting = target.canKill() ? Request.Restart.STARTING : Duration.ZERO;
        return Math.max(options.callTimeout().toNanos() * (HANGS_AT_MOST + 1), starting.toNanos());
    }

    /** Kills the provider, once at a time. */
    void killing(Runnable kill) {
        dying.lock();
        try {
            kill.run();
        } finally {
            dying.unlock();
        }
    }

    /** Whoever got no answer because the provider was killed waits until it is back. */
    void awaitBack() {
        if (!dying.isLocked() || dying.isHeldByCurrentThread()) {
            return;
        }
        try {
            if (dying.tryLock(patienceNanos(), TimeUnit.NANOSECONDS)) {
                dying.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void fail(Throwable ourOwn) {
        trouble = ourOwn;
        cutOff = true;
    }

    /** Everything that was called, in no particular order. */
    List<Entry> perform() {
        try {
            for (Plan.Stage stage : plan.stages()) {
                if (!cutOff) {
                    perform(stage);
                }
            }
        } finally {
            if (faults.disturb()) {
                target.calm();
            }
            backstage.close();
        }
        if (trouble != null) {
            throw new IllegalStateException("the kit failed while it ran " + plan.name(), trouble);
        }
        return entries;
    }

    private void perform(Plan.Stage stage) {
        Map<Integer, List<Plan.Step>> byClient = new LinkedHashMap<>();
        Map<Integer, Set<Integer>> waiters = new HashMap<>();
        for (Plan.Step step : stage.steps()) {
            byClient.computeIfAbsent(stage.parallel() ? step.client() : 0, key -> new ArrayList<>()).add(step);
            if (stage.parallel() && step.action() instanceof Action.Barrier barrier) {
                waiters.computeIfAbsent(barrier.number(), key -> new HashSet<>()).add(step.client());
            }
        }
        Map<Integer, Gate> gates = new HashMap<>();
        waiters.forEach((number, waiting) -> gates.put(number, new Gate(waiting.size())));
        CountDownLatch done = new CountDownLatch(byClient.size());
        Load load = new Load(byClient.size());
        List<Lane> lanes = new ArrayList<>();
        byClient.values().forEach(steps -> lanes.add(new Lane(this, steps, gates, load, done)));
        lanes.forEach(THREADS::execute);
        watch(lanes, done);
        lanes.forEach(lane -> entries.addAll(lane.entries()));
    }

    /** Waits for the lanes, and puts another thread in the place of one that is stuck. */
    private void watch(List<Lane> lanes, CountDownLatch done) {
        long poll = Math.max(1, Math.min(POLL_AT_MOST_MILLIS, options.callTimeout().toMillis() / 4));
        List<Lane> watched = new ArrayList<>(lanes);
        try {
            while (!done.await(poll, TimeUnit.MILLISECONDS)) {
                long now = System.nanoTime();
                cutOff |= now - deadline > 0;
                if (end != Long.MAX_VALUE && now - end > 0) {
                    watched.stream().filter(Lane::leave).forEach(lane -> {
                        Lane rest = lane.rest();
                        lanes.add(rest);
                        THREADS.execute(rest);
                    });
                }
                Duration limit = options.callTimeout();
                for (int i = 0; i < watched.size(); i++) {
                    if (watched.get(i).giveUp(limit)) {
                        hung("no answer within " + limit.toMillis() + " ms");
                        Lane rest = watched.get(i).rest();
                        watched.set(i, rest);
                        lanes.add(rest);
                        THREADS.execute(rest);
                    }
                }
            }
        } catch (InterruptedException e) {
            cutOff = true;
            watched.forEach(lane -> lane.giveUp(Duration.ZERO));
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while " + plan.name() + " ran");
        }
    }
}
