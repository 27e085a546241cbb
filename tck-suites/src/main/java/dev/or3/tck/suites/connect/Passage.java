package dev.or3.tck.suites.connect;

import dev.or3.tck.suites.line.LineFault;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** One connection of the kit through the fault proxy, and the one to the provider that goes with it. */
final class Passage implements Runnable {
    /** Servers hang up on idle connections; nobody does so sooner than this. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final FaultProxy proxy;
    private final FaultProxy.Side kit;
    private FaultProxy.Side provider;
    private long lastUse;

    Passage(FaultProxy proxy, FaultProxy.Side kit) {
        this.proxy = proxy;
        this.kit = kit;
    }

    /** Serves until either side has gone, or the line is cut: then the other side goes too. */
    @Override
    public void run() {
        try {
            Optional<WireMessage> request = kit.request();
            while (request.isPresent() && passes(request.get())) {
                request = kit.request();
            }
        } catch (IOException e) {
            // Whoever waits on the other side sees the connection end.
        } finally {
            kit.close();
            hangUp();
        }
    }

    /** Whether the connection lives on. */
    private boolean passes(WireMessage request) throws IOException {
        WireMessage sent = request.to(proxy.host());
        LineFault fault = proxy.take(request);
        switch (fault) {
            case CUT_BEFORE -> proxy.done(request);
            case CUT_IN_REQUEST -> {
                reach().sendHalf(sent);
                proxy.done(request);
            }
            case ANSWER_DROPPED -> {
                exchange(sent);
                proxy.done(request);
            }
            case CUT_IN_ANSWER -> {
                WireMessage answer = exchange(sent);
                proxy.done(request);
                kit.sendHalf(answer);
            }
            case DELAYED -> {
                if (!proxy.hold()) {
                    return false;
                }
                return answered(exchange(sent));
            }
            case DUPLICATED -> {
                return answered(twice(sent));
            }
            case NONE -> {
                return answered(exchange(sent));
            }
        }
        return false;
    }

    private boolean answered(WireMessage answer) throws IOException {
        kit.send(answer);
        return !answer.isLast();
    }

    private WireMessage exchange(WireMessage request) throws IOException {
        reach().send(request);
        WireMessage answer = provider.answer();
        if (answer.isLast()) {
            hangUp();
        }
        lastUse = System.nanoTime();
        return answer;
    }

    /** On two connections at the same time. Both answers are waited for, so that nothing of the call happens after it. */
    private WireMessage twice(WireMessage request) throws IOException {
        try (FaultProxy.Side second = proxy.dial()) {
            second.send(request);
            try {
                return exchange(request);
            } finally {
                unread(second);
            }
        }
    }

    private static void unread(FaultProxy.Side second) {
        try {
            second.answer();
        } catch (IOException e) {
            // No answer is as good as one that nobody reads.
        }
    }

    private FaultProxy.Side reach() throws IOException {
        if (provider != null && System.nanoTime() - lastUse > FRESH.toNanos()) {
            hangUp();
        }
        if (provider == null) {
            provider = proxy.dial();
        }
        return provider;
    }

    private void hangUp() {
        if (provider != null) {
            provider.close();
            provider = null;
        }
    }
}
