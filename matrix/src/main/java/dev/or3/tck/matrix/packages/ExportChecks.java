package dev.or3.tck.matrix.packages;

import dev.or3.tck.matrix.packages.Manifest.Target;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** PKG-01, as far as the manifest says it: name, module type, exports, types, built files, the framework as peer. */
final class ExportChecks {
    private static final String NUXT = "nuxt";
    private static final String SOURCE = ".*(?<!\\.d)\\.[cm]?tsx?";
    private static final String SCRIPT = ".*\\.[cm]?js";
    /** What a compiler takes before it gets to the types behind it. */
    private static final Set<String> TAKEN_FIRST = Set.of("default", "import", "require", "node");

    private final ProviderPackage checked;
    private final Manifest manifest;
    private final List<Target> targets;

    private ExportChecks(ProviderPackage checked) {
        this.checked = checked;
        manifest = checked.manifest();
        targets = Stream.of(manifest.exports(), manifest.entries(), manifest.commands()).flatMap(List::stream).toList();
    }

    static void run(ProviderPackage checked) {
        ExportChecks checks = new ExportChecks(checked);
        checks.identity();
        checks.exports();
        checks.targets.forEach(checks::target);
        checks.declarations();
    }

    private void identity() {
        if (!manifest.name().matches("(@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*")) {
            checked.addAt(Check.MANIFEST, List.of("name"), "has no name that npm takes",
                    "Name the package, such as or3-provider-mine");
        }
        if (!manifest.json().at("version").asText().matches("\\d+\\.\\d+\\.\\d+([-+].*)?")) {
            checked.addAt(Check.MANIFEST, List.of("version"), "has no version", "Add one, such as 0.1.0");
        }
        if (!manifest.json().at("type").asText().equals("module")) {
            checked.addAt(Check.MODULE_TYPE, List.of("type"), "is no ES module", "Say \"type\": \"module\"");
        }
        if (!manifest.has(Manifest.PEERS, NUXT)) {
            checked.addAt(Check.FRAMEWORK_PEER, List.of(Manifest.PEERS), "does not name nuxt as a peer",
                    "Add nuxt to peerDependencies: the host has it already, in its own version");
        }
        if (manifest.has(Manifest.DEPENDENCIES, NUXT)) {
            checked.addAt(Check.FRAMEWORK_PEER, List.of(Manifest.DEPENDENCIES, NUXT), "brings a nuxt of its own",
                    "Move it to peerDependencies");
        }
    }

    private void exports() {
        if (manifest.exports().stream().noneMatch(target -> "./nuxt".equals(target.subpath()))) {
            checked.addAt(Check.NUXT_EXPORT, List.of("exports"), "does not export ./nuxt",
                    "Export the Nuxt module: "
                            + "\"./nuxt\": { \"types\": \"./dist/nuxt.d.ts\", \"default\": \"./dist/nuxt.js\" }");
        }
    }

    private void target(Target target) {
        String what = target.subpath() == null ? target.pointer().get(0) : target.subpath();
        if (target.subpath() != null && !target.file().startsWith("./")) {
            checked.addAt(Check.EXPORT_TARGETS, target.pointer(), what + " is exported from '" + target.file()
                    + "', which is no path in the package", "Begin it with ./");
        } else if (target.file().matches(SOURCE)) {
            checked.addAt(Check.EXPORT_TARGETS, target.pointer(), what + " names '" + target.file() + "', which is source",
                    "Name the file that the build makes of it");
        } else if (!isPacked(target.file())) {
            checked.addAt(Check.EXPORT_TARGETS, target.pointer(), what + " names '" + target.file()
                    + "', which is not packed",
                    "Build the package, and look at files and .npmignore");
        }
    }

    private boolean isPacked(String file) {
        return file.contains("*") ? checked.packed().hasLike(file) : checked.packed().has(file);
    }

    private void declarations() {
        List<Target> scripts = new ArrayList<>(manifest.exports());
        scripts.removeIf(target -> !target.file().matches(SCRIPT) || target.file().contains("*") || target.isTypes());
        for (Target script : scripts) {
            if (manifest.exports().stream().noneMatch(other -> other.isTypes() && other.subpath().equals(script.subpath()))
                    && !hasSiblingTypes(script.file())
                    && !(script.subpath().equals(".") && manifest.json().at("types").isTextual())) {
                checked.addAt(Check.DECLARATIONS, script.pointer(), script.subpath()
                        + " has no types: neither a types condition nor declarations beside '" + script.file() + "'",
                        "Let the build write .d.ts files, and pack them");
            }
        }
        manifest.exports().stream().filter(Target::isTypes).forEach(this::first);
    }

    private boolean hasSiblingTypes(String script) {
        String bare = script.replaceFirst("\\.([cm]?)js$", "");
        return Stream.of(".d.ts", ".d.mts", ".d.cts").anyMatch(ending -> checked.packed().has(bare + ending));
    }

    private void first(Target types) {
        List<String> parent = types.pointer().subList(0, types.pointer().lastIndexOf("types"));
        Iterator<String> names = manifest.json().at(parent.toArray(String[]::new)).fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (name.equals("types")) {
                return;
            }
            if (TAKEN_FIRST.contains(name)) {
                checked.addAt(Check.DECLARATIONS, types.pointer(), "the types of " + types.subpath() + " stand behind "
                        + name + ", so that no compiler gets to them", "Put types first");
                return;
            }
        }
    }
}
