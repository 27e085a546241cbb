package dev.or3.tck.matrix.source;

import com.caoccao.javet.swc4j.Swc4j;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAst;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAstProgram;
import com.caoccao.javet.swc4j.ast.visitors.ISwc4jAstVisitor;
import com.caoccao.javet.swc4j.enums.Swc4jParseMode;
import com.caoccao.javet.swc4j.exceptions.Swc4jCoreException;
import com.caoccao.javet.swc4j.options.Swc4jParseOptions;
import com.caoccao.javet.swc4j.outputs.Swc4jParseOutput;
import com.caoccao.javet.swc4j.span.Swc4jSpan;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parsed code. Immutable. */
final class Script {
    /** SWC's messages say where, and then show the code; the address stands for code that has no file. */
    private static final Pattern WHERE = Pattern.compile("(?s)(.*?)\\s+at file:///\\S+:(\\d+):(\\d+)\\b.*");
    private static final Swc4j PARSER = new Swc4j();

    /** Null if nobody asks for it. */
    private final ISwc4jAstProgram<? extends ISwc4jAst> program;
    private final boolean module;

    private Script(Swc4jParseOutput parsed) {
        program = parsed.getProgram();
        module = parsed.getParseMode() == Swc4jParseMode.Module;
    }

    /**
     * Parses code, as a module or as a script, whichever it is.
     *
     * @param listed whether anybody will ask what it says; to carry its tree over takes five times as long as to parse it
     * @throws UnreadableException if it is not of that dialect
     */
    static Script parse(String code, Dialect dialect, boolean listed) throws UnreadableException {
        try {
            return new Script(PARSER.parse(code, new Swc4jParseOptions().setMediaType(dialect.mediaType())
                    .setParseMode(Swc4jParseMode.Program).setCaptureAst(listed)));
        } catch (Swc4jCoreException e) {
            Matcher where = WHERE.matcher(e.getMessage());
            throw where.matches()
                    ? new UnreadableException(
                            new Place(Integer.parseInt(where.group(2)), Integer.parseInt(where.group(3)), 0),
                            oneLine(where.group(1)), e)
                    : new UnreadableException(Place.TOP, oneLine(e.getMessage()), e);
        }
    }

    /** Only the first line says something; a picture of the code may follow. */
    private static String oneLine(String message) {
        return message.strip().lines().findFirst().orElse("").replaceFirst("^SyntaxError: ", "");
    }

    /** Whether it has imports or exports of its own, and so is surely no CommonJS. */
    boolean isModule() {
        return module;
    }

    /** The modules it names, in its order. */
    List<ModuleUse> moduleUses() {
        ModuleUseCollector collector = new ModuleUseCollector();
        visit(collector);
        return collector.found();
    }

    /** What else it says, in its order. */
    List<Mention> mentions() {
        MentionCollector collector = new MentionCollector();
        visit(collector);
        return collector.found();
    }

    private void visit(ISwc4jAstVisitor visitor) {
        if (program != null) {
            program.visit(visitor);
        }
    }

    static Place place(Swc4jSpan span) {
        return new Place(span.getLine(), span.getColumn(), span.getColumn() + span.getEnd() - span.getStart());
    }
}
