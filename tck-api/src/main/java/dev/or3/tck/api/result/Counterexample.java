package dev.or3.tck.api.result;

import java.util.List;

/**
 * A history that contradicts a rule, ready to be shown. It carries everything a format needs, so that formats hold no
 * knowledge of rules or histories.
 *
 * @param rule        the rule
 * @param sentence    the contradiction in one sentence: because … yet …
 * @param expected    what a correct provider would have shown
 * @param actual      what was seen
 * @param timeline    the witnesses and their neighbours in the order in which they began
 * @param versions    the version strip: what the log of the workspace holds around the witnesses
 * @param causes      what usually causes this
 * @param seed        the seed of the run
 * @param plan        the number of the plan under that seed, or its name
 * @param operations  operations in the plan that shows it, after minimizing
 * @param clients     clients in it
 * @param reproduction how often it came back
 * @param file        the saved counterexample, relative to the report, or null if nothing was saved
 * @param replay      the command that runs it again
 * @param curl        the command that sends its calls by curl, for a person to watch; null where no curl reaches the provider
 */
public record Counterexample(String rule, String sentence, String expected, String actual, List<Moment> timeline,
        List<Slot> versions, List<String> causes, long seed, String plan, int operations, int clients,
        Reproduction reproduction, String file, String replay, String curl) {

    /** The same, saved in a file. */
    public Counterexample saved(String asFile, String replayedBy, String sentByCurl) {
        return new Counterexample(rule, sentence, expected, actual, timeline, versions, causes, seed, plan, operations,
                clients, reproduction, asFile, replayedBy, sentByCurl);
    }

    /**
     * One call in the timeline.
     *
     * @param seq      the event's number in the history
     * @param client   the lane, for example {@code c1 (w1, d2)}
     * @param invoked  when it began, in steps of the history's counter
     * @param returned when it returned, or null if it never did
     * @param call     the call in short, for example {@code push [a3 put threads/k1 clock 5]}
     * @param answer   the answer in short, for example {@code a3 → v4}
     * @param outcome  ok, refused, failed or lost
     * @param witness  whether the contradiction rests on it
     * @param versions the versions it acknowledged or showed
     */
    public record Moment(int seq, String client, long invoked, Long returned, String call, String answer,
            String outcome, boolean witness, List<Long> versions) {
    }

    /**
     * One place of the log.
     *
     * @param version   the version
     * @param operation the operation there in short, or null for a gap
     * @param witness   whether the contradiction rests on it
     */
    public record Slot(long version, String operation, boolean witness) {
    }

    /**
     * @param runs    how often the minimized plan was run
     * @param failed  how many of those runs showed the same rule failing
     * @param nature  {@code probably a race}, {@code probably logic} or {@code seen once}
     */
    public record Reproduction(int runs, int failed, String nature) {
        public static final String RACE = "probably a race";
        public static final String LOGIC = "probably logic";
        public static final String SEEN_ONCE = "seen once";
    }
}
