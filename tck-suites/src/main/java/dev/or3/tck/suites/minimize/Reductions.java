package dev.or3.tck.suites.minimize;

import dev.or3.tck.suites.plan.Action;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.PlannedOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Smaller or simpler plans from a plan. Each result can be run; stages that are left empty are gone. */
final class Reductions {
    private Reductions() {
    }

    static int steps(Plan plan) {
        return plan.stages().stream().mapToInt(stage -> stage.steps().size()).sum();
    }

    /** Without the steps from one number to another, counted through all stages; barriers go when nobody needs them. */
    static Plan withoutSteps(Plan plan, int from, int to) {
        return withoutSteps(plan, number -> number >= from && number < to);
    }

    static Plan withoutSteps(Plan plan, Predicate<Integer> dropped) {
        List<Plan.Stage> stages = new ArrayList<>();
        int number = 0;
        for (Plan.Stage stage : plan.stages()) {
            List<Plan.Step> kept = new ArrayList<>();
            for (Plan.Step step : stage.steps()) {
                if (!dropped.test(number++) || step.action() instanceof Action.Barrier) {
                    kept.add(step);
                }
            }
            add(stage.parallel(), kept, stages);
        }
        return withoutIdleBarriers(plan.withStages(stages));
    }

    /** Without the barriers of clients that do nothing else in their stage, and those at which only one would wait. */
    private static Plan withoutIdleBarriers(Plan plan) {
        return eachStage(plan, stage -> {
            Set<Integer> busy = stage.steps().stream().filter(step -> !(step.action() instanceof Action.Barrier))
                    .map(Plan.Step::client).collect(Collectors.toSet());
            Map<Action, Long> waiting = stage.steps().stream()
                    .filter(step -> step.action() instanceof Action.Barrier && busy.contains(step.client()))
                    .collect(Collectors.groupingBy(Plan.Step::action, Collectors.counting()));
            return new Plan.Stage(stage.parallel(), stage.steps().stream().filter(step ->
                    !(step.action() instanceof Action.Barrier)
                            || busy.contains(step.client()) && waiting.get(step.action()) > 1).toList());
        });
    }

    static Plan without(Plan plan, Predicate<Action> dropped) {
        return eachStage(plan, stage -> new Plan.Stage(stage.parallel(),
                stage.steps().stream().filter(step -> !dropped.test(step.action())).toList()));
    }

    static Plan withoutClient(Plan plan, int client) {
        return withoutIdleBarriers(eachStage(plan, stage -> new Plan.Stage(stage.parallel(),
                stage.steps().stream().filter(step -> step.client() != client).toList())));
    }

    static Plan withoutStages(Plan plan, int from, int to) {
        List<Plan.Stage> stages = new ArrayList<>(plan.stages());
        stages.subList(from, to).clear();
        return plan.withStages(stages);
    }

    /** With every action replaced. */
    static Plan eachAction(Plan plan, UnaryOperator<Action> change) {
        return eachStage(plan, stage -> new Plan.Stage(stage.parallel(), stage.steps().stream()
                .map(step -> new Plan.Step(step.client(), change.apply(step.action()))).toList()));
    }

    static Plan eachOperation(Plan plan, UnaryOperator<PlannedOperation> change) {
        return eachAction(plan, action -> action instanceof Action.Push push ? new Action.Push(push.space(),
                push.operations().stream().map(change).toList(), push.leaveOpen()) : action);
    }

    static int operations(Plan plan) {
        return plan.stages().stream().flatMap(stage -> stage.steps().stream()).map(Plan.Step::action)
                .mapToInt(action -> action instanceof Action.Push push ? push.operations().size() : 0).sum();
    }

    /** Without the operations from one number to another, counted through all batches; batches left empty are gone. */
    static Plan withoutOperations(Plan plan, int from, int to) {
        int[] number = {0};
        return withoutEmptied(eachAction(plan, action -> {
            if (!(action instanceof Action.Push push)) {
                return action;
            }
            List<PlannedOperation> kept = new ArrayList<>();
            for (PlannedOperation operation : push.operations()) {
                if (number[0] < from || number[0] >= to) {
                    kept.add(operation);
                }
                number[0]++;
            }
            boolean same = kept.size() == push.operations().size();
            return same ? push : kept.isEmpty() ? null : new Action.Push(push.space(), kept, push.leaveOpen());
        }));
    }

    private static Plan withoutEmptied(Plan plan) {
        return withoutIdleBarriers(eachStage(plan, stage -> new Plan.Stage(stage.parallel(),
                stage.steps().stream().filter(step -> step.action() != null).toList())));
    }

    /** All stages one step after the other, as the list says. */
    static Plan sequential(Plan plan) {
        return without(eachStage(plan, stage -> new Plan.Stage(false, stage.steps())), Action.Barrier.class::isInstance);
    }

    static Plan sequential(Plan plan, int stage) {
        List<Plan.Stage> stages = new ArrayList<>(plan.stages());
        List<Plan.Step> steps = stages.get(stage).steps().stream()
                .filter(step -> !(step.action() instanceof Action.Barrier)).toList();
        stages.set(stage, new Plan.Stage(false, steps));
        return plan.withStages(stages);
    }

    /**
     * The plans in which one step has left a parallel stage: a client's first step for the stage before, its last one for
     * the stage after.
     */
    static List<Plan> movedOut(Plan plan) {
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < plan.stages().size(); i++) {
            Plan.Stage stage = plan.stages().get(i);
            if (!stage.parallel()) {
                continue;
            }
            for (int client : stage.steps().stream().map(Plan.Step::client).distinct().toList()) {
                List<Plan.Step> own = stage.steps().stream().filter(step -> step.client() == client
                        && !(step.action() instanceof Action.Barrier)).toList();
                if (!own.isEmpty()) {
                    plans.add(movedOut(plan, i, own.get(0), true));
                    plans.add(movedOut(plan, i, own.get(own.size() - 1), false));
                }
            }
        }
        return plans;
    }

    private static Plan movedOut(Plan plan, int index, Plan.Step moved, boolean before) {
        Plan.Stage stage = plan.stages().get(index);
        List<Plan.Step> rest = new ArrayList<>(stage.steps());
        // The very step, for a client may do the same thing twice.
        rest.remove(indexOf(rest, moved));
        List<Plan.Stage> stages = new ArrayList<>(plan.stages().subList(0, index));
        List<Plan.Stage> following = new ArrayList<>(plan.stages().subList(index + 1, plan.stages().size()));
        if (before) {
            List<Plan.Step> steps = new ArrayList<>(joinable(stages, stages.size() - 1));
            steps.add(moved);
            add(false, steps, stages);
            add(true, rest, stages);
        } else {
            add(true, rest, stages);
            List<Plan.Step> steps = new ArrayList<>(List.of(moved));
            steps.addAll(joinable(following, 0));
            add(false, steps, stages);
        }
        stages.addAll(following);
        return withoutIdleBarriers(plan.withStages(stages));
    }

    /** Takes away the steps of a stage that a step can join; none if it is parallel, or a restart, which stands alone. */
    private static List<Plan.Step> joinable(List<Plan.Stage> stages, int index) {
        boolean joins = index >= 0 && index < stages.size() && !stages.get(index).parallel()
                && stages.get(index).steps().stream().noneMatch(step -> restarts(step.action()));
        return joins ? stages.remove(index).steps() : List.of();
    }

    static boolean restarts(Action action) {
        return action instanceof Action.Restart || action instanceof Action.Reopen;
    }

    private static int indexOf(List<Plan.Step> steps, Plan.Step wanted) {
        int index = 0;
        while (steps.get(index) != wanted) {
            index++;
        }
        return index;
    }

    private static Plan eachStage(Plan plan, UnaryOperator<Plan.Stage> change) {
        List<Plan.Stage> stages = new ArrayList<>();
        for (Plan.Stage stage : plan.stages()) {
            Plan.Stage changed = change.apply(stage);
            add(changed.parallel(), changed.steps(), stages);
        }
        return plan.withStages(stages);
    }

    private static void add(boolean parallel, List<Plan.Step> steps, List<Plan.Stage> stages) {
        if (!steps.isEmpty()) {
            stages.add(new Plan.Stage(parallel, steps));
        }
    }
}
