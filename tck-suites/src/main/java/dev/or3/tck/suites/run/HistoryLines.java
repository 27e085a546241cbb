package dev.or3.tck.suites.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.suites.run.HistoryFileException.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The readable form of a history: one JSON value on each line. */
final class HistoryLines {
    static final String FORMAT = "or3-tck-history/1";
    private static final String FORMAT_NAME = "or3-tck-history/";

    private static final JsonMapper MAPPER = Json.mapper().rebuild()
            .addMixIn(Call.class, TypedCall.class)
            .addMixIn(Event.class, PlainEvent.class)
            .addMixIn(Call.Transfer.class, PlainTransfer.class)
            .addMixIn(JsonText.class, TextAsItWas.class)
            .addModule(new SimpleModule()
                    .addSerializer(JsonText.class, new ReadableText.Writer())
                    .addSerializer(Call.Rows.class, new ReadableRows.Writer())
                    .addDeserializer(Call.Rows.class, new ReadableRows.Reader()))
            .build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "call")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Call.Push.class, name = "push"),
        @JsonSubTypes.Type(value = Call.Pull.class, name = "pull"),
        @JsonSubTypes.Type(value = Call.MoveCursor.class, name = "moveCursor"),
        @JsonSubTypes.Type(value = Call.Collect.class, name = "collect"),
        @JsonSubTypes.Type(value = Call.Snapshot.class, name = "snapshot"),
        @JsonSubTypes.Type(value = Call.Inspect.class, name = "inspect"),
        @JsonSubTypes.Type(value = Call.Raw.class, name = "raw"),
        @JsonSubTypes.Type(value = Call.Ask.class, name = "ask"),
        @JsonSubTypes.Type(value = Call.Transfer.class, name = "transfer"),
        @JsonSubTypes.Type(value = Call.Arranged.class, name = "arranged"),
        @JsonSubTypes.Type(value = Call.Clock.class, name = "clock"),
        @JsonSubTypes.Type(value = Call.Restart.class, name = "restart"),
        @JsonSubTypes.Type(value = Call.Start.class, name = "start"),
        @JsonSubTypes.Type(value = Call.Disturb.class, name = "disturb")})
    private interface TypedCall {
    }

    @JsonIgnoreProperties("ok")
    private interface PlainEvent {
    }

    @JsonIgnoreProperties({"upload", "done"})
    private interface PlainTransfer {
    }

    @JsonDeserialize(using = ReadableText.Reader.class)
    private interface TextAsItWas {
    }

    private record Line(String format, History.Header header, History.Sent operation, Event event, End end) {
        static Line of(History.Header header) {
            return new Line(FORMAT, header, null, null, null);
        }

        static Line of(History.Sent operation) {
            return new Line(null, null, operation, null, null);
        }

        static Line of(Event event) {
            return new Line(null, null, null, event, null);
        }
    }

    private record End(int operations, int events) {
    }

    private HistoryLines() {
    }

    static void write(History history, Writer writer) throws IOException {
        writeLine(Line.of(history.header()), writer);
        for (History.Sent sent : history.operations()) {
            writeLine(Line.of(sent), writer);
        }
        for (Event event : history.events()) {
            writeLine(Line.of(event), writer);
        }
        writeLine(new Line(null, null, null, null, new End(history.operations().size(), history.events().size())), writer);
    }

    private static void writeLine(Line line, Writer writer) throws IOException {
        writer.append(escapeLoneSurrogates(MAPPER.writeValueAsString(line))).append('\n');
    }

    /** UTF-8 cannot hold lone surrogates, and in JSON they can only stand within a text, where an escape is the same. */
    private static String escapeLoneSurrogates(String json) {
        if (!TextCoding.hasLoneSurrogate(json)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder();
        json.codePoints().forEach(point -> {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                escaped.append(String.format("\\u%04x", point));
            } else {
                escaped.appendCodePoint(point);
            }
        });
        return escaped.toString();
    }

    static History read(Path file, InputStream stream) throws IOException {
        History.Header header = null;
        List<History.Sent> operations = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        int number = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)))) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                number++;
                if (number == 1) {
                    header = readFirst(file, text);
                    continue;
                }
                Line line = MAPPER.readValue(text, Line.class);
                if (line.operation() != null) {
                    operations.add(line.operation());
                } else if (line.event() != null) {
                    events.add(line.event());
                } else if (line.end() != null) {
                    if (line.end().operations() != operations.size() || line.end().events() != events.size()) {
                        throw corrupt(file, number, "the counts at the end do not fit", null);
                    }
                    return end(file, lines.readLine(), number + 1, new History(header, List.copyOf(operations),
                            List.copyOf(events)));
                } else {
                    throw corrupt(file, number, "neither operation, event nor end", null);
                }
            }
        } catch (CharacterCodingException e) {
            throw corrupt(file, number + 1, "not UTF-8", e);
        } catch (JsonProcessingException e) {
            throw corrupt(file, number, e.getOriginalMessage().lines().findFirst().orElse("not JSON"), e);
        }
        throw new HistoryFileException(file, Problem.TRUNCATED, "is cut off: line " + number + " is the last");
    }

    private static History end(Path file, String following, int number, History history) throws HistoryFileException {
        if (following != null) {
            throw corrupt(file, number, "something follows the end of the history", null);
        }
        return history;
    }

    private static History.Header readFirst(Path file, String text) throws IOException {
        JsonNode format;
        try {
            format = MAPPER.readTree(text).path("format");
        } catch (JsonProcessingException e) {
            throw new HistoryFileException(file, Problem.NOT_A_HISTORY, "is not a history of or3-tck", e);
        }
        if (!format.asText().startsWith(FORMAT_NAME)) {
            throw new HistoryFileException(file, Problem.NOT_A_HISTORY, "is not a history of or3-tck");
        }
        if (!format.asText().equals(FORMAT)) {
            throw new HistoryFileException(file, Problem.NEWER_FORMAT, "has history format " + format.asText()
                    + ", but this kit reads " + FORMAT + ": use a newer or3-tck");
        }
        Line line = MAPPER.readValue(text, Line.class);
        if (line.header() == null) {
            throw corrupt(file, 1, "the header is missing", null);
        }
        return line.header();
    }

    private static HistoryFileException corrupt(Path file, int line, String why, Throwable cause) {
        return new HistoryFileException(file, Problem.CORRUPT, "is corrupt at line " + line + ": " + why, cause);
    }
}
