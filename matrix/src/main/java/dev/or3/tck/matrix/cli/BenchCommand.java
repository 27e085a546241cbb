package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.bench.Benchmark;
import dev.or3.tck.api.bench.Figure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how fast the kit and the reference are. */
@Command(name = "bench", mixinStandardHelpOptions = true,
        description = "Measures how fast the kit and the reference provider are on this machine, and says what falls short.")
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Only these benchmarks. Default: all.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Only tell which there are.")
    private boolean list;

    @Option(names = "--budget", paramLabel = "TIME", converter = Budget.class, defaultValue = "30s",
            description = "About how long each may take; shorter is coarser. Default: ${DEFAULT-VALUE}.")
    private Duration budget;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Map<String, Benchmark> benchmarks = new TreeMap<>();
        ServiceLoader.load(Benchmark.class, BenchCommand.class.getClassLoader())
                .forEach(benchmark -> benchmarks.put(benchmark.id(), benchmark));
        for (String name : names) {
            if (!benchmarks.containsKey(name)) {
                throw Trouble.usage(Nearest.unknown("benchmark", name, benchmarks.keySet()));
            }
        }
        if (!names.isEmpty()) {
            benchmarks.keySet().retainAll(names);
        }
        for (Benchmark benchmark : benchmarks.values()) {
            console.out().println(bold(benchmark.id()) + ": "
                    + Paragraph.hanging(benchmark.describe(), 2, console.width() - benchmark.id().length()));
            if (!list) {
                benchmark.run(this::print, budget);
                console.out().println();
            }
        }
        return ExitCode.OK;
    }

    private void print(Figure figure) {
        console.out().printf(Locale.ROOT, "  %-74s %12s %-13s %s%n", figure.name(), number(figure.value()), figure.unit(),
                target(figure));
        console.out().flush();
    }

    private String target(Figure figure) {
        if (figure.target() == null) {
            return "";
        }
        String text = (figure.bound() == Figure.Bound.AT_LEAST ? "at least " : "at most ") + number(figure.target());
        return figure.reached() ? colour("green", "ok") + "      " + text : colour("red", "MISSED") + "  " + text;
    }

    private String bold(String text) {
        return colour("bold", text);
    }

    private String colour(String style, String text) {
        return console.coloursOut() ? Ansi.ON.string("@|" + style + " " + text + "|@") : text;
    }

    /** Large numbers without decimals, small ones with as many as tell something. */
    private static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%,.1f" : size >= 0.1 ? "%,.2f" : "%,.4f";
        return String.format(Locale.ROOT, format, value);
    }
}
