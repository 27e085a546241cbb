package dev.or3.tck.suites.check.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.run.Event;
import java.util.List;

/**
 * Starts with right and wrong environments (CFG-02, -03), and what became of credentials in the storage (CFG-03). The events
 * {@code started}, {@code stored} and {@code reopened} say what the kit tried and what came of it.
 */
final class StorageRules {
    private static final int MEASUREMENTS = 3;
    /** Shorter than the credential of those plans, longer than what else is stored with it. */
    private static final int LONG_CREDENTIAL = 540;

    private StorageRules() {
    }

    static void judge(ConfigWorld world, AskFindings found) {
        List<Event> starts = world.arranged("started");
        boolean good = starts.stream().anyMatch(start -> ConfigWorld.with(start).path("wrong").asText().isEmpty()
                && start.isOk());
        starts.forEach(start -> judgeStart(start, good, found));
        judgeStored(world.arranged("stored"), found);
        List<Event> reopened = world.arranged("reopened");
        boolean works = reopened.stream().anyMatch(one -> kind(one).equals("same") && answer(one).equals("right"));
        reopened.forEach(one -> judgeReopened(one, works, found));
    }

    /** A wrong variable is named by the error, and its value is not repeated if it is a key. */
    private static void judgeStart(Event start, boolean good, AskFindings found) {
        JsonNode with = ConfigWorld.with(start);
        String variable = with.path("wrong").asText();
        if (variable.isEmpty()) {
            return;
        }
        String rule = variable.equals("ENCRYPTION_KEY") ? "CFG-03" : "CFG-02";
        String message = start.error() == null || start.error().message() == null ? "" : start.error().message();
        String because = variable + " is " + with.path("how").asText();
        if (start.isOk()) {
            violated(rule, start, because + ", yet the provider starts", "an error that names " + variable, "it starts",
                    found);
        } else if (!message.contains(variable)) {
            violated(rule, start, because + ", yet the error does not name it", "an error that names " + variable,
                    brief(message), found);
        } else {
            found.premise(rule, good ? 1 : 0);
        }
    }

    /** Before the first time, after it, and after the second: as much must be new each time as the credential is long. */
    private static void judgeStored(List<Event> stored, AskFindings found) {
        if (stored.size() < MEASUREMENTS || stored.stream().anyMatch(event -> !event.isOk())) {
            return;
        }
        int first = ConfigWorld.found(stored.get(1)).path("fresh").asInt();
        Event again = stored.get(2);
        int second = ConfigWorld.found(again).path("fresh").asInt();
        if (first < LONG_CREDENTIAL) {
            // Not stored where the kit can look: no premise.
            return;
        }
        if (second < LONG_CREDENTIAL) {
            violated("CFG-03", again, "a credential is encrypted with a fresh IV each time, yet the same one of more than "
                    + LONG_CREDENTIAL + " characters was saved again, and no more than " + second
                    + " bytes in a row were stored that had not been there before", LONG_CREDENTIAL + " new bytes in a row",
                    String.valueOf(second), found);
        } else {
            found.premise("CFG-03", 1);
        }
    }

    private static void judgeReopened(Event one, boolean works, AskFindings found) {
        String kind = kind(one);
        String answer = answer(one);
        if (kind.equals("same")) {
            if (!answer.equals("right")) {
                violated("CFG-03", one, "the key and the storage are as they were, yet after a new start a query got "
                        + answer,
                        "the answer of the organization's backend", answer, found);
            }
            return;
        }
        String because = kind.equals("key") ? "the key is another than the credentials were encrypted with"
                : "the encrypted credentials in the storage were altered";
        if (!answer.equals("refused") && !answer.equals("unaltered")) {
            violated("CFG-03", one, because + ", yet a query got " + answer, "an error, at the start or of the query",
                    answer, found);
        } else if (answer.equals("refused")) {
            found.premise("CFG-03", works ? 1 : 0);
        }
    }

    private static String kind(Event reopened) {
        return ConfigWorld.with(reopened).path("kind").asText();
    }

    /** Right, refused, or what came else. */
    private static String answer(Event reopened) {
        return ConfigWorld.found(reopened).path("answer").asText();
    }

    private static String brief(String message) {
        return message.length() <= 200 ? message : message.substring(0, 200) + "…";
    }

    private static void violated(String rule, Event event, String because, String expected, String actual,
            AskFindings found) {
        found.violated(new Violation(rule, "Because " + because + ".", expected, actual, null, List.of(event.seq()),
                List.of()));
    }
}
