package dev.or3.tck.matrix.cli;

import java.util.concurrent.TimeUnit;

/** The entry point of the process. */
public final class Main {
    private static final long PATIENCE_SECONDS = 5;

    private Main() {
    }

    public static void main(String[] arguments) {
        Console console = Console.ofProcess();
        int exitCode = run(console, arguments);
        console.flush();
        exit(exitCode);
    }

    private static int run(Console console, String[] arguments) {
        try {
            TemporaryData.create().takeAll();
        } catch (Trouble trouble) {
            console.complain(trouble.getMessage(), trouble);
            return trouble.exitCode();
        }
        return Or3Tck.run(console, arguments);
    }

    /** Ends the process for sure: threads that a provider left running and hooks that hang do not keep it alive. */
    private static void exit(int exitCode) {
        Thread last = new Thread(() -> {
            try {
                TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(exitCode);
        }, "or3-tck exit");
        last.setDaemon(true);
        last.start();
        System.exit(exitCode);
    }
}
