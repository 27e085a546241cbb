package dev.or3.tck.suites.check.store;

import dev.or3.tck.suites.check.Linearizability.Model;
import dev.or3.tck.suites.check.store.StoreCall.Answer;
import dev.or3.tck.suites.check.store.StoreCall.Entry;
import dev.or3.tck.suites.check.store.StoreCall.Method;
import dev.or3.tck.suites.check.store.StoreFacts.Workspace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A correct workspaces component when nothing overlaps, for the users and workspaces of one part of a history. Roles never
 * change; ids are the provider's choice and known from the answers. It may or may not make a default workspace with a user,
 * activate what is created, and pick any other workspace where the active one is removed.
 */
final class StoreModel implements Model<StoreState, StoreCall, Answer> {
    private final Map<String, Workspace> workspaces = new LinkedHashMap<>();
    private final Map<String, List<Workspace>> homes = new HashMap<>();

    StoreModel(Collection<Workspace> part) {
        for (Workspace workspace : part) {
            workspaces.put(workspace.id(), workspace);
            workspace.members().keySet().forEach(
                    user -> homes.computeIfAbsent(user, any -> new ArrayList<>()).add(workspace));
        }
    }

    /** At most one default workspace came with each user; it is there from the beginning, for nobody could tell before. */
    @Override
    public Collection<StoreState> initial() {
        List<Map<String, String>> beginnings = new ArrayList<>(List.of(new HashMap<>()));
        workspaces.values().stream().filter(Workspace::isProvisioned)
                .forEach(workspace -> beginnings.get(0).put(workspace.id(), StoreState.UNNAMED));
        for (List<Workspace> home : homes.values()) {
            List<Map<String, String>> without = List.copyOf(beginnings);
            home.stream().filter(Workspace::isImplicit).forEach(given -> without.forEach(beginning -> {
                Map<String, String> with = new HashMap<>(beginning);
                with.put(given.id(), StoreState.UNNAMED);
                beginnings.add(with);
            }));
        }
        return beginnings.stream().map(live -> {
            StoreState state = new StoreState(live, Set.of(), Map.of());
            for (String user : homes.keySet()) {
                state = state.withActive(user, with(liveOf(state, user), StoreState.NONE));
            }
            return state;
        }).toList();
    }

    @Override
    public boolean isRead(StoreCall call) {
        return call.method().isRead();
    }

    @Override
    public Collection<StoreState> step(StoreState state, StoreCall call, Answer answer) {
        if (!call.isOk()) {
            return call.method() != Method.CREATE && state.isLive(call.workspace()) ? Set.of() : Set.of(state);
        }
        return switch (call.method()) {
            case ROLE -> (answer.role() != null) == state.isLive(call.workspace()) ? Set.of(state) : Set.of();
            case LIST -> list(state, call);
            case DEFAULT -> resolve(state, call.user(), answer.workspace(), answer.name());
            case CREATE -> state.isAbsent(answer.workspace()) ? create(state, call, answer.workspace()) : Set.of();
            case UPDATE -> state.isLive(call.workspace()) ? Set.of(state.named(call.workspace(), call.name())) : Set.of();
            case REMOVE -> remove(state, call.workspace());
            case ACTIVATE -> state.isLive(call.workspace())
                    ? Set.of(state.withActive(call.user(), Set.of(call.workspace()))) : Set.of();
            default -> Set.of(state);
        };
    }

    @Override
    public Collection<StoreState> stepUnanswered(StoreState state, StoreCall call) {
        if (call.isOk() && call.method() != Method.DEFAULT || !call.mayTakeEffect()) {
            boolean changes = call.isOk() && !call.method().isRead();
            Collection<StoreState> states = changes ? step(state, call, call.answer()) : Set.of();
            return states.isEmpty() ? Set.of(state) : states;
        }
        return switch (call.method()) {
            case DEFAULT -> resolveUnseen(state, call.user());
            case CREATE -> absentOf(state, call.user()).stream().map(id -> create(state, call, id))
                    .flatMap(Collection::stream).toList();
            case UPDATE -> state.isLive(call.workspace()) ? Set.of(state.named(call.workspace(), call.name())) : Set.of();
            case REMOVE -> remove(state, call.workspace());
            case ACTIVATE -> state.isLive(call.workspace())
                    ? Set.of(state.withActive(call.user(), Set.of(call.workspace()))) : Set.of();
            default -> Set.of(state);
        };
    }

    private Collection<StoreState> list(StoreState state, StoreCall call) {
        Set<String> ids = new HashSet<>();
        Set<String> active = new HashSet<>();
        StoreState next = state;
        for (Entry entry : call.answer().entries()) {
            ids.add(entry.id());
            if (entry.isActive()) {
                active.add(entry.id());
            }
            next = next == null ? null : shows(next, entry.id(), entry.name());
        }
        if (next == null || !ids.equals(liveOf(state, call.user()))) {
            return Set.of();
        }
        if (!call.tellsActive()) {
            return Set.of(next);
        }
        return narrowed(next, call.user(), active.isEmpty() ? Set.of(StoreState.NONE) : active);
    }

    private static Collection<StoreState> narrowed(StoreState state, String user, Set<String> seen) {
        Set<String> possible = new HashSet<>(state.activeOf(user));
        if (!possible.retainAll(seen)) {
            return Set.of(state);
        }
        return possible.isEmpty() ? Set.of() : Set.of(state.withActive(user, possible));
    }

    /** The state after its name was seen; null if it has another one. */
    private static StoreState shows(StoreState state, String id, String name) {
        String known = state.live().get(id);
        if (known == null) {
            return null;
        }
        if (known.equals(StoreState.UNNAMED)) {
            return name == null ? state : state.named(id, name);
        }
        return name != null && known.equals(name.strip()) ? state : null;
    }

    private Collection<StoreState> resolve(StoreState state, String user, String answer, String name) {
        Set<String> live = liveOf(state, user);
        if (live.isEmpty()) {
            return absentOf(state, user).contains(answer)
                    ? Set.of(state.named(answer, name).withActive(user, Set.of(answer))) : Set.of();
        }
        Set<String> active = state.activeOf(user);
        boolean possible = live.contains(answer) && (active.contains(answer) || active.contains(StoreState.NONE));
        StoreState next = possible ? shows(state, answer, name) : null;
        return next == null ? Set.of() : Set.of(next.withActive(user, Set.of(answer)));
    }

    private Collection<StoreState> resolveUnseen(StoreState state, String user) {
        Set<String> live = liveOf(state, user);
        if (live.isEmpty()) {
            return absentOf(state, user).stream().map(id -> state.named(id, null).withActive(user, Set.of(id))).toList();
        }
        Set<String> active = new HashSet<>(state.activeOf(user));
        if (active.remove(StoreState.NONE)) {
            active.addAll(live);
        }
        return Set.of(state.withActive(user, active));
    }

    private Collection<StoreState> create(StoreState state, StoreCall call, String id) {
        return Set.of(state.named(id, call.name()).withActive(call.user(), with(state.activeOf(call.user()), id)));
    }

    private Collection<StoreState> remove(StoreState state, String id) {
        if (!state.isLive(id)) {
            return Set.of(state);
        }
        List<StoreState> states = new ArrayList<>(List.of(state.without(id)));
        for (String user : workspaces.get(id).members().keySet()) {
            if (state.activeOf(user).contains(id)) {
                states = rehomed(states, user, id);
            }
        }
        return states;
    }

    /** To any other live one; without any, to none, or to a new default made at once. */
    private List<StoreState> rehomed(List<StoreState> states, String user, String removed) {
        List<StoreState> next = new ArrayList<>();
        for (StoreState state : states) {
            Set<String> live = liveOf(state, user);
            Set<String> possible = new HashSet<>(state.activeOf(user));
            possible.remove(removed);
            possible.addAll(live.isEmpty() ? Set.of(StoreState.NONE) : live);
            next.add(state.withActive(user, possible));
            if (live.isEmpty()) {
                absentOf(state, user).forEach(id -> next.add(state.named(id, null).withActive(user, Set.of(id))));
            }
        }
        return next;
    }

    private Set<String> liveOf(StoreState state, String user) {
        Set<String> live = new HashSet<>();
        for (Workspace workspace : homes.getOrDefault(user, List.of())) {
            if (state.isLive(workspace.id())) {
                live.add(workspace.id());
            }
        }
        return live;
    }

    /** Workspaces that nobody asked for, and that are not there yet. */
    private List<String> absentOf(StoreState state, String user) {
        return homes.getOrDefault(user, List.of()).stream().filter(Workspace::isImplicit).map(Workspace::id)
                .filter(state::isAbsent).toList();
    }

    private static Set<String> with(Set<String> set, String more) {
        Set<String> larger = new HashSet<>(set);
        larger.add(more);
        return larger;
    }
}
