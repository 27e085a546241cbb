package dev.or3.tck.matrix.packages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    /** As of the command timeout. */
    private static final int UNENDED = 124;

    /**
     * Runs a command in a directory, without input. One that does not end within a minute is ended, and says so.
     *
     * @return nothing if there is no such tool on this machine
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
            return Optional.of(await(process) ? new Tool(process.exitValue(), lenient(out), lenient(err))
                    : new Tool(UNENDED, lenient(out), "it did not end within " + PATIENCE_SECONDS + " s"));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private static String lenient(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static boolean await(Process process) throws IOException {
        try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
