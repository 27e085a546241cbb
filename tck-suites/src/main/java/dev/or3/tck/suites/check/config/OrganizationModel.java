package dev.or3.tck.suites.check.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.Linearizability;
import dev.or3.tck.suites.check.config.ConfigWorld.Use;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What one organization uses, one call after the other: a change that is answered with an error changed nothing, exactly one
 * configuration is active. What a second rollback goes back to is the provider's choice.
 */
final class OrganizationModel implements Linearizability.Model<OrganizationModel.State, AskCall, AskCall> {
    private static final Set<String> READS = Set.of("activeConfig", "query", "saveConfig");

    private final ConfigWorld world;
    private final Active standard;

    /**
     * A configuration in use.
     *
     * @param id  null for the default backend
     * @param use null if the kit does not know the default backend
     */
    record Active(String id, Use use) {
    }

    /**
     * @param before what rollbacks go back to, the latest first
     */
    record State(Active active, List<Active> before) {
    }

    OrganizationModel(ConfigWorld world) {
        this.world = world;
        this.standard = new Active(null, world.standard().orElse(null));
    }

    @Override
    public Collection<State> initial() {
        return Set.of(new State(standard, List.of()));
    }

    /** A configuration that is saved is not used yet: to the rest it is as if nothing had been done. */
    @Override
    public boolean isRead(AskCall call) {
        return READS.contains(call.method());
    }

    @Override
    public Collection<State> step(State state, AskCall call, AskCall same) {
        return switch (call.method()) {
            case "switchProvider" -> Set.of(call.isOk() ? switched(state, call) : state);
            case "rollbackProvider" -> call.isOk() ? rolledBack(state, call) :
                    mayRefuse(state, call) ? Set.of(state) : Set.of();
            case "activeConfig" -> !call.isOk() || shows(state, call.answer()) ? Set.of(state) : Set.of();
            case "query" -> !call.isOk() || state.active().use() == null || state.active().use().answers(call.answer())
                    ? Set.of(state) : Set.of();
            default -> Set.of(state);
        };
    }

    @Override
    public Collection<State> stepUnanswered(State state, AskCall call) {
        return Set.of(state);
    }

    private static State switched(State state, AskCall call) {
        List<Active> before = new ArrayList<>(state.before());
        before.add(0, state.active());
        return new State(new Active(call.answer().path("configId").textValue(),
                ConfigWorld.use(call.input().path("config"))), before);
    }

    private static Collection<State> rolledBack(State state, AskCall call) {
        if (state.before().isEmpty()) {
            return Set.of();
        }
        Active target = state.before().get(0);
        String told = call.answer().path("configId").textValue();
        if (target.id() != null && told != null && !told.equals(target.id())) {
            // It may be kept anew, under an id of its own.
            target = new Active(told, target.use());
        }
        List<Active> older = state.before().subList(1, state.before().size());
        List<Active> forth = new ArrayList<>(older);
        forth.add(0, state.active());
        Set<State> next = new LinkedHashSet<>();
        next.add(new State(target, List.copyOf(forth)));
        next.add(new State(target, List.of(state.active())));
        next.add(new State(target, List.copyOf(older)));
        next.add(new State(target, List.of()));
        return next;
    }

    /** Nothing to go back to but the default, or nothing that is well. */
    private boolean mayRefuse(State state, AskCall call) {
        if (state.before().isEmpty() || state.before().get(0).id() == null) {
            return true;
        }
        Use target = state.before().get(0).use();
        return !world.isWell(target, call) || !"owner".equals(world.role(call.text("actorId"), call.text("orgId")));
    }

    private static boolean shows(State state, JsonNode answer) {
        Active active = state.active();
        String previous = state.before().isEmpty() ? null : state.before().get(0).id();
        return Objects.equals(active.id(), answer.path("configId").textValue())
                && (active.use() == null || active.use().type().equals(answer.path("type").asText()))
                && Objects.equals(previous, answer.path("previous").textValue());
    }
}
