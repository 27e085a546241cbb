package dev.or3.tck.suites.check.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the workspaces component remembers, as far as a model can know. Choices about the active workspace depend on nothing
 * else, so a state holds the set of what is possible for each user. Immutable.
 *
 * @param live    the names of the live workspaces by id; {@link #UNNAMED} where the name was not seen yet
 * @param removed the ids of the removed ones
 * @param active  by user, the workspaces that may be active, {@link #NONE} among them where perhaps none is
 */
record StoreState(Map<String, String> live, Set<String> removed, Map<String, Set<String>> active) {
    static final String UNNAMED = "\0";
    static final String NONE = "";

    boolean isLive(String workspace) {
        return live.containsKey(workspace);
    }

    boolean isAbsent(String workspace) {
        return !isLive(workspace) && !removed.contains(workspace);
    }

    Set<String> activeOf(String user) {
        return active.getOrDefault(user, Set.of(NONE));
    }

    StoreState named(String workspace, String name) {
        Map<String, String> names = new HashMap<>(live);
        names.put(workspace, name == null ? UNNAMED : name.strip());
        return new StoreState(names, removed, active);
    }

    StoreState without(String workspace) {
        Map<String, String> names = new HashMap<>(live);
        names.remove(workspace);
        Set<String> gone = new HashSet<>(removed);
        gone.add(workspace);
        return new StoreState(names, gone, active);
    }

    StoreState withActive(String user, Set<String> possible) {
        Map<String, Set<String>> next = new HashMap<>(active);
        next.put(user, Set.copyOf(possible));
        return new StoreState(live, removed, next);
    }
}
