package dev.or3.tck.matrix.cli;

import dev.or3.tck.suites.connect.Secrets;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command writes to, and what is known of the other end. Results go to {@code out}, progress and complaints to
 * {@code err}. Texts are UTF-8 everywhere, so that what is written does not depend on the locale.
 */
final class Console {
    private static final int USUAL_WIDTH = 100;
    private static final int NARROWEST = 40;

    /** When to write colours. */
    enum Colour { auto, always, never }

    /**
     * One stream.
     *
     * @param writer   takes the text
     * @param terminal whether a person watches it
     */
    record Stream(PrintWriter writer, boolean terminal) {
    }

    private final Stream out;
    private final Stream err;
    private final int width;
    private final Map<String, String> environment;
    private Colour colour = Colour.auto;
    private boolean verbose;
    private volatile Secrets secrets = Secrets.NONE;

    Console(Stream out, Stream err, int width, Map<String, String> environment) {
        this.out = new Stream(discreet(out.writer()), out.terminal());
        this.err = new Stream(discreet(err.writer()), err.terminal());
        this.width = width;
        this.environment = Map.copyOf(environment);
    }

    /** The console of this process. The launcher tells what only a shell can see. */
    static Console ofProcess() {
        return new Console(stream(FileDescriptor.out, "or3.tck.terminal.out"),
                stream(FileDescriptor.err, "or3.tck.terminal.err"),
                Math.max(NARROWEST, Integer.getInteger("or3.tck.columns", USUAL_WIDTH)), System.getenv());
    }

    private static Stream stream(FileDescriptor descriptor, String property) {
        PrintWriter writer = new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
        return new Stream(writer, Boolean.getBoolean(property));
    }

    /** Lets every piece of text through but for secrets. */
    private PrintWriter discreet(PrintWriter to) {
        return new PrintWriter(new FilterWriter(to) {
            @Override
            public void write(String text, int start, int length) throws IOException {
                to.write(secrets.hide(text.substring(start, start + length)));
            }

            @Override
            public void write(char[] text, int start, int length) throws IOException {
                to.write(secrets.hide(new String(text, start, length)));
            }
        }, true);
    }

    /** Shows these no more. */
    void hide(Secrets more) {
        secrets = secrets.and(more);
    }

    /** What is not shown. */
    Secrets secrets() {
        return secrets;
    }

    PrintWriter out() {
        return out.writer();
    }

    PrintWriter err() {
        return err.writer();
    }

    int width() {
        return width;
    }

    Map<String, String> environment() {
        return environment;
    }

    boolean verbose() {
        return verbose;
    }

    void configure(Colour wantedColour, boolean wantedVerbose) {
        colour = wantedColour;
        verbose = wantedVerbose;
    }

    boolean coloursOut() {
        return colours(out);
    }

    boolean coloursErr() {
        return colours(err);
    }

    private boolean colours(Stream stream) {
        return switch (colour) {
            case always -> true;
            case never -> false;
            case auto -> stream.terminal() && !isSet("NO_COLOR") && !isSet("CI") && !isDumb();
        };
    }

    /** Whether a line may be written again and again in its place. */
    boolean live() {
        return err.terminal() && !isSet("CI") && !isDumb();
    }

    private boolean isSet(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    private boolean isDumb() {
        return environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** A complaint: one line on {@code err}, and the stack trace below it if that was asked for. */
    void complain(String message, Throwable cause) {
        err().println("or3-tck: " + oneLine(message));
        if (verbose && cause != null) {
            cause.printStackTrace(err());
        }
        err().flush();
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    void flush() {
        out().flush();
        err().flush();
    }
}
