package dev.or3.tck.suites.minimize;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.result.Counterexample;
import dev.or3.tck.suites.connect.Secrets;
import dev.or3.tck.suites.plan.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A counterexample in a file: all that is needed to run it again.
 *
 * @param format       {@value #FORMAT}
 * @param kit          the version of the kit that found it
 * @param rule         the rule that failed
 * @param sentence     the contradiction
 * @param seed         the seed of the run
 * @param plan         the smallest plan that shows it
 * @param target       how to reach the provider: its id, settings, instances, profile, by name
 * @param reproduction how often it came back
 * @param history      the name of the history file beside it, or null
 */
@JsonPropertyOrder({"format", "kit", "rule", "sentence", "seed", "reproduction", "target", "history", "plan"})
public record SavedCounterexample(String format, String kit, String rule, String sentence, long seed, Plan plan,
        Map<String, String> target, Counterexample.Reproduction reproduction, String history) {

    public static final String FORMAT = "or3-tck-counterexample/1";
    private static final String SETTING = "set ";
    private static final String FORMAT_NAME = "or3-tck-counterexample/";

    public SavedCounterexample {
        target = target == null ? Map.of() : new TreeMap<>(target);
    }

    public static SavedCounterexample of(String kit, Counterexample counterexample, Plan plan, Map<String, String> target,
            String history) {
        return new SavedCounterexample(FORMAT, kit, counterexample.rule(), counterexample.sentence(), counterexample.seed(),
                plan, target, counterexample.reproduction(), history);
    }

    /** Settings of a provider as they stand in {@link #target}: all but secrets. */
    public static Map<String, String> written(Map<String, String> settings) {
        return settings.entrySet().stream().filter(setting -> !Secrets.areIn(setting.getKey()))
                .collect(Collectors.toMap(setting -> SETTING + setting.getKey(), Map.Entry::getValue));
    }

    /** The settings in what was written. */
    public static Map<String, String> settings(Map<String, String> target) {
        return target.entrySet().stream().filter(entry -> entry.getKey().startsWith(SETTING))
                .collect(Collectors.toMap(entry -> entry.getKey().substring(SETTING.length()), Map.Entry::getValue));
    }

    /** Writes it as JSON in ASCII, so that lone surrogates in payloads survive. Writes over whatever the file holds. */
    public void write(Path file) throws IOException {
        Files.writeString(file, Json.mapper().writer().withDefaultPrettyPrinter()
                .with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(this) + "\n");
    }

    /**
     * @throws InvalidFileException if the file is missing, cut off, no counterexample, or of another format; the message is
     *                              one line that names the file
     */
    public static SavedCounterexample read(Path file) throws InvalidFileException {
        JsonNode json;
        try {
            json = Json.mapper().readTree(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (JsonEOFException e) {
            throw new InvalidFileException(file, "is cut off", e);
        } catch (JsonParseException e) {
            throw new InvalidFileException(file, "is not a counterexample of or3-tck, or is corrupt at line "
                    + e.getLocation().getLineNr(), e);
        } catch (NoSuchFileException e) {
            throw new InvalidFileException(file, "does not exist", e);
        } catch (AccessDeniedException e) {
            throw new InvalidFileException(file, "may not be read", e);
        } catch (IOException e) {
            throw new InvalidFileException(file, Files.isDirectory(file) ? "is a folder, not a counterexample"
                    : "cannot be read: " + e.getMessage(), e);
        }
        String format = json.path("format").asText();
        if (!format.startsWith(FORMAT_NAME)) {
            throw new InvalidFileException(file, "is not a counterexample of or3-tck", null);
        }
        if (!format.equals(FORMAT)) {
            throw new InvalidFileException(file, "has format " + format + ", but this kit reads " + FORMAT
                    + ": use the or3-tck that wrote it", null);
        }
        return parse(file, json);
    }

    private static SavedCounterexample parse(Path file, JsonNode json) throws InvalidFileException {
        try {
            SavedCounterexample saved = Json.mapper().treeToValue(json, SavedCounterexample.class);
            if (saved.rule() == null || saved.plan() == null) {
                throw new InvalidFileException(file, "is corrupt: the " + (saved.rule() == null ? "rule" : "plan")
                        + " is missing", null);
            }
            return saved;
        } catch (JsonMappingException e) {
            String place = e.getPath().stream().map(JsonMappingException.Reference::getFieldName)
                    .filter(Objects::nonNull).collect(Collectors.joining("."));
            throw new InvalidFileException(file, "is corrupt: " + place + " is missing or wrong", e);
        } catch (JsonProcessingException e) {
            throw new InvalidFileException(file, "is corrupt: " + e.getOriginalMessage(), e);
        }
    }

    /** A file that holds no counterexample that this kit can run. */
    public static final class InvalidFileException extends IOException {
        private static final long serialVersionUID = 1L;

        InvalidFileException(Path file, String what, Throwable cause) {
            super(file + " " + what, cause);
        }
    }
}
