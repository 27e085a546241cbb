package dev.or3.tck.suites.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * A call of a component that is asked in JSON, taken apart.
 *
 * @param answer missing unless ok
 */
public record AskCall(Event event, String component, String method, JsonNode input, JsonNode answer) {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final int BRIEF = 120;

    /** The call behind an event; empty if it is no such call. */
    public static Optional<AskCall> of(Event event) {
        if (!(event.call() instanceof Call.Ask call)) {
            return Optional.empty();
        }
        JsonNode answer = event.isOk() && call.answer() != null ? call.answer().parse() : MissingNode.getInstance();
        return Optional.of(new AskCall(event, call.component(), call.method(), call.input().parse(), answer));
    }

    /** All such calls of a history, in the order in which they began. */
    public static List<AskCall> all(History history) {
        return history.events().stream().map(AskCall::of).flatMap(Optional::stream).toList();
    }

    /** Those of one component. */
    public static List<AskCall> of(History history, String component) {
        return all(history).stream().filter(call -> call.component.equals(component)).toList();
    }

    public boolean is(String otherMethod) {
        return method.equals(otherMethod);
    }

    public boolean is(String otherComponent, String otherMethod) {
        return component.equals(otherComponent) && method.equals(otherMethod);
    }

    public int seq() {
        return event.seq();
    }

    public boolean isOk() {
        return event.isOk();
    }

    /** Whether nobody knows if it took effect, or still will. */
    public boolean isUnknown() {
        return event.outcome() == Outcome.LOST || event.outcome() == Outcome.FAILED;
    }

    /** Whether the provider refused it, for good: not only because it has too much to do. */
    public boolean isRefused() {
        return event.outcome() == Outcome.REFUSED && status() != TOO_MANY_REQUESTS && status() != UNAVAILABLE;
    }

    /** Whether the provider said that it will not or cannot do it, by a 4xx or a 5xx. */
    public boolean isTurnedDown() {
        return (event.outcome() == Outcome.REFUSED || event.outcome() == Outcome.FAILED) && status() != 0
                && status() != TOO_MANY_REQUESTS && status() != UNAVAILABLE;
    }

    /** 0 if it was answered well, or not at all. */
    public int status() {
        return event.error() == null ? 0 : event.error().status();
    }

    /** Whether this was over before the other began. */
    public boolean precedes(AskCall other) {
        return over() < other.event.invoked();
    }

    /** Whether its answer, be it an error, came before the other began. */
    public boolean isAnsweredBefore(AskCall other) {
        return event.returned() < other.event.invoked();
    }

    public boolean overlaps(AskCall other) {
        return !precedes(other) && !other.precedes(this);
    }

    /** When its effect is over: never, if nobody knows whether it will come. */
    public long over() {
        return isUnknown() ? Event.NEVER : event.returned();
    }

    /** Whether it may have taken effect, or may still. */
    public boolean mayTakeEffect() {
        return event.outcome() != Outcome.REFUSED;
    }

    /** Provider time when it began, in milliseconds. */
    public long began() {
        return event.invokedMicros() / 1000;
    }

    /** Provider time when it was over, in milliseconds; far away if nobody knows. */
    public long ended() {
        return event.returnedMicros() == Event.NEVER || isUnknown() ? Long.MAX_VALUE : event.returnedMicros() / 1000;
    }

    /** Who called, or null. */
    public Caller caller() {
        return event.user() == null ? null : Caller.of(event.user(), event.workspace());
    }

    /** A text of the input, or null. */
    public String text(String field) {
        return input.path(field).textValue();
    }

    /** How a sentence refers to it. */
    public String called() {
        return component + "." + method + " (event " + seq() + ")";
    }

    /** What came back, in a few words. */
    public String outcome() {
        if (isOk()) {
            String told = answer.isMissingNode() || answer.isNull() ? "success" : answer.toString();
            return told.length() <= BRIEF ? told : told.substring(0, BRIEF) + "…";
        }
        return event.error() == null ? "no answer" : "status " + event.error().status()
                + (event.error().message() == null ? "" : " (" + event.error().message() + ")");
    }

    /** Equal calls are one call. */
    @Override
    public boolean equals(Object other) {
        return other instanceof AskCall call && call.event == event;
    }

    @Override
    public int hashCode() {
        return event.seq();
    }
}
