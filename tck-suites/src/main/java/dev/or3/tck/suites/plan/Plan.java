package dev.or3.tck.suites.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.workspaces.Role;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What each client does against a provider. Pure data: equal plans are equal, and a plan survives JSON unchanged.
 *
 * <p>Texts in a plan may hold placeholders, which the runner fills in: {@code ${run}} (eight characters, fresh in every
 * run), {@code ${workspace:0}}, {@code ${user:0:1}} (member 1 of workspace 0), {@code ${var:name}} (bound by an earlier
 * {@link Action.Ask}; a step that names one that is not bound is left out), {@code "${maybe:name}"} (the same as a whole
 * JSON value; null if it is not bound), {@code ${sha256:5:1}} (of an {@link Action.Body}, in hex), {@code ${backend:name}} (the address of a played backend),
 * {@code ${secret:form:name}} (a credential, see {@link dev.or3.tck.suites.backend.Canaries}). In op ids and outbox ids, each {@code x} is filled with a hex digit that is fresh in every
 * run and the same throughout it, so that their order is the plan's.
 *
 * @param name     what it is, for example {@code race/replay} or {@code example/lww-tie}
 * @param seed     the seed of the run
 * @param index    its number under that seed, or -1 for one that was written by hand
 * @param features what was switched on for it
 * @param spaces   the workspaces to provision, with their members
 * @param clients  the devices
 * @param stages   one after the other
 */
public record Plan(String name, long seed, int index, Set<Feature> features, List<Space> spaces, List<Client> clients,
        List<Stage> stages) {

    public Plan {
        // In the order of the declaration, so that equal plans have equal texts in every JVM.
        features = Collections.unmodifiableSet(
                features.isEmpty() ? EnumSet.noneOf(Feature.class) : EnumSet.copyOf(features));
        spaces = List.copyOf(spaces);
        clients = List.copyOf(clients);
        stages = List.copyOf(stages);
    }

    /** A workspace with its members; the first is an owner. */
    public record Space(List<Role> members) {
        public Space {
            members = List.copyOf(members);
        }

        public static Space of(Role... members) {
            return new Space(List.of(members));
        }
    }

    /**
     * A device with a session.
     *
     * @param space  the index of its session's workspace
     * @param member the index of its user among the members
     * @param device the device id; devices of different workspaces share ids on purpose
     */
    public record Client(int space, int member, String device) {
    }

    /**
     * Steps that run in the order of the list, or, if parallel, a thread for each client, each in the order of the list.
     * A stage begins when the one before has ended.
     */
    public record Stage(boolean parallel, List<Step> steps) {
        public Stage {
            steps = List.copyOf(steps);
        }
    }

    /** One client's action. */
    public record Step(int client, Action action) {
    }

    /** Whether provider time moves, so that it must run alone. */
    public boolean movesClock() {
        return any(Action.AdvanceClock.class::isInstance);
    }

    /** Whether the provider is restarted in it. */
    public boolean restarts() {
        return any(action -> action instanceof Action.Restart || action instanceof Action.Reopen);
    }

    /** How often the provider is killed in it. */
    public int kills() {
        return (int) stages.stream().flatMap(stage -> stage.steps().stream())
                .filter(step -> step.action() instanceof Action.Kill).count();
    }

    /** Whether any action fits. */
    public boolean any(Predicate<Action> condition) {
        return stages.stream().flatMap(stage -> stage.steps().stream()).map(Step::action).anyMatch(condition);
    }

    /** How many operations it pushes, replays included, and how many other calls it makes. */
    public int operations() {
        return stages.stream().flatMap(stage -> stage.steps().stream()).map(Step::action)
                .mapToInt(action -> action instanceof Action.Push push ? push.operations().size() : 1).sum();
    }

    public Plan withStages(List<Stage> otherStages) {
        return new Plan(name, seed, index, features, spaces, clients, otherStages);
    }

    /** The plan as JSON, the form in which counterexamples keep it. */
    public String toJson() {
        return Json.write(this);
    }

    /**
     * @throws IllegalArgumentException if the text is no plan
     */
    public static Plan fromJson(String json) {
        try {
            return Json.mapper().readValue(json, Plan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a plan: " + e.getOriginalMessage(), e);
        }
    }
}
