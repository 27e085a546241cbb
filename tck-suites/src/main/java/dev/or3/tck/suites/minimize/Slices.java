package dev.or3.tck.suites.minimize;

import dev.or3.tck.suites.plan.Action;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.PlannedOperation;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a violation tells about the steps that caused it: its witnesses name clients, operations and a workspace, so that a
 * few guesses often do what hundreds of smaller plans would.
 */
final class Slices {
    private final Plan plan;
    private final Set<String> opIds = new HashSet<>();
    private final Set<Integer> clients = new HashSet<>();
    private int space = -1;

    private Slices(Trials.Failure failure) {
        plan = failure.plan();
        History history = failure.history();
        for (Event event : history.events()) {
            if (failure.violation().witnesses().contains(event.seq())) {
                clients.add(event.client());
                if (event.call() instanceof Call.Push push) {
                    for (int index : push.operations()) {
                        opIds.add(Relevance.opId(history, index));
                    }
                }
            }
        }
        for (int i = 0; i < history.header().spaces().size(); i++) {
            if (history.header().spaces().get(i).workspaceId().equals(failure.violation().workspace())) {
                space = i;
            }
        }
    }

    /** Plans of some of the steps, small ones first; all steps are those of the plan in which the violation was seen. */
    static List<Plan> of(Trials.Failure failure) {
        Slices slices = new Slices(failure);
        Predicate<Plan.Step> witnessed = slices::isWitnessed;
        Predicate<Plan.Step> read = step -> slices.isHere(step) && !(step.action() instanceof Action.Push);
        Predicate<Plan.Step> here = step -> slices.isHere(step) || Tidying.space(step.action()) < 0;
        return List.of(slices.only(witnessed), slices.only(witnessed.or(read)), slices.only(here));
    }

    private Plan only(Predicate<Plan.Step> kept) {
        List<Plan.Step> steps = plan.stages().stream().flatMap(stage -> stage.steps().stream()).toList();
        return Reductions.withoutSteps(plan, number -> !kept.test(steps.get(number)));
    }

    private boolean isHere(Plan.Step step) {
        return space >= 0 && Tidying.space(step.action()) == space;
    }

    private boolean isWitnessed(Plan.Step step) {
        if (step.action() instanceof Action.Push push) {
            return push.operations().stream().anyMatch(this::isWitnessed);
        }
        return clients.contains(step.client()) && (isHere(step) || step.action() instanceof Action.Barrier);
    }

    private boolean isWitnessed(PlannedOperation operation) {
        return opIds.stream().anyMatch(id -> isInstance(id, operation.opId()));
    }

    /** Whether an id came from a template, in which each {@code x} stands for any digit. */
    private static boolean isInstance(String id, String template) {
        if (id == null || template == null || id.length() != template.length()) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (template.charAt(i) != 'x' && template.charAt(i) != id.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
