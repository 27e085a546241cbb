package dev.or3.tck.suites.check.store;

import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.check.store.StoreCall.Entry;
import dev.or3.tck.suites.check.store.StoreCall.Method;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is certain about users and workspaces in one history. Memberships never change in this component (there are no
 * invitations), so who has which role is known once and for all; what changes is whether a workspace is live, its name, and
 * which one is active. It states facts and names no rule.
 */
final class StoreFacts {
    private final List<StoreCall> calls = new ArrayList<>();
    private final Map<Method, List<StoreCall>> callsByMethod = new EnumMap<>(Method.class);
    private final List<Event> restarts = new ArrayList<>();
    private final Map<String, Workspace> workspaces = new LinkedHashMap<>();
    private final Map<String, List<StoreCall>> callsByUser = new HashMap<>();
    private final Map<String, Set<String>> memberships = new LinkedHashMap<>();
    private final Map<String, List<StoreCall>> sights = new HashMap<>();
    private final Map<String, List<Showing>> showings = new HashMap<>();

    private StoreFacts() {
    }

    /**
     * A workspace that the history shows to exist.
     *
     * @param created   the call whose answer named it first; null if it was provisioned, or made on the way by another call
     * @param firstSeen the call that showed it first; null if it was provisioned
     * @param members   the roles by user
     * @param calls     the updates and removals of it, whatever came of them
     */
    record Workspace(String id, StoreCall created, StoreCall firstSeen, Map<String, Role> members, List<StoreCall> calls) {

        boolean isProvisioned() {
            return firstSeen == null;
        }

        /** Whether no call asked for it: a default workspace that the provider made on its own account. */
        boolean isImplicit() {
            return firstSeen != null && created == null;
        }

        Collection<StoreCall> calls(Method method) {
            return calls.stream().filter(call -> call.method() == method).toList();
        }

        /** Removals by an owner that were acknowledged. */
        List<StoreCall> removals() {
            return calls.stream().filter(call -> call.method() == Method.REMOVE && call.isOk()
                    && members.get(call.user()) == Role.OWNER).toList();
        }

        /** Whether it exists from before the call until after it, whatever the order of what overlaps. */
        boolean isLiveThroughout(StoreCall call) {
            return bornBefore(call) && calls.stream().noneMatch(removal -> removal.method() == Method.REMOVE
                    && removal != call && removal.mayTakeEffect() && !call.precedes(removal));
        }

        /** Whether a removal was acknowledged before the call began. */
        boolean isRemovedBefore(StoreCall call) {
            return removals().stream().anyMatch(removal -> removal.precedes(call));
        }

        private boolean bornBefore(StoreCall call) {
            return firstSeen == null || (created == null ? firstSeen : created).precedes(call);
        }
    }

    /** What a call showed to a member of a workspace about it. */
    record Showing(StoreCall call, String name, String description) {
    }

    static StoreFacts of(History history) {
        StoreFacts facts = new StoreFacts();
        for (Event event : history.events()) {
            StoreCall.of(event).ifPresent(facts::add);
            if (event.call() instanceof Call.Restart) {
                facts.restarts.add(event);
            }
        }
        if (!facts.calls.isEmpty()) {
            facts.meet(history.header().spaces());
        }
        return facts;
    }

    private void add(StoreCall call) {
        calls.add(call);
        callsByMethod.computeIfAbsent(call.method(), any -> new ArrayList<>()).add(call);
        callsByUser.computeIfAbsent(call.user(), any -> new ArrayList<>()).add(call);
    }

    private void meet(List<History.Space> spaces) {
        for (History.Space space : spaces) {
            Map<String, Role> members = new LinkedHashMap<>();
            space.members().forEach(member -> members.put(member.userId(), member.role()));
            add(new Workspace(space.workspaceId(), null, null, members, new ArrayList<>()));
        }
        List<StoreCall> byReturn = calls.stream().filter(StoreCall::isOk)
                .sorted(Comparator.comparingLong(call -> call.event().returned())).toList();
        byReturn.forEach(call -> meetUser(call.answer().user()));
        byReturn.stream().filter(call -> call.method() == Method.CREATE).forEach(this::meetCreated);
        byReturn.forEach(this::meetShown);
        for (StoreCall call : calls) {
            boolean changes = call.method() == Method.UPDATE || call.method() == Method.REMOVE;
            if (changes && workspaces.containsKey(call.workspace())) {
                workspaces.get(call.workspace()).calls().add(call);
            }
        }
        byReturn.forEach(this::sight);
        calls.forEach(this::showing);
    }

    private void meetUser(String user) {
        if (user != null) {
            memberships.computeIfAbsent(user, any -> new LinkedHashSet<>());
        }
    }

    private void meetCreated(StoreCall call) {
        String id = call.answer().workspace();
        if (id != null && isKnownUser(call.user()) && !workspaces.containsKey(id)) {
            add(new Workspace(id, call, call, new LinkedHashMap<>(Map.of(call.user(), Role.OWNER)), new ArrayList<>()));
        }
    }

    /** An id that nobody asked for belongs to the user to whom it is shown first. */
    private void meetShown(StoreCall call) {
        if (!isKnownUser(call.user())) {
            return;
        }
        for (String id : shown(call)) {
            if (!workspaces.containsKey(id)) {
                add(new Workspace(id, null, call, new LinkedHashMap<>(Map.of(call.user(), Role.OWNER)), new ArrayList<>()));
            }
        }
    }

    private static List<String> shown(StoreCall call) {
        if (call.method() == Method.DEFAULT && call.answer().workspace() != null) {
            return List.of(call.answer().workspace());
        }
        return call.answer().entries() == null ? List.of()
                : call.answer().entries().stream().map(Entry::id).filter(id -> id != null).toList();
    }

    private void add(Workspace workspace) {
        workspaces.put(workspace.id(), workspace);
        workspace.members().keySet().forEach(user -> {
            meetUser(user);
            memberships.get(user).add(workspace.id());
        });
    }

    /** Remembers which calls showed to a user that they belong to a workspace, with the right role where one is told. */
    private void sight(StoreCall call) {
        if (call.method() == Method.ROLE && call.answer().role() != null
                && call.answer().role() == role(call.user(), call.workspace())) {
            sights.computeIfAbsent(key(call.user(), call.workspace()), any -> new ArrayList<>()).add(call);
        }
        if (call.answer().entries() != null) {
            for (Entry entry : call.answer().entries()) {
                if (entry.role() != null && entry.role() == role(call.user(), entry.id())) {
                    sights.computeIfAbsent(key(call.user(), entry.id()), any -> new ArrayList<>()).add(call);
                }
            }
        }
    }

    private void showing(StoreCall call) {
        if (call.method() == Method.DEFAULT) {
            showing(call, call.answer().workspace(), call.answer().name(), null);
        }
        if (call.answer().entries() != null) {
            call.answer().entries().forEach(entry -> showing(call, entry.id(), entry.name(), entry.description()));
        }
    }

    private void showing(StoreCall call, String workspace, String name, String description) {
        if (role(call.user(), workspace) != null) {
            showings.computeIfAbsent(workspace, any -> new ArrayList<>()).add(new Showing(call, name, description));
        }
    }

    private static String key(String user, String workspace) {
        return user + "\n" + workspace;
    }

    /** The calls of this component, in the order in which they began. */
    List<StoreCall> calls() {
        return calls;
    }

    List<StoreCall> calls(Method method) {
        return callsByMethod.getOrDefault(method, List.of());
    }

    List<StoreCall> callsOf(String user) {
        return callsByUser.getOrDefault(user, List.of());
    }

    Set<String> users() {
        return memberships.keySet();
    }

    boolean isKnownUser(String user) {
        return user != null && memberships.containsKey(user);
    }

    Collection<Workspace> workspaces() {
        return workspaces.values();
    }

    /** The workspace, or null if the history never showed such an id. */
    Workspace workspace(String id) {
        return id == null ? null : workspaces.get(id);
    }

    /** The workspaces to which a user ever belonged. */
    List<Workspace> workspacesOf(String user) {
        return memberships.getOrDefault(user, Set.of()).stream().map(workspaces::get).toList();
    }

    /** The role of a user while the workspace is live; null if they have none. */
    Role role(String user, String workspace) {
        Workspace found = workspace(workspace);
        return found == null ? null : found.members().get(user);
    }

    /** The calls that showed the user as a member of the workspace, with the right role; by their return. */
    List<StoreCall> sights(String user, String workspace) {
        return sights.getOrDefault(key(user, workspace), List.of());
    }

    /** The last of those that were over before the call began. */
    Optional<StoreCall> lastSight(String user, String workspace, StoreCall before) {
        return sights(user, workspace).stream().filter(sight -> sight.precedes(before)).reduce((first, second) -> second);
    }

    /** What its members were shown of a workspace, in the order in which those calls began. */
    List<Showing> showings(String workspace) {
        return showings.getOrDefault(workspace, List.of());
    }

    /** Whether the provider was restarted after the one call and before the other. */
    boolean restartedBetween(StoreCall earlier, StoreCall later) {
        return restarts.stream().anyMatch(restart -> earlier.event().returned() < restart.invoked()
                && restart.returned() < later.event().invoked());
    }
}
