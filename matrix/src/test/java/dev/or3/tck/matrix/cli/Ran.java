package dev.or3.tck.matrix.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** One run of the command line in this JVM, with what it wrote. */
record Ran(int exitCode, String out, String err) {

    /** Runs it as in a pipe. */
    static Ran or3Tck(String... arguments) {
        return in(Map.of(), false, arguments);
    }

    /** Runs it as on a terminal. */
    static Ran onTerminal(Map<String, String> environment, String... arguments) {
        return in(environment, true, arguments);
    }

    static Ran in(Map<String, String> environment, boolean terminal, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(new Console.Stream(new PrintWriter(out), terminal),
                new Console.Stream(new PrintWriter(err), terminal), 100, environment);
        int exitCode = Or3Tck.run(console, arguments);
        console.flush();
        return new Ran(exitCode, out.toString(), err.toString());
    }

    List<String> complaints() {
        return err.lines().filter(line -> line.startsWith("or3-tck: ")).toList();
    }
}
