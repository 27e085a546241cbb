package dev.or3.tck.matrix.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A tool of this machine that ran to its end.
 *
 * @param exitCode what it ended with
 * @param out      what it wrote to its standard output
 * @param err      what it wrote to its standard error
 */
record Tool(int exitCode, String out, String err) {
    private static final long PATIENCE_SECONDS = 60;

    /**
     * Runs a command in a directory, without input.
     *
     * @return nothing if there is no such tool on this machine
     * @throws IOException if it does not end within a minute
     */
    static Optional<Tool> run(Path directory, Map<String, String> environment, String... command) throws IOException {
        Path out = Files.createTempFile("or3-tool", ".out");
        Path err = Files.createTempFile("or3-tool", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(command)).directory(directory.toFile())
                    .redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process;
            try {
                process = builder.start();
            } catch (IOException e) {
                return Optional.empty();
            }
            process.getOutputStream().close();
            await(process, command);
            return Optional.of(new Tool(process.exitValue(), Files.readString(out), Files.readString(err)));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private static void await(Process process, String... command) throws IOException {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("'" + String.join(" ", command) + "' did not end within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The last line it wrote that says something. */
    String lastWords() {
        String said = (err.isBlank() ? out : err).strip();
        return said.substring(said.lastIndexOf('\n') + 1);
    }
}
