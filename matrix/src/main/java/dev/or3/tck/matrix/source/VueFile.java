package dev.or3.tck.matrix.source;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.parser.Tag;
import org.jsoup.parser.TagSet;

/** The script blocks of a Vue file. */
final class VueFile {
    private static final String SCRIPT = "script";
    private static final String SOURCE = "src";

    private final List<Script> scripts = new ArrayList<>();
    private final List<ModuleUse> sources = new ArrayList<>();

    private VueFile() {
    }

    /**
     * Reads the blocks at the top level, which alone belong to the component.
     *
     * @throws UnreadableException if a block is not closed, is of an unknown language, or cannot be parsed
     */
    static VueFile parse(String text, boolean listed) throws UnreadableException {
        VueFile file = new VueFile();
        for (Element block : blocks(text)) {
            file.add(block, text, listed);
        }
        return file;
    }

    /** Not as HTML, whose parser rearranges what components may well contain, such as tags that close themselves. */
    private static List<Element> blocks(String text) {
        TagSet tags = new TagSet();
        tags.add(new Tag(SCRIPT, Parser.NamespaceXml).set(Tag.Data));
        tags.add(new Tag("style", Parser.NamespaceXml).set(Tag.Data));
        Document document = Parser.xmlParser().tagSet(tags).setTrackPosition(true).parseInput(text, "");
        return document.children();
    }

    private void add(Element block, String text, boolean listed) throws UnreadableException {
        if (!block.endSourceRange().isTracked() || block.endSourceRange().isImplicit() && !closesItself(block, text)) {
            throw new UnreadableException(place(text, block.sourceRange().startPos()),
                    "<" + block.tagName() + "> is never closed", null);
        }
        if (!block.normalName().equals(SCRIPT)) {
            return;
        }
        Place start = place(text, block.sourceRange().startPos());
        if (block.hasAttr(SOURCE)) {
            sources.add(new ModuleUse(ModuleUse.Kind.SCRIPT_SOURCE, block.attr(SOURCE), true, start));
        }
        Dialect dialect = Dialect.ofLanguage(block.attr("lang")).orElse(null);
        if (dialect == null) {
            throw new UnreadableException(start, "<script lang=\"" + block.attr("lang")
                    + "\"> is of a language that is not read",
                    null);
        }
        scripts.add(Script.parse(content(block, text), dialect, listed));
    }

    private static boolean closesItself(Element block, String text) {
        return text.substring(block.sourceRange().startPos(), block.sourceRange().endPos()).endsWith("/>");
    }

    private static String content(Element block, String text) {
        int start = block.sourceRange().endPos();
        // The range of the end tag of raw text begins too early.
        return alone(text, start, Math.max(start, text.lastIndexOf("</", block.endSourceRange().endPos())));
    }

    /** One block with blanks in place of all before it, so that what is found in it stands where it stands in the file. */
    private static String alone(String text, int start, int end) {
        StringBuilder blanks = new StringBuilder(end);
        text.substring(0, start).codePoints()
                .forEach(point -> blanks.append(point == '\n' || point == '\r' ? (char) point : ' '));
        return blanks.append(text, start, end).toString();
    }

    private static Place place(String text, int position) {
        String before = text.substring(0, position);
        int line = (int) before.chars().filter(character -> character == '\n').count() + 1;
        int lineStart = before.lastIndexOf('\n') + 1;
        return new Place(line, before.codePointCount(lineStart, position) + 1, 0);
    }

    List<Script> scripts() {
        return List.copyOf(scripts);
    }

    List<ModuleUse> sources() {
        return List.copyOf(sources);
    }
}
