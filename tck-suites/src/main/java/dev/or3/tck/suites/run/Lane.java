package dev.or3.tck.suites.run;

import dev.or3.tck.suites.line.LineFault;
import dev.or3.tck.suites.plan.Action;
import dev.or3.tck.suites.connect.SilenceException;
import dev.or3.tck.suites.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Steps that one thread performs one after the other, watched from outside. */
final class Lane implements Runnable {

    /** Unwinds a thread that has nothing more to say: its call was given up, or the plan was cut off. */
    @SuppressWarnings("serial")
    static final class Left extends RuntimeException {
        Left() {
            super(null, null, false, false);
        }
    }

    /** The code of a call that nobody waited for to its end. */
    private static final String LEFT = "LEFT";

    private final Run run;
    private final List<Plan.Step> steps;
    private final Map<Integer, Gate> gates;
    private final Load load;
    private final CountDownLatch done;
    private final List<Entry> entries = new ArrayList<>();
    private int next;
    private Thread thread;
    private boolean abandoned;
    /** Written after everything else of a call's beginning, so that the watch sees a whole entry. */
    private volatile Entry current;

    Lane(Run run, List<Plan.Step> steps, Map<Integer, Gate> gates, Load load, CountDownLatch done) {
        this.run = run;
        this.steps = steps;
        this.gates = gates;
        this.load = load;
        this.done = done;
    }

    @Override
    public void run() {
        synchronized (this) {
            thread = Thread.currentThread();
        }
        try {
            while (next < steps.size() && !run.isCutOff()) {
                Plan.Step step = steps.get(next++);
                run.client(step.client()).perform(step.action(), this);
            }
        } catch (Left left) {
            // Nothing to do: the watch has taken over, or nothing is left to be done.
        } catch (Throwable ourOwn) {
            run.fail(ourOwn);
        } finally {
            boolean finished;
            synchronized (this) {
                thread = null;
                Thread.interrupted();
                finished = !abandoned;
            }
            if (finished) {
                load.leave();
                done.countDown();
            }
        }
    }

    /** Makes a call and records it. Whatever the provider does, it becomes an outcome. */
    Entry call(Client client, Request.Line line, int attempt, Request request) {
        if (run.isCutOff()) {
            throw new Left();
        }
        if (line.fault() == LineFault.DUPLICATED) {
            entries.add(unread(new Entry(client, attempt, request, run.tick(), System.nanoTime(), run.clockOffset())));
        }
        Entry entry = new Entry(client, attempt, request, run.tick(), System.nanoTime(), run.clockOffset());
        entries.add(entry);
        current = entry;
        Object answer = null;
        Throwable thrown = null;
        load.begin(request);
        try {
            answer = request.send(line);
        } catch (Throwable anything) {
            thrown = anything;
        } finally {
            load.end(request);
        }
        long returned = run.tick();
        long ended = System.nanoTime();
        if (!entry.claim()) {
            throw new Left();
        }
        entry.ended = ended;
        entry.offsetAfter = run.clockOffset();
        entry.answer = answer;
        entry.outcome = Faults.outcome(thrown);
        entry.error = Faults.fault(thrown, run.target.secrets());
        if (entry.outcome != Outcome.LOST) {
            entry.returned = returned;
        }
        current = null;
        if (line.fault() == LineFault.NONE) {
            run.answered(entry.outcome != Outcome.LOST);
        }
        if (thrown instanceof SilenceException) {
            run.hung(entry.error.message());
        }
        if (entry.outcome == Outcome.LOST) {
            run.awaitBack();
        }
        return entry;
    }

    /** Waits for calls that a kill is to meet. */
    void awaitLoad(Action.Kill kill, long limitNanos) {
        load.await(kill, limitNanos, run::isCutOff);
    }

    /** A request that the line doubled is told as what it is: the same call made twice, and heard once. */
    private static Entry unread(Entry second) {
        second.claim();
        second.outcome = Outcome.LOST;
        second.error = new Event.Fault(0, LineFault.DUPLICATED.name(), LineFault.DUPLICATED.words());
        return second;
    }

    void pass(int barrier, long limitNanos) {
        Gate gate = gates.get(barrier);
        if (gate != null) {
            gate.pass(limitNanos, run::isCutOff);
        }
    }

    /** Gives up the call under way if it has taken too long; true if it did. */
    boolean giveUp(Duration limit) {
        Entry late = current;
        if (late == null) {
            return false;
        }
        Duration patience = limit.isZero() ? limit : late.request.limit(limit, run.target);
        return System.nanoTime() - late.began >= patience.toNanos()
                && abandon(late, "TIMEOUT", "no answer within " + patience.toMillis() + " ms");
    }

    /** Leaves the call under way behind, unless it moves the provider as a whole; true if it did. */
    boolean leave() {
        Entry late = current;
        return late != null && late.client != null && abandon(late, LEFT, "the plan's time was over before an answer came");
    }

    private boolean abandon(Entry late, String code, String message) {
        if (!late.claim()) {
            return false;
        }
        late.outcome = Outcome.LOST;
        late.error = new Event.Fault(0, code, message);
        synchronized (this) {
            abandoned = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
        return true;
    }

    /** What a given-up lane had not begun, for another thread. */
    Lane rest() {
        return new Lane(run, steps.subList(next, steps.size()), gates, load, done);
    }

    List<Entry> entries() {
        return entries;
    }
}
