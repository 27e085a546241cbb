package dev.or3.tck.suites.connect;

import dev.or3.tck.api.workspaces.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Those who have credentials at a host, and the users they are there. Safe for use by several threads. */
final class HostCallers {
    /** Below that share of what a caller may send, somebody else is asked to. */
    private static final double ENOUGH = 0.5;

    private final List<String> names;
    private final Map<String, String> userIds;
    private final Map<String, String> namesByUser;
    private final Pace pace;
    private final AtomicLong turn = new AtomicLong();

    /**
     * @param userIds by the callers' names
     */
    HostCallers(Map<String, String> userIds, Pace pace) {
        this.names = userIds.keySet().stream().sorted().toList();
        this.userIds = Map.copyOf(userIds);
        this.namesByUser = userIds.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
        this.pace = pace;
    }

    /** The caller who is that user; null for nobody. */
    String name(String userId) {
        return namesByUser.get(userId);
    }

    String userId(String name) {
        return userIds.get(name);
    }

    /** The user who comes next, by turns; when all have sent much lately, who may still send most. */
    String next() {
        long first = turn.getAndIncrement();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get((int) ((first + i) % names.size()));
            if (pace.left(name) >= ENOUGH) {
                turn.compareAndSet(first + 1, first + i + 1);
                return userIds.get(name);
            }
        }
        return userIds.get(names.stream().max(Comparator.comparingDouble(pace::left)).orElseThrow());
    }

    /** The users of those who have a role, by their ids. */
    Map<String, Role> users(Map<String, Role> roles) {
        return roles.entrySet().stream().collect(Collectors.toMap(role -> userIds.get(role.getKey()), Map.Entry::getValue));
    }

    /** All users. */
    List<String> users() {
        return names.stream().map(userIds::get).toList();
    }
}
