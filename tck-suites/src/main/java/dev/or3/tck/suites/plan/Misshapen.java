package dev.or3.tck.suites.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.protocol.ComponentType;
import dev.or3.tck.api.shape.Shape;
import dev.or3.tck.api.shape.Shape.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes malformed inputs out of a good one, as the shape of the method's record tells: each part of another type, missing,
 * far too long or negative, nobody in the place of the caller, another user's id in the place of their own.
 */
final class Misshapen {
    private static final String FAR_TOO_LONG = "x".repeat(Shape.FAR_TOO_LONG + 1);

    private Misshapen() {
    }

    /**
     * All ways in which the call can be malformed.
     *
     * @param good    a call that a correct provider accepts
     * @param another a user other than the acting one
     */
    static List<Action.Ask> of(Action.Ask good, String another) {
        Shape shape = shape(good);
        List<Action.Ask> bad = new ArrayList<>();
        misshape(shape, (ObjectNode) Json.parse(good.input()), input -> bad.add(
                new Action.Ask(good.component(), good.method(), good.as(), good.in(), Json.write(input), Map.of())));
        if (shape.namesActor()) {
            bad.add(new Action.Ask(good.component(), good.method(), null, null, good.input(), Map.of()));
            bad.add(new Action.Ask(good.component(), good.method(), another, AskScript.session(another), good.input(),
                    Map.of()));
        }
        return bad;
    }

    private static Shape shape(Action.Ask ask) {
        return Arrays.stream(ComponentType.values()).filter(type -> type.wireName().equals(ask.component()))
                .flatMap(type -> type.methods().stream()).filter(method -> method.getName().equals(ask.method()))
                .map(method -> Shape.of(method.getParameterTypes()[1])).findFirst().orElseThrow();
    }

    private static void misshape(Shape shape, ObjectNode good, Consumer<ObjectNode> take) {
        for (Part part : shape.parts()) {
            for (JsonNode wrong : wrong(part)) {
                take.accept(good.deepCopy().set(part.name(), wrong));
            }
            if (!part.optional() && part.kind() != Shape.Kind.ANYTHING) {
                take.accept(good.deepCopy().without(part.name()));
                take.accept(good.deepCopy().putNull(part.name()));
            }
            if (part.kind() == Shape.Kind.RECORD && good.path(part.name()) instanceof ObjectNode inner) {
                misshape(part.inner(), inner, bad -> take.accept(good.deepCopy().set(part.name(), bad)));
            }
        }
    }

    private static List<JsonNode> wrong(Part part) {
        List<JsonNode> wrong = new ArrayList<>();
        switch (part.kind()) {
            case TEXT, CHOICE -> wrong.addAll(List.of(json("{\"a\":1}"), json("[\"a\"]")));
            case NUMBER -> wrong.addAll(List.of(json("\"many\""), json("{}"), json("-1")));
            case FLAG -> wrong.addAll(List.of(json("\"maybe\""), json("{}")));
            case RECORD -> wrong.addAll(List.of(json("\"a\""), json("[]")));
            case LIST -> wrong.addAll(List.of(json("\"a\""), json("{}")));
            default -> { }
        }
        if (part.kind() == Shape.Kind.TEXT && !part.longText()) {
            wrong.add(Json.parse(Json.write(FAR_TOO_LONG)));
        }
        return wrong;
    }

    private static JsonNode json(String text) {
        return Json.parse(text);
    }

    /**
     * The good call, then a question, then malformed ones by turns with the same question.
     *
     * @param questions what is asked before and after, and must be answered alike
     * @param most      how many malformed ones at most; all, if there are no more
     */
    static void play(AskScript script, Action.Ask good, String another, List<Action.Ask> questions, int most, Dice dice) {
        script.then().ask(good);
        around(script, good, another, questions, most, dice);
    }

    /** As {@link #play}, without the good call: it is made elsewhere, for it is made once only. */
    static void around(AskScript script, Action.Ask good, String another, List<Action.Ask> questions, int most, Dice dice) {
        List<Action.Ask> bad = of(good, another);
        questions.forEach(script::ask);
        (most < bad.size() ? dice.some(bad, most) : bad).forEach(call -> {
            script.ask(call);
            questions.forEach(script::ask);
        });
    }
}
