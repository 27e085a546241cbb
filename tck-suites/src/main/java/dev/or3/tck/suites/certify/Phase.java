package dev.or3.tck.suites.certify;

import dev.or3.tck.suites.plan.Plan;
import java.util.Iterator;
import java.util.Set;

/**
 * A part of a campaign.
 *
 * @param name   as the progress line shows it
 * @param weight its share of the time that is left when it begins, against the phases after it
 * @param whole  whether all its plans run even if that takes more than its share
 * @param groups the rule groups that its plans exercise; the phase is left out where none of them is wanted
 * @param plans  its plans, in order; may be endless
 */
record Phase(String name, double weight, boolean whole, Set<String> groups, Iterator<Plan> plans) {
}
