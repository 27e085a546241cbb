package dev.or3.tck.matrix.packages;

import dev.or3.tck.matrix.source.Mention;
import dev.or3.tck.matrix.source.ModuleUse;
import dev.or3.tck.matrix.source.ModuleUse.Kind;
import dev.or3.tck.matrix.source.SourceFile;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the code of a package asks for: files that are packed (PKG-01), nothing of a host by its path (PKG-02), packages that
 * are installed with it (PKG-03), and all of it in the manner of ES modules (PKG-06).
 */
final class ImportChecks {
    /** A package, and what is asked for in it. */
    private static final Pattern PACKAGE = Pattern.compile("^((?:@[^/]+/)?[^/@#~.][^/]*)(?:/.*)?$");
    private static final Pattern HOST_ALIAS = Pattern.compile("^(~~?|@@?)(/|$)");
    /** What comes with nuxt, and is the host's. */
    private static final Set<String> FRAMEWORK = Set.of(
            "nuxt", "vue", "vue-router", "h3", "nitropack", "nitro", "ofetch", "unctx", "unhead", "@unhead/vue",
            "@nuxt/kit", "@nuxt/schema");
    private static final Set<String> BUILT_IN = Set.of(
            "assert", "async_hooks", "buffer", "bun", "child_process", "cluster", "console", "constants", "crypto",
            "dgram", "diagnostics_channel", "dns", "events", "fs", "http", "http2", "https", "inspector", "module", "net",
            "os", "path", "perf_hooks", "process", "punycode", "querystring", "readline", "stream", "string_decoder",
            "timers", "tls", "tty", "url", "util", "v8", "vm", "worker_threads", "zlib");

    private static final String NOT_PACKED = "Build it, and look at files and .npmignore";
    private static final String DECLARATIONS = ".*\\.d\\.[cm]?ts";

    private final ProviderPackage checked;

    private ImportChecks(ProviderPackage checked) {
        this.checked = checked;
    }

    static void run(ProviderPackage checked) {
        ImportChecks checks = new ImportChecks(checked);
        checked.product().forEach(checks::anywhere);
        checked.shipped().product().forEach(checks::shipped);
    }

    private void anywhere(String file, SourceFile source) {
        source.moduleUses().stream().filter(use -> isOfHost(file, use.specifier()))
                .forEach(use -> checked.add(Check.HOST_PATHS, file, use.place(),
                        "names '" + use.specifier() + "', a path that only one host has",
                "Import a package, or take what you need from the host as an argument or by its registry"));
        if (source.isModule() || isModuleByName(file)) {
            EsModules.faults(source, isNuxtModule(file)).forEach(fault -> checked.add(fault.check(), file, fault.place(),
                    fault.text(), fault.advice()));
        }
    }

    private boolean isNuxtModule(String file) {
        return file.matches("(src/)?(module|nuxt)\\.[cm]?[jt]s") || checked.manifest().exports().stream()
                .anyMatch(target -> "./nuxt".equals(target.subpath()) && target.file().equals("./" + file));
    }

    private boolean isModuleByName(String file) {
        return file.matches(".*\\.m[jt]s")
                || file.endsWith(".js") && checked.manifest().json().at("type").asText().equals("module");
    }

    /** By an alias of the host, by an absolute path, or out of the package. */
    private static boolean isOfHost(String file, String specifier) {
        return HOST_ALIAS.matcher(specifier).find() || specifier.startsWith("/") || specifier.startsWith("file:")
                || specifier.startsWith(".") && Path.of(file).resolveSibling(specifier).normalize().startsWith("..");
    }

    private void shipped(String file, SourceFile source) {
        for (ModuleUse use : source.moduleUses()) {
            String specifier = use.specifier();
            if (!use.whole() || isOfHost(file, specifier) || use.kind() == Kind.MOCK) {
                continue;
            }
            if (specifier.startsWith(".")) {
                packed(file, use);
            } else {
                installed(file, use);
            }
        }
        if (source.mentions().stream().anyMatch(mention -> mention.kind() == Mention.Kind.RESOLVER_MAKER)) {
            source.mentions().stream().filter(mention -> mention.kind() == Mention.Kind.RESOLVED_PATH)
                    .forEach(mention -> resolved(file, mention));
        }
    }

    private void resolved(String file, Mention path) {
        if (!leaves(file, path.text()) && !isDirectory(file, path.text())
                && !checked.packed().resolves(file, path.text(), false)) {
            checked.add(Check.PACKED_IMPORTS, file, path.place(), "resolves '" + path.text() + "', which is not packed",
                    NOT_PACKED);
        }
    }

    private void packed(String file, ModuleUse use) {
        if (!checked.packed().resolves(file, use.specifier(), !use.kind().atRunTime() || file.matches(DECLARATIONS))) {
            checked.add(Check.PACKED_IMPORTS, file, use.place(), "names '" + use.specifier() + "', which is not packed",
                    NOT_PACKED);
        }
    }

    private static boolean leaves(String file, String path) {
        return Path.of(file).resolveSibling(path).normalize().startsWith("..");
    }

    private boolean isDirectory(String file, String path) {
        String directory = Path.of(file).resolveSibling(path).normalize() + "/";
        return directory.equals("/") || checked.packed().any(packed -> packed.startsWith(directory));
    }

    private void installed(String file, ModuleUse use) {
        Matcher matcher = PACKAGE.matcher(use.specifier());
        if (!matcher.matches()) {
            return;
        }
        String name = matcher.group(1);
        Manifest manifest = checked.manifest();
        if (name.contains(":") || BUILT_IN.contains(name) || FRAMEWORK.contains(name) || name.equals(manifest.name())
                || manifest.brings(name) || !use.kind().atRunTime() && manifest.brings(types(name))) {
            return;
        }
        boolean forAuthors = manifest.has(Manifest.DEV, name);
        checked.add(Check.SDK_SECTION, file, use.place(), "needs '" + name + "', which is in "
                + (forAuthors ? "devDependencies, and so not installed with the package" : "no section of package.json"),
                (forAuthors ? "Move" : "Add") + " it to dependencies, or to peerDependencies if the host is to choose");
    }

    private static String types(String name) {
        return "@types/" + name.replaceFirst("^@", "").replace("/", "__");
    }
}
