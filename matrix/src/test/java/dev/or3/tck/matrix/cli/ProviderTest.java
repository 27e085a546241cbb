package dev.or3.tck.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.matrix.cli.hostile.Hostile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderTest {
    @TempDir
    Path directory;

    /** The options that load a provider class as an author's jar would be. */
    private List<String> jarOf(Class<?> factory) throws IOException, URISyntaxException {
        return jarOf(directory, factory);
    }

    /** The options for a provider of the tests, as an author's would be given. */
    static List<String> jarOf(Path directory, Class<?> factory) throws IOException, URISyntaxException {
        Path services = Files.createDirectories(directory.resolve("jar/META-INF/services"));
        Files.writeString(services.resolve(ProviderFactory.class.getName()), factory.getName());
        return List.of("--provider-jar", directory.resolve("jar").toString(), "--provider-jar",
                Path.of(Hostile.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }

    private Ran run(String command, Class<?> factory, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(jarOf(factory));
        arguments.addAll(List.of(more));
        return Ran.or3Tck(arguments.toArray(String[]::new));
    }

    private static void isOneLine(Ran ran, int exitCode, String... parts) {
        assertThat(ran.err().lines()).singleElement().asString().startsWith("or3-tck: ").contains(parts)
                .doesNotContain("\tat ");
        assertThat(ran.exitCode()).isEqualTo(exitCode);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void a_class_that_cannot_be_made_is_told_with_its_reason() throws Exception {
        isOneLine(run("certify", Hostile.ThrowsWhenLoaded.class), 2, "cannot be loaded", "no licence found");
    }

    @Test
    void a_provider_that_fails_at_its_start_cannot_be_reached() throws Exception {
        isOneLine(run("certify", Hostile.ThrowsAtStart.class), 3, "cannot be reached", "no driver for this machine");
    }

    @Test
    void a_provider_that_refuses_its_settings_is_a_matter_of_configuration() throws Exception {
        isOneLine(run("certify", Hostile.RefusesItsSettings.class), 2, "does not start", "HOSTILE_URL is missing: set it");
    }

    @Test
    void a_provider_that_hangs_at_its_start_is_given_up() throws Exception {
        isOneLine(run("certify", Hostile.HangsAtStart.class, "--start-timeout", "1s"), 3, "cannot be reached", "within 1 s");
    }

    @Test
    void a_factory_that_starts_nothing_is_told() throws Exception {
        isOneLine(run("certify", Hostile.StartsNothing.class), 3, "cannot be reached", "returned no provider");
    }

    @Test
    void a_factory_without_an_id_is_told() throws Exception {
        isOneLine(run("certify", Hostile.Nameless.class), 2, "cannot be loaded", "has no id");
    }

    @Test
    void a_provider_without_a_manifest_cannot_be_certified() throws Exception {
        isOneLine(run("certify", Hostile.SaysNothing.class), 3, "cannot be reached", "no manifest");
    }

    @Test
    void a_stack_trace_is_one_option_away() throws Exception {
        assertThat(run("certify", Hostile.ThrowsAtStart.class, "--verbose").err())
                .contains("UnsupportedOperationException").contains("\tat ");
    }

    @Test
    void a_provider_that_answers_garbage_is_not_certified() throws Exception {
        Ran ran = run("certify", Hostile.AnswersGarbage.class, "--level", "smoke", "--budget", "2s", "--fail-fast", "--out",
                directory.resolve("out").toString());

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("✗ PUSH-01", "NOT CERTIFIED");
        assertThat(ran.err()).doesNotContain("\tat ");
    }

    @Test
    void the_doctor_finds_garbage() throws Exception {
        Ran ran = run("doctor", Hostile.AnswersGarbage.class);

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("fail  round trip").contains("answer one result for each operation");
    }

    @Test
    void the_doctor_does_not_wait_for_ever() throws Exception {
        Ran ran = run("doctor", Hostile.HangsInPush.class);

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("fail  round trip").contains("did not end within 2 s");
    }

    @Test
    void a_jar_without_a_provider_is_told() throws Exception {
        Files.createDirectories(directory.resolve("empty"));

        isOneLine(Ran.or3Tck("certify", "--provider-jar", directory.resolve("empty").toString()), 2,
                "no provider is in", "META-INF/services");
    }

    @Test
    void a_jar_that_does_not_exist_is_told() {
        isOneLine(Ran.or3Tck("certify", "--provider-jar", "nowhere.jar"), 2, "nowhere.jar does not exist");
    }

    @Test
    void a_provider_in_a_jar_does_not_see_the_kit() throws Exception {
        try (IsolatedLoader loader = IsolatedLoader.of(List.of(directory))) {
            assertThat(loader.loadClass(ProviderFactory.class.getName())).isSameAs(ProviderFactory.class);
            assertThat(loader.getResource("META-INF/services/" + ProviderFactory.class.getName())).isNull();
            for (String own : List.of("dev.or3.tck.suites.certify.Certification", "picocli.CommandLine",
                    "org.sqlite.JDBC")) {
                assertThat(catchThrowable(() -> loader.loadClass(own))).as(own)
                        .isInstanceOf(ClassNotFoundException.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"sqlit, 'did you mean ''sqlite''?'", "oracle, 'known are clerk, '"})
    void an_unknown_provider_is_answered_with_those_there_are(String id, String hint) {
        isOneLine(Ran.or3Tck("certify", "--provider", id), 2, "no provider is called '" + id + "'", hint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"certify", "doctor"})
    void a_database_path_that_is_a_folder_is_told_by_its_variable(String command) {
        isOneLine(Ran.or3Tck(command, "--set", "OR3_SQLITE_DB_PATH=" + directory), 2, "OR3_SQLITE_DB_PATH", "is a folder");
    }

    @Test
    void a_file_that_is_no_database_is_told_and_left_as_it_is() throws Exception {
        Path file = Files.writeString(directory.resolve("notes.txt"), "x".repeat(5000));

        isOneLine(Ran.or3Tck("certify", "--set", "OR3_SQLITE_DB_PATH=" + file), 2,
                "OR3_SQLITE_DB_PATH", "is not an SQLite database");
        assertThat(file).hasContent("x".repeat(5000));
    }

    @Test
    void the_environment_says_where_the_database_is_too_and_that_is_said() {
        Ran ran = Ran.in(Map.of("OR3_SQLITE_DB_PATH", directory.toString()), false, "doctor");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines()).hasSize(2).first().asString().contains("the environment sets OR3_SQLITE_DB_PATH");
    }

    @Test
    void the_process_ends_although_a_provider_leaks_threads() throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + Files.createDirectory(directory.resolve("tmp")), "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "doctor"));
        command.addAll(jarOf(Hostile.LeaksThreads.class));
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile()).start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(directory.resolve("tmp")).isEmptyDirectory();
    }
}
