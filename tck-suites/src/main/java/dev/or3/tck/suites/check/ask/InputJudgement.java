package dev.or3.tck.suites.check.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.protocol.ComponentType;
import dev.or3.tck.api.shape.Shape;
import dev.or3.tck.api.shape.Shape.Misfit;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Malformed input is refused with a 4xx and leaves no trace: RATE-04, TOK-04, JOB-06, NOTE-03 and their like. What is
 * malformed is told by the records of the interfaces. A trace shows where the same question, asked before and after, with
 * nothing but refusals in between, is answered otherwise.
 */
public final class InputJudgement implements Judgement {
    /** The rule of each component; those that the catalogue does not know yet are not judged. */
    private static final Map<String, String> RULES = Map.of("rateLimits", "RATE-04", "tokens", "TOK-04", "jobs", "JOB-06",
            "notifications", "NOTE-03", "storage", "STOR-09", "admin", "ADM-03", "config", "CFG-13");
    private static final Pattern QUESTION = Pattern.compile(
            "get(Stats|Job|ActiveJobCount|Workspace|Setting)|checkJobAborted|list\\w+|searchUsers|isAdmin|activeConfig");
    /** Parts of answers that change by themselves. */
    private static final List<String> TIMES = List.of("resetMs", "retryAfterMs");
    private static final int NOT_IMPLEMENTED = 501;
    private static final int REFUSALS = 400;
    private static final int FAILURES = 500;

    private static final Map<String, Shape> SHAPES = Arrays.stream(ComponentType.values())
            .flatMap(component -> component.methods().stream().map(method -> Map.entry(
                    component.wireName() + "." + method.getName(), shape(method))))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static Shape shape(Method method) {
        return Shape.of(method.getParameterTypes()[1]);
    }

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        List<AskCall> calls = AskCall.all(index.history()).stream()
                .filter(call -> findings.applies(RULES.getOrDefault(call.component(), ""))).toList();
        Set<String> accepted = new HashSet<>();
        calls.stream().filter(call -> call.isOk() && misfit(call).isEmpty()).forEach(call -> accepted.add(name(call)));
        AskFindings found = new AskFindings();
        calls.forEach(call -> misfit(call).ifPresent(misfit -> judge(call, misfit, accepted, found)));
        judgeTraces(index.history(), calls, found);
        found.moveTo(findings, true);
    }

    private static String name(AskCall call) {
        return call.component() + "." + call.method();
    }

    private static String rule(AskCall call) {
        return RULES.get(call.component());
    }

    /** Whether its input does not fit the shape of the method, so that only the rule of malformed input is about it. */
    public static boolean isMalformed(AskCall call) {
        return misfit(call).isPresent();
    }

    private static Optional<Misfit> misfit(AskCall call) {
        Shape shape = SHAPES.get(name(call));
        return shape == null ? Optional.empty() : shape.misfit(call.input(), call.caller(), Shape.FAR_TOO_LONG);
    }

    private static void judge(AskCall call, Misfit misfit, Set<String> accepted, AskFindings found) {
        int status = call.status();
        // Nobody's business is answered by nothing just as well: whose job is asked about need not be given away.
        boolean silent = misfit.caller() && call.isOk() && (call.answer().isNull() || call.answer().isMissingNode()
                || call.answer().isBoolean() && !call.answer().booleanValue());
        if (status >= REFUSALS && status < FAILURES || silent) {
            found.premise(rule(call), accepted.contains(name(call)) ? 1 : 0);
        } else if ((call.isOk() || status >= FAILURES) && status != NOT_IMPLEMENTED) {
            found.violated(rule(call), null, "Because " + misfit.words() + " in what was sent, yet " + call.called() + " got "
                    + call.outcome() + ".", "a refusal with a 4xx", call.outcome(), call);
        }
    }

    private static void judgeTraces(History history, List<AskCall> calls, AskFindings found) {
        Map<Integer, AskCall> bySeq = calls.stream().collect(Collectors.toMap(AskCall::seq, call -> call));
        Map<List<String>, AskCall> told = new HashMap<>();
        AskCall malformed = null;
        long over = -1;
        for (Event event : history.events()) {
            AskCall call = bySeq.get(event.seq());
            boolean question = call != null && call.isOk() && QUESTION.matcher(call.method()).matches()
                    && misfit(call).isEmpty();
            boolean refused = call != null && call.status() >= REFUSALS && call.status() < FAILURES;
            if (event.invoked() < over || !question && !refused) {
                told.clear();
            } else if (refused && misfit(call).isPresent()) {
                malformed = call;
            } else if (question) {
                AskCall before = told.put(List.of(name(call), call.input().toString(), String.valueOf(event.user())), call);
                compare(before, malformed, call, found);
            }
            over = Math.max(over, call != null ? call.over() : event.returned());
        }
    }

    private static void compare(AskCall before, AskCall malformed, AskCall after, AskFindings found) {
        if (before == null || malformed == null || malformed.seq() < before.seq()
                || timeless(before.answer()).equals(timeless(after.answer()))) {
            return;
        }
        found.violated(rule(after), null, "Because only refused requests, " + malformed.called() + " among them, came between "
                        + before.called() + ", which got " + before.outcome() + ", and the same question again, yet "
                        + after.called() + " got " + after.outcome() + ".", before.outcome(), after.outcome(), before,
                malformed, after);
    }

    private static JsonNode timeless(JsonNode answer) {
        return answer instanceof ObjectNode object ? object.deepCopy().without(TIMES) : answer;
    }
}
