package dev.or3.tck.suites.check.storage;

import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.Outcome;
import java.util.Set;

/**
 * Bytes that went by a URL.
 *
 * @param presign the call that answered the URL
 */
record Carried(Event event, Call.Transfer transfer, AskCall presign) {
    private static final Set<Integer> LATER = Set.of(429, 503);
    private static final int STATUS_OF_LOSS = 0;

    boolean isUpload() {
        return transfer.isUpload();
    }

    boolean isDone() {
        return event.isOk() && transfer.isDone();
    }

    /** Whether the URL did not do what it is for, and not only for now. */
    boolean isTurnedDown() {
        int status = status();
        return event.isOk() && !transfer.isDone() || status != STATUS_OF_LOSS && !LATER.contains(status);
    }

    /** Whether bytes may have been kept. */
    boolean mayTakeEffect() {
        return isUpload() && event.outcome() != Outcome.REFUSED;
    }

    /** Whether what was sent is what was announced. */
    boolean isAsAnnounced() {
        return transfer.sent().size() == presign.input().path("sizeBytes").asLong(-1)
                && FileHistory.named(transfer.sent()).equals(presign.text("hash"));
    }

    int status() {
        return event.error() == null ? 0 : event.error().status();
    }

    long invoked() {
        return event.invoked();
    }

    /** When its effect is over: never, if nobody knows whether it will come. */
    long over() {
        return event.outcome() == Outcome.LOST || event.outcome() == Outcome.FAILED ? Event.NEVER : event.returned();
    }

    /** Provider time when it began, in milliseconds. */
    long began() {
        return event.invokedMicros() / 1000;
    }

    /** How a sentence refers to it. */
    String called() {
        return (isUpload() ? "the upload" : "the download") + " (event " + event.seq() + ")";
    }

    /** What came back, in a few words. */
    String outcome() {
        return event.isOk() ? "status " + transfer.status() : status() == 0 ? "no answer"
                : "status " + status() + (event.error().message() == null ? "" : " (" + event.error().message() + ")");
    }
}
