package dev.or3.tck.matrix.cli;

import dev.or3.tck.suites.certify.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Shows how a campaign goes on: on a terminal one line that is written again and again, elsewhere a line every few
 * seconds. A timer paints it, so that it moves on also while a call hangs.
 */
final class LiveProgress implements Progress, AutoCloseable {
    private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private static final int BAR = 20;
    private static final long LIVE_MILLIS = 100;
    private static final long PLAIN_MILLIS = 5_000;
    private static final String ERASE = "\r\u001b[K";

    private final Console console;
    private final PrintWriter err;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "or3-tck progress");
        thread.setDaemon(true);
        return thread;
    });
    private volatile State last;
    private volatile long heard;
    private int turns;

    LiveProgress(Console console) {
        this.console = console;
        this.err = console.err();
        long pause = console.live() ? LIVE_MILLIS : PLAIN_MILLIS;
        timer.scheduleAtFixedRate(this::paint, pause, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public void update(State state) {
        heard = System.nanoTime();
        last = state;
    }

    private void paint() {
        State state = last;
        if (state == null) {
            return;
        }
        Duration since = Duration.ofNanos(System.nanoTime() - heard);
        if (console.live()) {
            err.print(ERASE + live(state, since, turns++));
        } else {
            err.println("or3-tck: " + words(state) + ", " + left(state, since) + " left");
        }
        err.flush();
    }

    private String live(State state, Duration since, int turn) {
        String spinner = String.valueOf(SPINNER.charAt(turn % SPINNER.length()));
        String text = words(state) + " · " + left(state, since) + " left";
        int room = console.width() - 1;
        String bar = " " + bar(state, since);
        boolean withBar = text.length() + 2 + bar.length() <= room;
        String shown = text.length() + 2 > room ? text.substring(0, room - 2) : text;
        return colour("36", spinner) + " " + (state.failures() > 0 ? colour("31", shown) : shown)
                + (withBar ? colour("36", bar) : "");
    }

    private String colour(String code, String text) {
        return console.coloursErr() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static String words(State state) {
        return String.format(Locale.ROOT, "%s, %,d %s, %,d %s, %d failed", state.phase(), state.plans(),
                state.plans() == 1 ? "plan" : "plans", state.operations(),
                state.operations() == 1 ? "operation" : "operations",
                state.failures());
    }

    private static String left(State state, Duration since) {
        Duration left = state.remaining().minus(since);
        long seconds = left.isNegative() ? 0 : left.plusMillis(999).toSeconds();
        return seconds < 60 ? seconds + " s" : String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60);
    }

    private static String bar(State state, Duration since) {
        double total = Math.max(1, state.elapsed().plus(state.remaining()).toMillis());
        int done = (int) Math.min(BAR, BAR * (state.elapsed().plus(since).toMillis() / total));
        return "█".repeat(done) + "░".repeat(BAR - done);
    }

    /** Takes the line away. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (console.live() && last != null) {
            err.print(ERASE);
            err.flush();
        }
    }
}
