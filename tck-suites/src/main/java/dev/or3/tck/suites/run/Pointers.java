package dev.or3.tck.suites.run;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON pointers in which a segment {@code [name!=text]} stands for the first element whose field is not that. */
final class Pointers {
    private static final Pattern CHOICE = Pattern.compile("/\\[(\\w+)!=(\\w+)]");

    private Pointers() {
    }

    /** What it points at; a missing node if there is nothing. */
    static JsonNode at(JsonNode node, String pointer) {
        Matcher choice = CHOICE.matcher(pointer);
        if (!choice.find()) {
            return node.at(JsonPointer.compile(pointer));
        }
        for (JsonNode element : node.at(JsonPointer.compile(pointer.substring(0, choice.start())))) {
            if (!element.path(choice.group(1)).asText().equals(choice.group(2))) {
                return at(element, pointer.substring(choice.end()));
            }
        }
        return MissingNode.getInstance();
    }
}
