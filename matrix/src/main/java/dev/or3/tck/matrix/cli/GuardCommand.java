package dev.or3.tck.matrix.cli;

import dev.or3.tck.matrix.findings.Review;
import dev.or3.tck.matrix.guard.Guard;
import dev.or3.tck.matrix.guard.GuardRules;
import dev.or3.tck.matrix.yaml.InvalidYamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds imports that must not be. */
@Command(name = "guard", mixinStandardHelpOptions = true,
        description = {"Finds imports that a tree of TypeScript, JavaScript and Vue files must not have: static, dynamic,"
                + " type-only and re-exported ones, require, types of imports, in <script> blocks too; in comments and"
                + " texts they do not count. By default no page, plugin, API or middleware of the core may import"
                + " an SDK of a provider.",
                "Exits 1 if there is one, or a file cannot be read; 4 if there was nothing to look at."},
        footer = {"", "Rules of your own:  or3-tck guard --print-rules > guard.yaml", "A code review:      "
                + "or3-tck guard --format sarif > guard.sarif"})
final class GuardCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DIR", arity = "0..1", defaultValue = ".",
            description = "The root of the tree. Default: the current directory.")
    private Path root;

    @Option(names = "--rules", paramLabel = "FILE",
            description = "Zones, banned modules, exclusions, allowances, as YAML. Default: DIR/" + GuardRules.FILE
                    + " if it is there, else the built-in rules.")
    private Path rules;

    @Option(names = "--print-rules", description = "Only print the built-in rules, to start from.")
    private boolean printRules;

    @Mixin
    private FindingsOutput output;

    GuardCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (printRules) {
            console.out().print(GuardRules.defaults());
            return ExitCode.OK;
        }
        Review review = look(rules());
        output.tell(review, console);
        if (review.failed(true)) {
            return ExitCode.FAILED;
        }
        return review.looked().get("files") == 0 ? ExitCode.INCONCLUSIVE : ExitCode.OK;
    }

    private Review look(GuardRules held) {
        if (!Files.isDirectory(root)) {
            throw Trouble.usage(root + (Files.exists(root) ? " is no directory" : " does not exist"));
        }
        try {
            return Guard.look(root, held);
        } catch (IOException e) {
            throw Trouble.usage(root + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private GuardRules rules() {
        Path own = root.resolve(GuardRules.FILE).normalize();
        Path file = rules != null || !Files.isRegularFile(own) ? rules : own;
        try {
            return GuardRules.of(file == null ? "" : Files.readString(file));
        } catch (InvalidYamlException e) {
            e.complaints().stream().skip(1).forEach(complaint -> console.complain(file + ":" + complaint, null));
            throw Trouble.usage(file + ":" + e.complaints().get(0), e);
        } catch (IOException e) {
            throw Trouble.usage(file + (Files.exists(file) ? " cannot be read" : " does not exist"), e);
        }
    }
}
