package dev.or3.tck.matrix.packages;

import dev.or3.tck.matrix.source.Mention;
import dev.or3.tck.matrix.source.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** PKG-04: what the README tells whoever installs the package. */
final class ReadmeChecks {
    /** Not the provider's: Node, CI systems and bundlers set them. */
    private static final Set<String> OF_OTHERS = Set.of("NODE_ENV", "CI", "DEV", "PROD", "MODE", "SSR", "BASE_URL", "HOME",
            "PATH", "TZ", "DEBUG", "NO_COLOR", "FORCE_COLOR", "VITEST", "npm_config_user_agent");
    private static final Map<String, String> OF_STORAGE = Map.of("migrat", "how its migrations run", "back-?\\s?up",
            "how its data is backed up", "schema|tables", "the schema of its tables");

    private final ProviderPackage checked;
    private final String name;
    private final String text;

    private ReadmeChecks(ProviderPackage checked, String name, String text) {
        this.checked = checked;
        this.name = name;
        this.text = text;
    }

    static void run(ProviderPackage checked) throws IOException {
        Optional<String> readme = checked.readme();
        if (readme.isEmpty()) {
            checked.addAt(Check.README, List.of("name"), "has no README.md",
                    "Write how to install, configure and wire it up");
            return;
        }
        ReadmeChecks checks = new ReadmeChecks(checked, readme.get(),
                new String(Files.readAllBytes(checked.directory().resolve(readme.get())), StandardCharsets.UTF_8));
        checks.install();
        checks.environment();
        checks.integration();
        if (checked.keepsData()) {
            OF_STORAGE.forEach(checks::storage);
        }
    }

    private boolean says(String pattern) {
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(text).find();
    }

    private void missing(Check check, String what, String advice) {
        checked.add(check, name, Place.TOP, "does not tell " + what, advice);
    }

    private String packageName() {
        return Pattern.quote(checked.manifest().name());
    }

    private void install() {
        if (!says("\\b(bun|npm|pnpm|yarn|nuxi|nuxt)\\b[^\\n]*\\b(add|i|install)\\b[^\\n]*" + packageName())) {
            missing(Check.README_INSTALL, "how to install it",
                    "Show the command, such as bun add " + checked.manifest().name());
        }
    }

    private void environment() {
        Set<String> told = new LinkedHashSet<>();
        checked.product().forEach((file, source) -> source.mentions().stream()
                .filter(mention -> mention.kind() == Mention.Kind.ENVIRONMENT_VARIABLE)
                .filter(mention -> !OF_OTHERS.contains(mention.text()))
                .filter(mention -> !says("(?<![A-Za-z0-9_])" + Pattern.quote(mention.text()) + "(?![A-Za-z0-9_])"))
                .filter(mention -> told.add(mention.text()))
                .forEach(mention -> checked.add(Check.README_ENVIRONMENT, file, mention.place(), "reads " + mention.text()
                        + ", which " + name + " does not tell of", "Say there what it is for and whether it must be set")));
    }

    private void integration() {
        if (!says(packageName() + "/nuxt")) {
            missing(Check.README_INTEGRATION, "how a host takes it in",
                    "Show '" + checked.manifest().name() + "/nuxt' in or3.providers.generated.ts");
        }
    }

    private void storage(String pattern, String what) {
        if (!says(pattern)) {
            missing(Check.README_STORAGE, what, "A provider that keeps data is run by somebody: add a section");
        }
    }
}
