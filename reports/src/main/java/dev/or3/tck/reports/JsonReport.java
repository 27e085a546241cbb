package dev.or3.tck.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.result.Report;
import dev.or3.tck.api.result.RuleResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * {@code report.json}: the result model as it is. A rule always shows its message and counterexample, if only as null.
 * Safe for use by several threads.
 */
public final class JsonReport {
    public static final String FILE_NAME = "report.json";

    private static final JsonMapper MAPPER = mapper();
    private static final ObjectWriter WRITER = MAPPER.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n")).withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private JsonReport() {
    }

    private static JsonMapper mapper() {
        JsonMapper mapper = Json.mapper().copy();
        mapper.configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
        var always = JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS);
        mapper.configOverride(Report.class).setInclude(always);
        mapper.configOverride(RuleResult.class).setInclude(always);
        return mapper;
    }

    /** The text of the file, ending in a line break. */
    public static String render(Report report) {
        try {
            return Visible.escaped(WRITER.writeValueAsString(report)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the report cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads a report that this format's version wrote.
     *
     * @throws ReportException if there is no such file, it was cut off, or it is no report of this version
     */
    public static Report read(Path file) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new ReportException("there is no report at " + file + ": name a " + FILE_NAME, e);
        } catch (IOException e) {
            throw new ReportException(file + " cannot be read (" + e + "): name a " + FILE_NAME, e);
        }
        return parse(text, file.toString());
    }

    /**
     * Reads a report from its text.
     *
     * @param name what messages call it
     * @throws ReportException as {@link #read} does
     */
    public static Report parse(String text, String name) {
        JsonNode tree = tree(text, name);
        String format = tree.path("format").asText();
        if (!tree.isObject() || !format.startsWith("or3-tck-report/")) {
            throw new ReportException(name + " is no or3-tck report: it has no \"format\": \"" + Report.FORMAT + "\"");
        }
        if (!format.equals(Report.FORMAT)) {
            throw new ReportException(name + " has the format " + Visible.line(format, 60) + ", and this kit reads "
                    + Report.FORMAT + ": read it with the kit that wrote it");
        }
        if (!tree.path("complete").asBoolean(false)) {
            throw cutOff(name, null);
        }
        try {
            return MAPPER.treeToValue(tree, Report.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new ReportException(name + " is not a sound report: " + where(e), e);
        }
    }

    private static JsonNode tree(String text, String name) {
        try {
            JsonNode tree = MAPPER.readTree(text);
            if (tree.isMissingNode()) {
                throw new ReportException(name + " is empty: run certify again");
            }
            return tree;
        } catch (JsonParseException e) {
            boolean endsEarly = e instanceof JsonEOFException || !text.stripTrailing().endsWith("}");
            if (text.startsWith("{") && endsEarly) {
                throw cutOff(name, e);
            }
            throw new ReportException(name + " is no JSON (line " + e.getLocation().getLineNr() + ")", e);
        } catch (JsonProcessingException e) {
            throw new ReportException(name + " is no JSON: " + Visible.line(e.getOriginalMessage(), 200), e);
        }
    }

    private static ReportException cutOff(String name, Throwable cause) {
        return new ReportException(name + " was cut off (it does not end in \"complete\": true): run certify again", cause);
    }

    private static String where(Exception e) {
        if (!(e instanceof JsonMappingException)) {
            return Visible.line(e.getMessage(), 200);
        }
        JsonMappingException mapping = (JsonMappingException) e;
        String path = mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return (path.startsWith(".") ? path.substring(1) : path) + ": " + Visible.line(mapping.getOriginalMessage(), 200);
    }
}
