package dev.or3.tck.suites.run;

/**
 * One call and what came back.
 *
 * <p>{@code invoked} and {@code returned} come from one counter of the run: if {@code a.returned < b.invoked}, a had
 * returned before b began.
 *
 * @param seq            its place in the history, from 0
 * @param invoked        the counter before sending
 * @param returned       the counter after receiving, or {@link #NEVER}
 * @param invokedMicros  provider time at sending as the kit reckons it, in microseconds since the epoch
 * @param returnedMicros provider time at receiving, or {@link #NEVER}
 * @param client         the client, or -1 for the kit itself
 * @param instance       the instance of the provider, or -1 for all
 * @param device         the client's device, or null
 * @param user           the signed-in user, or null
 * @param workspace      the session's workspace, or null
 * @param attempt        1 for the first, counted up by retries of the same call
 * @param outcome        what came back
 * @param error          the refusal or failure; null if ok
 * @param call           what was asked and, if ok, answered
 */
public record Event(int seq, long invoked, long returned, long invokedMicros, long returnedMicros, int client,
        int instance, String device, String user, String workspace, int attempt, Outcome outcome, Fault error,
        Call call) {

    /** In place of a return that did not happen. Greater than every counter. */
    public static final long NEVER = Long.MAX_VALUE;

    public boolean isOk() {
        return outcome == Outcome.OK;
    }

    /**
     * @param status  the status, 400 to 599; 0 if there was no answer
     * @param code    a short name, or null
     * @param message the provider's words, or null
     */
    public record Fault(int status, String code, String message) {
    }
}
