package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.bench.Benchmark;
import dev.or3.tck.api.bench.Figure;
import dev.or3.tck.suites.run.bench.HttpBenchmark;
import java.net.URI;
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

    @Option(names = "--url", paramLabel = "URL",
            description = "Measure how fast the kit drives the provider there, beside a bare load generator over as many"
                    + " connections, and how its calls grow with the log. It is left with what was pushed to it.")
    private URI url;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (url != null) {
            return benchUrl();
        }
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
            run(benchmark);
        }
        return ExitCode.OK;
    }

    private void run(Benchmark benchmark) throws Exception {
        console.out().println(bold(benchmark.id()) + ": "
                + Paragraph.hanging(benchmark.describe(), 2, console.width() - benchmark.id().length()));
        if (!list) {
            benchmark.run(this::print, budget);
            console.out().println();
        }
    }

    private Integer benchUrl() throws Exception {
        if (!names.isEmpty()) {
            throw Trouble.usage("--url is a benchmark of its own: leave the names away");
        }
        UrlChoice choice;
        try {
            choice = new UrlChoice(List.of(UrlChoice.checked(url)), List.of());
        } catch (IllegalArgumentException e) {
            throw Trouble.usage("--url: " + e.getMessage(), e);
        }
        if (!"http".equalsIgnoreCase(url.getScheme())) {
            throw Trouble.usage("--url: the bare load generator speaks plain http only");
        }
        try (TargetChoice.Running running = choice.start(console, budget)) {
            run(new HttpBenchmark(running.target(), choice.addresses().get(0)));
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
