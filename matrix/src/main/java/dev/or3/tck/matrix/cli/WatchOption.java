package dev.or3.tck.matrix.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether to certify again at each change of files, and of which ones. */
final class WatchOption {
    private static final String USUAL = "";

    @Option(names = "--watch", paramLabel = "DIR", arity = "0..1", fallbackValue = USUAL,
            description = "Certify again whenever a file in DIR changes, until Ctrl-C: at level smoke, up to the first"
                    + " failure, with a short verdict. Default: where the command's script or the jar is, else the working"
                    + " directory.")
    private String watched;

    boolean isGiven() {
        return watched != null;
    }

    /** What to watch, for a provider. */
    Path path(TargetChoice choice) {
        if (!watched.equals(USUAL)) {
            return Path.of(watched);
        }
        Path here = Path.of("").toAbsolutePath();
        if (choice instanceof ProviderChoice provider && !provider.jars().isEmpty()) {
            return provider.jars().get(0);
        }
        return choice instanceof CommandChoice command
                ? script(command.command(), here).map(script -> packageOf(script, here)).orElse(here) : here;
    }

    /** The first word of a command that is a file here. */
    private static Optional<Path> script(String command, Path here) {
        List<String> words = Arrays.stream(command.split("\\s+")).map(word -> word.replaceAll("^['\"]|['\"]$", "")).toList();
        return words.stream().filter(word -> word.matches("[^\\s=;|&<>$]+")).map(here::resolve).map(Path::normalize)
                .filter(Files::isRegularFile).filter(file -> !file.startsWith("/bin") && !file.startsWith("/usr")).findFirst();
    }

    /** The directory of a script, or that of the npm package around it. */
    private static Path packageOf(Path script, Path here) {
        Path own = script.getParent();
        for (Path directory = own; directory != null; directory = directory.getParent()) {
            if (Files.exists(directory.resolve("package.json"))) {
                return directory;
            }
            if (directory.equals(here)) {
                break;
            }
        }
        return own;
    }
}
