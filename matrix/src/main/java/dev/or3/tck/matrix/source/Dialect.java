package dev.or3.tck.matrix.source;

import com.caoccao.javet.swc4j.enums.Swc4jMediaType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a script is written in. */
enum Dialect {
    /** With JSX, which takes nothing away from it. */
    JAVASCRIPT(Swc4jMediaType.Jsx),
    TYPESCRIPT(Swc4jMediaType.TypeScript),
    /** Not for all TypeScript: its casts in angle brackets look like tags. */
    TSX(Swc4jMediaType.Tsx),
    DECLARATIONS(Swc4jMediaType.Dts);

    static final String VUE = ".vue";

    private static final Map<String, Dialect> BY_LANGUAGE = Map.of("js", JAVASCRIPT, "jsx", JAVASCRIPT, "javascript",
            JAVASCRIPT, "ts", TYPESCRIPT, "typescript", TYPESCRIPT, "tsx", TSX);
    private static final Map<String, Dialect> BY_SUFFIX = Map.of(".js", JAVASCRIPT, ".mjs", JAVASCRIPT, ".cjs", JAVASCRIPT,
            ".jsx", JAVASCRIPT, ".ts", TYPESCRIPT, ".mts", TYPESCRIPT, ".cts", TYPESCRIPT, ".tsx", TSX);
    private static final Set<String> OF_DECLARATIONS = Set.of(".d.ts", ".d.mts", ".d.cts");

    private final Swc4jMediaType mediaType;

    Dialect(Swc4jMediaType mediaType) {
        this.mediaType = mediaType;
    }

    Swc4jMediaType mediaType() {
        return mediaType;
    }

    static Optional<Dialect> ofFile(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OF_DECLARATIONS.stream().anyMatch(lower::endsWith) ? Optional.of(DECLARATIONS)
                : Optional.ofNullable(BY_SUFFIX.get(lower.substring(Math.max(0, lower.lastIndexOf('.')))));
    }

    /** What {@code <script lang="…">} names; without a name it is JavaScript. */
    static Optional<Dialect> ofLanguage(String name) {
        return name.isEmpty() ? Optional.of(JAVASCRIPT)
                : Optional.ofNullable(BY_LANGUAGE.get(name.toLowerCase(Locale.ROOT)));
    }
}
