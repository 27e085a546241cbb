package dev.or3.tck.matrix.source;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What a file of TypeScript, JavaScript or Vue says. Immutable. */
public final class SourceFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final List<ModuleUse> moduleUses;
    private final List<Mention> mentions;
    private final boolean module;

    private SourceFile(List<Script> scripts, List<ModuleUse> sources) {
        List<ModuleUse> uses = new ArrayList<>(sources);
        scripts.forEach(script -> uses.addAll(script.moduleUses()));
        moduleUses = List.copyOf(uses);
        mentions = scripts.stream().flatMap(script -> script.mentions().stream()).toList();
        module = scripts.stream().anyMatch(Script::isModule);
    }

    /** Whether a file of that name is source code. */
    public static boolean isSource(String name) {
        return isVue(name) || Dialect.ofFile(name).isPresent();
    }

    private static boolean isVue(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(Dialect.VUE);
    }

    /**
     * Reads a file whole. Safe for use by several threads.
     *
     * @throws UnreadableException if it cannot be read, is not UTF-8, or cannot be parsed
     */
    public static SourceFile read(Path file) throws UnreadableException {
        return read(file, text -> true);
    }

    /**
     * Reads a file whole, but lists what it says only where that is worth the time. Safe for use by several threads.
     *
     * @param worthListing whether to list what a file of this text says; if not, it says nothing
     * @throws UnreadableException if it cannot be read, is not UTF-8, or cannot be parsed
     */
    public static SourceFile read(Path file, Predicate<String> worthListing) throws UnreadableException {
        String text = text(file);
        return DeepStack.call(() -> parse(text, file, worthListing.test(text)));
    }

    private static SourceFile parse(String text, Path file, boolean listed) throws UnreadableException {
        String name = file.getFileName().toString();
        if (isVue(name)) {
            VueFile vue = VueFile.parse(text, listed);
            return new SourceFile(vue.scripts(), vue.sources());
        }
        Dialect dialect = Dialect.ofFile(name).orElseThrow(() -> new IllegalArgumentException(name + " is no source code"));
        return new SourceFile(List.of(Script.parse(text, dialect, listed)), List.of());
    }

    private static String text(Path file) throws UnreadableException {
        try {
            String text = Files.readString(file);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UnreadableException(Place.TOP, "is not UTF-8", e);
        } catch (IOException e) {
            throw new UnreadableException(Place.TOP, "cannot be opened (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** The modules it names, in its order. */
    public List<ModuleUse> moduleUses() {
        return moduleUses;
    }

    /** What else it says that packages are judged by, in its order. */
    public List<Mention> mentions() {
        return mentions;
    }

    /** Whether it has imports or exports of its own, and so is surely no CommonJS. */
    public boolean isModule() {
        return module;
    }
}
