package dev.or3.tck.suites.check.admin;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the admin component remembers of what one history did. Immutable.
 *
 * @param users      email and display name by user, of those who are known to have them
 * @param workspaces by id
 * @param admins     the users of the history who are admins
 */
record AdminState(Map<String, User> users, Map<String, Workspace> workspaces, Set<String> admins) {

    record User(String email, String displayName, String identity) {
        boolean isCalled(String emailOrId) {
            return emailOrId != null && (emailOrId.equals(email) || emailOrId.equals(identity));
        }

        boolean matches(String query) {
            return email.contains(query) || displayName.contains(query);
        }
    }

    /**
     * @param roles    the wire names of the roles by user
     * @param settings texts by key
     */
    record Workspace(String name, Map<String, String> roles, boolean deleted, Map<String, String> settings) {

        boolean isOwner(String user) {
            return "owner".equals(roles.get(user));
        }

        /** Whether without that user as owner there would be none. */
        boolean isLastOwner(String user) {
            return isOwner(user) && roles.values().stream().filter("owner"::equals).count() == 1;
        }

        Workspace with(String user, String role) {
            Map<String, String> next = new HashMap<>(roles);
            if (role == null) {
                next.remove(user);
            } else {
                next.put(user, role);
            }
            return new Workspace(name, next, deleted, settings);
        }

        Workspace deleted(boolean gone) {
            return new Workspace(name, roles, gone, settings);
        }

        Workspace set(String key, String value) {
            Map<String, String> next = new HashMap<>(settings);
            next.put(key, value);
            return new Workspace(name, roles, deleted, next);
        }
    }

    AdminState with(String id, User user) {
        Map<String, User> next = new HashMap<>(users);
        next.put(id, user);
        return new AdminState(next, workspaces, admins);
    }

    AdminState with(String id, Workspace workspace) {
        Map<String, Workspace> next = new HashMap<>(workspaces);
        next.put(id, workspace);
        return new AdminState(users, next, admins);
    }

    AdminState withAdmin(String user, boolean admin) {
        Set<String> next = new HashSet<>(admins);
        if (admin) {
            next.add(user);
        } else {
            next.remove(user);
        }
        return new AdminState(users, workspaces, next);
    }

    /** The user of that email or provider's id; null if none is known. */
    String named(String emailOrId) {
        return users.entrySet().stream().filter(user -> user.getValue().isCalled(emailOrId)).map(Map.Entry::getKey)
                .findFirst().orElse(null);
    }
}
