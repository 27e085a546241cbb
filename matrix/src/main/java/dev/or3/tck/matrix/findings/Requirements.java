package dev.or3.tck.matrix.findings;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The rules for source code and packages, in the order of {@code requirements.yaml}, their one source. */
public final class Requirements {
    private static final List<Requirement> ALL = load();

    private Requirements() {
    }

    /** All of them. */
    public static List<Requirement> all() {
        return ALL;
    }

    /**
     * The rule of that exact id.
     *
     * @throws IllegalArgumentException if there is no such rule
     */
    public static Requirement of(String id) {
        return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown rule '" + id + "'"));
    }

    private static List<Requirement> load() {
        try (InputStream yaml = Requirements.class.getResourceAsStream("requirements.yaml")) {
            return List.of(YAMLMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build()
                    .readValue(yaml, Requirement[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
