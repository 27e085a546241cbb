package dev.or3.tck.suites.check.limits;

import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judges the rateLimits component: RATE-01 to -03, key by key. */
public final class LimitJudgement implements Judgement {

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        List<AskCall> calls = AskCall.of(index.history(), LimitCall.COMPONENT);
        if (calls.isEmpty()) {
            return;
        }
        AskFindings found = new AskFindings();
        Map<String, List<LimitCall>> byKey = byKey(calls);
        List<Event> restarts = forgetful(index.history());
        byKey.values().stream().filter(LimitJudgement::hasOneLimit)
                .filter(about -> restarts.stream().noneMatch(restart -> isWithin(restart, about)))
                .forEach(about -> KeyRules.judge(about, byKey.size() > 1, found));
        boolean lets = byKey.values().stream().flatMap(List::stream).anyMatch(LimitCall::isAllowed);
        boolean denies = byKey.values().stream().flatMap(List::stream).anyMatch(LimitCall::isDenied);
        found.moveTo(findings, lets && denies);
    }

    private static Map<String, List<LimitCall>> byKey(List<AskCall> calls) {
        Map<String, List<LimitCall>> byKey = new LinkedHashMap<>();
        calls.forEach(asked -> LimitCall.of(asked).ifPresent(
                call -> byKey.computeIfAbsent(call.key(), key -> new ArrayList<>()).add(call)));
        return byKey;
    }

    /** A key that is asked about under several limits may be counted for each of them, or for all. */
    private static boolean hasOneLimit(List<LimitCall> about) {
        return about.stream().allMatch(call -> call.windowMs() == about.get(0).windowMs()
                && call.maxRequests() == about.get(0).maxRequests());
    }

    /** The restarts that may make the component forget. */
    private static List<Event> forgetful(History history) {
        boolean forgets = history.header().manifest().isPerProcess(LimitCall.COMPONENT);
        return history.events().stream().filter(event -> forgets && event.call() instanceof Call.Restart).toList();
    }

    private static boolean isWithin(Event restart, List<LimitCall> about) {
        return about.stream().anyMatch(call -> call.asked().event().invoked() < restart.invoked())
                && about.stream().anyMatch(call -> call.asked().event().invoked() > restart.invoked());
    }
}
