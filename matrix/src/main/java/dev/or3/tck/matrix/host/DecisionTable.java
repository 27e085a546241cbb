package dev.or3.tck.matrix.host;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** The written table by which a host decides; {@code decisions.yaml} says what it means. Immutable. */
record DecisionTable(List<Row> rows) {
    private static final DecisionTable CURRENT = load();

    DecisionTable {
        rows = List.copyOf(rows);
    }

    /** The table of this host. */
    static DecisionTable current() {
        return CURRENT;
    }

    /** How a switch is set. */
    enum Enabled { NO, YES, UNREADABLE, NONE }

    /** How the axis stands that another one stands on. */
    enum Gate { ON, OFF, NONE }

    /** How a provider is named. */
    enum Named { UNSET, UNKNOWN, UNREGISTERED, UNFIT, REGISTERED }

    /** What is decided. */
    enum Outcome { ON, OFF, WARN, ERROR }

    /**
     * How the variables of an axis are set.
     *
     * @param axis which one
     */
    record Situation(Axis axis, Enabled enabled, Gate gate, Named provider) {
    }

    record Row(@JsonProperty("axis") List<Axis> axes, List<Enabled> enabled, List<Gate> gate, List<Named> provider,
            Outcome strict, Outcome lenient, String says) {

        boolean fits(Situation situation) {
            return fits(axes, situation.axis()) && fits(enabled, situation.enabled()) && fits(gate, situation.gate())
                    && fits(provider, situation.provider());
        }

        private static <T> boolean fits(List<T> wanted, T given) {
            return wanted == null || wanted.contains(given);
        }

        Outcome outcome(boolean isStrict) {
            return isStrict ? strict : lenient;
        }
    }

    /** The row that decides. */
    Row rowFor(Situation situation) {
        return rows.stream().filter(row -> row.fits(situation)).findFirst().orElseThrow(() -> new IllegalStateException(
                "no row of the decision table fits " + situation.toString().toLowerCase(Locale.ROOT)));
    }

    private static DecisionTable load() {
        try (InputStream file = DecisionTable.class.getResourceAsStream("decisions.yaml")) {
            return YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build().readValue(file, DecisionTable.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the decision table cannot be read", e);
        }
    }
}
