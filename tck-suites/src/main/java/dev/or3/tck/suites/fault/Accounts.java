package dev.or3.tck.suites.fault;

import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces.User;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The tables of users, workspaces and memberships. Single statements are atomic; see {@link Space}. */
final class Accounts {
    final Map<Object, String> identities = new ConcurrentHashMap<>();
    final Map<String, User> users = new ConcurrentHashMap<>();
    final Map<String, Workspace> workspaces = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Role>> members = new ConcurrentHashMap<>();
    private final Map<String, List<String>> homes = new ConcurrentHashMap<>();
    /** The active workspace by user. */
    final Map<String, String> active = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    <T> T transact(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** The members of a workspace with their roles, also of a removed one. */
    Map<String, Role> membersOf(String workspaceId) {
        return members.getOrDefault(workspaceId, Map.of());
    }

    /** The ids of the workspaces that a user ever joined, oldest first. */
    List<String> homesOf(String userId) {
        return homes.getOrDefault(userId, List.of());
    }

    void join(String userId, String workspaceId, Role role) {
        members.computeIfAbsent(workspaceId, id -> new ConcurrentHashMap<>()).put(userId, role);
        homes.computeIfAbsent(userId, id -> new CopyOnWriteArrayList<>()).add(workspaceId);
    }

    void leave(String userId, String workspaceId) {
        members.get(workspaceId).remove(userId);
        homes.getOrDefault(userId, List.of()).remove(workspaceId);
    }

    void change(String userId, String workspaceId, Role role) {
        members.get(workspaceId).put(userId, role);
    }

    /**
     * @param createdAt epoch seconds of provider time
     */
    record Workspace(String id, String name, String description, long createdAt, boolean removed) {
        Workspace renamed(String newName, String newDescription) {
            return new Workspace(id, newName, newDescription == null ? description : newDescription, createdAt, removed);
        }

        Workspace gone() {
            return new Workspace(id, name, description, createdAt, true);
        }

        Workspace back() {
            return new Workspace(id, name, description, createdAt, false);
        }
    }
}
