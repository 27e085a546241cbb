package dev.or3.tck.matrix.cli;

import dev.or3.tck.matrix.findings.Review;
import dev.or3.tck.matrix.packages.PackageCheck;
import dev.or3.tck.matrix.packages.Runbook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks provider packages and their host over. */
@Command(name = "package-check", mixinStandardHelpOptions = true,
        description = {"Looks provider packages over as npm would pack them, and the host that uses them: exports and types,"
                + " imports, dependency sections, README, environment variables, init command, scripts, lock file. A directory"
                + " with or3.providers.generated.ts, or a Nuxt configuration and no exports, is a host.",
                "Exits 1 if a must rule is broken."},
        footer = {"", "Which requirement is checked how:  or3-tck package-check --table"})
final class PackageCheckCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DIR", arity = "0..*", description = "Roots of packages, and of the host.")
    private List<Path> directories = List.of();

    @Option(names = "--sdk", paramLabel = "NAME", split = ",",
            description = "Further packages that are SDKs of providers, and none of the host's business; known are convex,"
                    + " convex-nuxt, convex-vue and @clerk/….")
    private List<String> sdks = List.of();

    @Option(names = "--no-run",
            description = "Do not try init commands, which runs code of the packages in a temporary host.")
    private boolean quiet;

    @Option(names = "--strict", description = "Exit 1 for should rules too.")
    private boolean strict;

    @Option(names = "--table", description = "Only print which item of the runbook is checked how, as Markdown.")
    private boolean table;

    @Mixin
    private FindingsOutput output;

    PackageCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (table) {
            console.out().print(Runbook.current().markdown());
            return ExitCode.OK;
        }
        if (directories.isEmpty()) {
            throw Trouble.usage("a directory is missing: name the roots of the packages, and of the host");
        }
        directories.stream().filter(directory -> !Files.isDirectory(directory)).findFirst().ifPresent(directory -> {
            throw Trouble.usage(directory + (Files.exists(directory) ? " is no directory" : " does not exist"));
        });
        Review review = look();
        output.tell(review, console);
        return review.failed(strict) ? ExitCode.FAILED : ExitCode.OK;
    }

    private Review look() {
        try {
            return PackageCheck.look(directories, !quiet, sdks);
        } catch (IOException e) {
            throw Trouble.failed(e.getMessage(), e);
        }
    }
}
