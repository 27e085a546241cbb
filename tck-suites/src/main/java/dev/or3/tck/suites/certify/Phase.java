package dev.or3.tck.suites.certify;

import dev.or3.tck.suites.plan.Plan;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * A source of plans in a campaign.
 *
 * @param name   as the progress line shows it
 * @param weight its share of the time of its round, against that of its neighbours
 * @param groups the rule groups that its plans exercise; the phase is left out where none of them is wanted
 * @param plans  its plans, in order; may be endless
 */
record Phase(String name, double weight, Set<String> groups, Iterator<Plan> plans) {

    /**
     * Phases whose plans take turns, so that none has to wait until the others have used up their time.
     *
     * @param share  the share of the time that is left when the round begins; 0 if all its plans run, however long it takes
     * @param phases in the order in which they begin
     */
    record Round(double share, List<Phase> phases) {
        static final double WHOLE = 0;

        boolean isWhole() {
            return share == WHOLE;
        }
    }
}
