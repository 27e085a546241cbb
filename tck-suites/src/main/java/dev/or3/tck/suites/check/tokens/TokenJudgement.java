package dev.or3.tck.suites.check.tokens;

import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.Seal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges the tokens component: TOK-01 to -03. */
public final class TokenJudgement implements Judgement {

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        List<AskCall> asked = AskCall.of(index.history(), Seal.COMPONENT);
        if (asked.isEmpty()) {
            return;
        }
        AskFindings found = new AskFindings();
        List<TokenCall> calls = asked.stream().map(TokenCall::of).flatMap(Optional::stream).toList();
        asked.forEach(call -> judgeWords(call, found));
        judgeMinting(calls, found);
        judgeCallers(calls, found);
        ClaimRules.judge(calls, found);
        found.moveTo(findings, calls.stream().anyMatch(call -> call.user() != null && call.isToken()));
    }

    /** An error tells nothing that opens a door. */
    private static void judgeWords(AskCall call, AskFindings found) {
        Event.Fault error = call.event().error();
        if (error == null || error.message() == null) {
            return;
        }
        String what = error.message().contains(Seal.KEY) ? "a private key"
                : error.message().contains(Seal.TOKEN) ? "a token" : null;
        if (what != null) {
            found.violated("TOK-01", null, "Because an error is read by others than the caller, yet that of " + call.called()
                    + " tells " + what + ".", "an error that tells neither tokens nor keys", call.outcome(), call);
        }
    }

    /** Whoever is signed in gets a token, if anyone gets one of that kind; nobody gets none. */
    private static void judgeMinting(List<TokenCall> calls, AskFindings found) {
        Map<Object, TokenCall> served = new LinkedHashMap<>();
        calls.stream().filter(call -> call.user() != null && call.isToken())
                .forEach(call -> served.putIfAbsent(call.kind(), call));
        TokenCall denied = null;
        long told = 0;
        for (TokenCall call : calls) {
            AskCall asked = call.asked();
            if (call.user() == null) {
                boolean nothing = asked.isOk() && asked.answer().isNull();
                told += nothing ? 1 : 0;
                if (!nothing && (asked.isOk() || asked.isTurnedDown())) {
                    found.violated("TOK-01", null, "Because nobody is signed in, yet " + asked.called() + " got "
                            + (asked.isOk() ? "a token" : asked.outcome()) + ".", "null", outcome(call), asked);
                }
            } else if (!call.isToken() && (asked.isOk() || asked.isTurnedDown())) {
                denied = call;
                TokenCall twin = served.get(call.kind());
                if (twin != null) {
                    found.violated("TOK-01", null, "Because " + twin.asked().called() + " got a token for user "
                            + twin.user() + ", yet " + asked.called() + ", the same question by user " + call.user() + ", got "
                            + outcome(call) + ".", "a token", outcome(call), twin.asked(), asked);
                }
            }
        }
        if (served.isEmpty() && denied != null) {
            found.violated("TOK-01", null, "Because user " + denied.user() + " is signed in, yet neither "
                    + denied.asked().called() + " nor any other question got a token.", "a token", outcome(denied),
                    denied.asked());
        }
        found.premise("TOK-01", Math.min(told, served.size()));
    }

    /** A token belongs to one caller. */
    private static void judgeCallers(List<TokenCall> calls, AskFindings found) {
        Map<String, TokenCall> byToken = new HashMap<>();
        Map<String, TokenCall> byUser = new HashMap<>();
        Map<Object, TokenCall> byKind = new HashMap<>();
        calls.stream().filter(call -> call.user() != null).forEach(call -> byUser.putIfAbsent(call.user(), call));
        for (TokenCall call : calls) {
            if (!call.isToken() || call.user() == null) {
                continue;
            }
            TokenCall first = byToken.putIfAbsent(call.hash(), call);
            TokenCall named = call.isJwt() ? byUser.get(String.valueOf(call.subject())) : null;
            TokenCall before = byKind.put(call.kind(), call);
            if (first != null && !first.user().equals(call.user())) {
                found.violated("TOK-02", null, "Because " + first.asked().called() + " got a token for user " + first.user()
                        + ", yet " + call.asked().called() + " got the same one for user " + call.user() + ".",
                        "a token of the caller's own", "that of " + first.user(), first.asked(), call.asked());
            } else if (named != null && !named.user().equals(call.user())) {
                found.violated("TOK-02", null, "Because " + call.asked().called() + " is a question of user " + call.user()
                        + ", yet the token it got names user " + named.user() + " as its subject.",
                        "a token of the caller's own", "that of " + named.user(), named.asked(), call.asked());
            } else if (before != null && !before.user().equals(call.user())) {
                found.premise("TOK-02", 1);
            }
        }
    }

    static String outcome(TokenCall call) {
        return call.isToken() ? "a token" : call.asked().outcome();
    }
}
