package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.AdminScript.bound;

import dev.or3.tck.api.workspaces.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any order of calls about some users and workspaces: members, deletions, settings, admins. */
final class AdminWalk {
    private static final int STEPS = 24;
    private static final int USERS_AT_MOST = 4;
    private static final int WORKSPACES_AT_MOST = 3;

    /** A user and a workspace, by the names they are bound to, and what is to be there. */
    private record Target(String user, String workspace, Role role, String key) {
    }

    private final AdminScript script = new AdminScript();
    private final List<String> users = new ArrayList<>();
    private final List<String> workspaces = new ArrayList<>();

    private AdminWalk() {
    }

    static AdminScript take(Dice dice) {
        Predicate<AdminWalk> peopled = walk -> !walk.workspaces.isEmpty();
        return Walk.from(AdminWalk::new)
                .may(3, walk -> walk.users.size() < USERS_AT_MOST, walk -> Arbitraries.just("walker" + walk.users.size()),
                        AdminWalk::meet)
                .may(3, walk -> !walk.users.isEmpty() && walk.workspaces.size() < WORKSPACES_AT_MOST,
                        walk -> Arbitraries.of(walk.users), AdminWalk::found)
                .may(4, peopled, AdminWalk::targets, by((s, at) -> s.upsert(bound(at.workspace), at.user, at.role)))
                .may(2, peopled, AdminWalk::targets, by((s, at) -> s.upsertIdentity(bound(at.workspace), at.user, at.role)))
                .may(4, peopled, AdminWalk::targets,
                        by((s, at) -> s.setRole(bound(at.workspace), bound(at.user), at.role)))
                .may(3, peopled, AdminWalk::targets, by((s, at) -> s.remove(bound(at.workspace), bound(at.user))))
                .may(4, peopled, AdminWalk::targets, by((s, at) -> s.members(bound(at.workspace)).get(bound(at.workspace))))
                .may(2, peopled, AdminWalk::targets, by((s, at) -> s.role(bound(at.user), bound(at.workspace))))
                .may(2, peopled, AdminWalk::targets, by((s, at) -> s.delete(bound(at.workspace)).get(bound(at.workspace))))
                .may(2, peopled, AdminWalk::targets, by((s, at) -> s.restore(bound(at.workspace)).get(bound(at.workspace))))
                .may(2, peopled, AdminWalk::targets,
                        by((s, at) -> s.set(bound(at.workspace), at.key, s.fresh("value")).setting(bound(at.workspace), at.key)))
                .may(2, peopled, AdminWalk::targets, by((s, at) -> s.setting(bound(at.workspace), at.key)))
                .may(1, peopled, AdminWalk::targets, by((s, at) -> s.grant(bound(at.user)).isAdmin(bound(at.user))))
                .may(1, peopled, AdminWalk::targets, by((s, at) -> s.revoke(bound(at.user)).isAdmin(bound(at.user))))
                .take(STEPS, dice).script;
    }

    private void meet(String user) {
        users.add(user);
        script.user(user);
    }

    private void found(String owner) {
        String workspace = "founded" + workspaces.size();
        workspaces.add(workspace);
        script.create(bound(owner), script.fresh("created"), workspace);
    }

    private Arbitrary<Target> targets() {
        return Combinators.combine(Arbitraries.of(users), Arbitraries.of(workspaces), Arbitraries.of(Role.class),
                Arbitraries.of("colour", "Colour", "size")).as(Target::new);
    }

    private static BiConsumer<AdminWalk, Target> by(BiConsumer<AdminScript, Target> call) {
        return (walk, target) -> call.accept(walk.script, target);
    }
}
