package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.AdminScript.bound;

import dev.or3.tck.api.workspaces.Role;
import java.util.List;

/** The scenes and races of which plans for the admin component are made. Each stands alone, and can follow any other. */
final class AdminActs {
    private static final int WORKSPACES = 5;

    enum Race { OWNERS, SETTINGS, ADMINS, DELETIONS, MEMBERS }

    private AdminActs() {
    }

    /** Members come, change and go; and the last owner is to go in every way there is. */
    static void members(AdminScript script, String tag) {
        script.stages.then();
        String w = bound(tag);
        users(script, tag, 3);
        script.create(bound(tag + "a"), script.fresh("created"), tag).members(w).get(w)
                .upsert(w, tag + "b", Role.EDITOR).upsertIdentity(w, tag + "c", Role.VIEWER).members(w).get(w)
                .role(bound(tag + "b"), w).setRole(w, bound(tag + "b"), Role.VIEWER).members(w)
                .upsert(w, tag + "c", Role.EDITOR).role(bound(tag + "c"), w).members(w)
                .remove(w, bound(tag + "c")).members(w).role(bound(tag + "c"), w).home(bound(tag + "c")).get(w)
                .remove(w, bound(tag + "a")).setRole(w, bound(tag + "a"), Role.EDITOR).upsert(w, tag + "a", Role.VIEWER)
                .upsertIdentity(w, tag + "a", Role.EDITOR).members(w).role(bound(tag + "a"), w)
                .upsert(w, tag + "b", Role.OWNER).members(w).remove(w, bound(tag + "a")).members(w).get(w)
                .home(bound(tag + "a")).setRole(w, bound(tag + "b"), Role.VIEWER).remove(w, bound(tag + "b")).members(w)
                .upsert(w, tag + "nobody", Role.EDITOR).members(w).members("no-workspace-${run}")
                .setRole("no-workspace-${run}", bound(tag + "b"), Role.EDITOR);
    }

    /** Workspaces are created, searched for, paged through, deleted and restored. */
    static void workspaces(AdminScript script, String tag, int perPage) {
        script.stages.then();
        users(script, tag, 2);
        for (int i = 0; i < WORKSPACES; i++) {
            script.create(bound(tag + "a"), (i % 2 == 0 ? "Paged " : "pAGED ") + tag + " ${run} number " + i, tag + i);
        }
        script.create(bound(tag + "b"), script.fresh("another"), tag + "other");
        String search = "PAGED " + tag + " ${run}";
        pages(script, search, null, perPage);
        script.list(search, null, 1, 50).list(tag + " ${run} NUMBER 3", null, 1, 10).list("no such name ${run}", null, 1, 10);
        String gone = bound(tag + "1");
        script.upsert(gone, tag + "b", Role.EDITOR).set(gone, "colour", "blue").delete(gone).get(gone)
                .list(search, null, 1, 50).list(search, true, 1, 50).list(search, false, 1, 50)
                .home(bound(tag + "a")).home(bound(tag + "b")).role(bound(tag + "b"), gone);
        pages(script, search, true, perPage);
        script.restore(gone).get(gone).list(search, null, 1, 50).members(gone).setting(gone, "colour")
                .home(bound(tag + "a")).role(bound(tag + "b"), gone).delete(gone).delete(gone).get(gone)
                .restore(gone).restore(gone).get(gone).get("no-workspace-${run}");
    }

    private static void pages(AdminScript script, String search, Boolean includeDeleted, int perPage) {
        for (int page = 1; page <= WORKSPACES / perPage + 2; page++) {
            script.list(search, includeDeleted, page, perPage);
        }
    }

    /** Settings of two workspaces under one key, written over, empty and long. */
    static void settings(AdminScript script, String tag) {
        script.stages.then();
        users(script, tag, 1);
        String one = bound(tag + "one");
        String two = bound(tag + "two");
        script.create(bound(tag + "a"), script.fresh("created"), tag + "one")
                .create(bound(tag + "a"), script.fresh("created"), tag + "two").get(one)
                .setting(one, "colour").set(one, "colour", "blue").setting(one, "colour").setting(two, "colour")
                .set(two, "colour", "r\u00f6t \ud83d\ude00").setting(one, "colour").setting(two, "colour").setting(one, "Colour")
                .set(one, "colour", "").setting(one, "colour").set(one, "size", "9".repeat(2000)).setting(one, "size")
                .set(one, "colour", "{\"a\":1}").setting(one, "colour").setting(two, "colour");
    }

    /** Admins come and go, each twice. */
    static void admins(AdminScript script, String tag) {
        script.stages.then();
        users(script, tag, 2);
        String a = bound(tag + "a");
        String b = bound(tag + "b");
        script.isAdmin(a).grant(a).isAdmin(a).isAdmin(b).grant(a).admins().grant(b).admins().revoke(a).isAdmin(a).isAdmin(b)
                .admins().revoke(a).isAdmin(a).revoke(b).admins().grant("no-user-${run}").isAdmin("no-user-${run}");
    }

    /** Users are searched for by what their emails and display names share. */
    static void search(AdminScript script, String tag) {
        script.stages.then();
        users(script, tag, 3);
        script.user(tag + "zz").users(tag, null).users(tag + "zz-${run}", 10).users(tag + "a-${run}", 1)
                .users("nobody-of-${run}", 10);
        for (int limit = 1; limit <= 3; limit++) {
            script.users("-${run}", limit);
        }
        script.users("-${run}", 50);
    }

    private static void users(AdminScript script, String tag, int count) {
        for (int i = 0; i < count; i++) {
            script.user(tag + (char) ('a' + i));
        }
    }

    /** Calls that collide, round by round, and a look at what they left. */
    static void race(AdminScript script, Race race, String tag, int threads, int rounds, Dice dice) {
        script.stages.then();
        users(script, tag, 2);
        List<String> owners = List.of(bound(tag + "a"), bound(tag + "b"));
        for (int round = 0; round < rounds; round++) {
            String w = tag + round;
            script.create(owners.get(0), script.fresh("created"), w).upsert(bound(w), tag + "b", Role.OWNER);
        }
        script.members(bound(tag + "0")).get(bound(tag + "0"));
        script.stages.race();
        for (int round = 0; round < rounds; round++) {
            String w = bound(tag + round);
            script.stages.align(threads);
            for (int thread = 0; thread < threads; thread++) {
                script.stages.to(thread);
                String mine = owners.get(thread % 2);
                switch (race) {
                    case OWNERS -> leave(script, w, mine, tag + (thread % 2 == 0 ? "a" : "b"), dice);
                    case SETTINGS -> script.set(w, "colour", "by " + thread).setting(w, "colour");
                    case ADMINS -> {
                        if (thread % 2 == 0) {
                            script.grant(owners.get(0));
                        } else {
                            script.revoke(owners.get(0));
                        }
                        script.isAdmin(owners.get(0));
                    }
                    case DELETIONS -> {
                        if (thread % 2 == 0) {
                            script.delete(w).get(w);
                        } else {
                            script.restore(w).get(w);
                        }
                    }
                    case MEMBERS -> script.upsert(w, tag + "b", thread % 2 == 0 ? Role.EDITOR : Role.VIEWER).members(w);
                }
            }
        }
        script.stages.then();
        for (int round = 0; round < rounds; round++) {
            script.members(bound(tag + round)).get(bound(tag + round));
        }
        script.admins();
    }

    private static void leave(AdminScript script, String w, String user, String name, Dice dice) {
        switch (dice.below(3)) {
            case 0 -> script.remove(w, user);
            case 1 -> script.setRole(w, user, Role.EDITOR);
            default -> script.upsert(w, name, Role.VIEWER);
        }
        script.members(w);
    }
}
