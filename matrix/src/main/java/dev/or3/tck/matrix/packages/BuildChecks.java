package dev.or3.tck.matrix.packages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.matrix.source.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** PKG-06: the package builds and type-checks on its own. */
final class BuildChecks {
    private static final String TSCONFIG = "tsconfig.json";
    private static final String SCRIPTS = "scripts";
    private static final String BUILD = "build(:.*)?|prepack|prepare";
    private static final String TYPE_CHECK = "type-?check|check:types|types?:check|tsc|lint:types";
    /** What writes declarations, by itself or when told so. */
    private static final Pattern DECLARES = Pattern.compile("\\b(tsc|vue-tsc|unbuild|nuxt-module-build|nuxt-build-module"
            + "|mkdist|tsdown|rollup-plugin-dts|api-extractor|dts-bundle-generator|dts)\\b");
    private static final Pattern BUN_BUILD = Pattern.compile("\\bbun\\s+build\\b|\\bBun\\.build\\b");

    private final ProviderPackage checked;

    private BuildChecks(ProviderPackage checked) {
        this.checked = checked;
    }

    static void run(ProviderPackage checked) throws IOException {
        BuildChecks checks = new BuildChecks(checked);
        checks.tsconfig();
        checks.scripts();
        LockFile.check(checked.directory(), checked.manifest(), checked::note).forEach(checked.findings()::add);
    }

    private void tsconfig() throws IOException {
        Path file = checked.directory().resolve(TSCONFIG);
        if (!Files.isRegularFile(file)) {
            checked.addAt(Check.TSCONFIG, List.of("name"), "has no " + TSCONFIG,
                    "Add one that needs nothing beside the package");
            return;
        }
        try {
            JsonDocument config = JsonDocument.read(file);
            JsonNode parents = config.at("extends");
            if (parents.isArray()) {
                parents.forEach(parent -> parent(config, parent.asText()));
            } else {
                parent(config, parents.asText());
            }
        } catch (JsonProcessingException e) {
            checked.add(Check.TSCONFIG, TSCONFIG, Place.line(e.getLocation().getLineNr()), "cannot be parsed: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""), "Correct it");
        }
    }

    private void parent(JsonDocument config, String parent) {
        if (parent.startsWith("/") || parent.startsWith(".") && Path.of(parent).normalize().startsWith("..")) {
            checked.add(Check.TSCONFIG, TSCONFIG, config.place("extends"), "extends '" + parent + "', outside the package",
                    "Write down what the package needs, so that it type-checks without its neighbours");
        }
    }

    private void scripts() {
        Map<String, String> builds = checked.manifest().scripts(BUILD);
        if (builds.isEmpty()) {
            checked.addAt(Check.SCRIPTS, List.of(SCRIPTS), "has no build script", "Add build to its scripts");
        }
        if (checked.manifest().scripts(TYPE_CHECK).isEmpty()) {
            checked.addAt(Check.SCRIPTS, List.of(SCRIPTS), "has no script that type-checks",
                    "Add \"typecheck\": \"tsc --noEmit\"");
        }
        boolean declared = builds.values().stream().anyMatch(command -> DECLARES.matcher(command.replaceAll(
                "tsc[^&;|]*--noEmit", "")).find());
        builds.forEach((name, command) -> {
            if (BUN_BUILD.matcher(command).find() && !declared) {
                checked.addAt(Check.DECLARATION_STRATEGY, List.of(SCRIPTS, name),
                        "builds with bun build alone, which writes no .d.ts",
                        "Add a step that does, such as tsc --emitDeclarationOnly");
            }
        });
    }
}
