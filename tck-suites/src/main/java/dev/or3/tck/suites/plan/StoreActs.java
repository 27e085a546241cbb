package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.StoreScript.EDITOR;
import static dev.or3.tck.suites.plan.StoreScript.FOREIGN;
import static dev.or3.tck.suites.plan.StoreScript.MEMBERS;
import static dev.or3.tck.suites.plan.StoreScript.NO_USER;
import static dev.or3.tck.suites.plan.StoreScript.NO_WORKSPACE;
import static dev.or3.tck.suites.plan.StoreScript.OWNER;
import static dev.or3.tck.suites.plan.StoreScript.PROVISIONED;
import static dev.or3.tck.suites.plan.StoreScript.SHARED;
import static dev.or3.tck.suites.plan.StoreScript.STRANGER;
import static dev.or3.tck.suites.plan.StoreScript.VIEWER;
import static dev.or3.tck.suites.plan.StoreScript.bound;

import java.util.List;

/** The scenes of which plans for the workspaces component are made. Each stands alone, and each can follow any other. */
final class StoreActs {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_DESCRIPTION = 1000;

    /** Pairs of identities that a careless provider takes for one. */
    static final List<List<String>> TWINS = List.of(
            List.of("github", "${run}", "gitlab", "${run}"),
            List.of("github", "Alice-${run}", "github", "alice-${run}"),
            List.of("a", "b:c${run}", "a:b", "c${run}"),
            List.of("a", "b|c${run}", "a|b", "c${run}"),
            List.of("a", "b/c${run}", "a/b", "c${run}"),
            List.of("ab", "c${run}", "a", "bc${run}"),
            List.of("github", "caf\u00e9-${run}", "github", "cafe\u0301-${run}"),
            List.of("github", "cafe-${run}", "github", "caf\u00e9-${run}"),
            List.of("github", "\uff41${run}", "github", "a${run}"),
            List.of("github", "a_${run}", "github", "a%${run}"),
            List.of("github", "x${run}", "github", "x${run} "),
            List.of("github", "a b${run}", "github", "ab${run}"),
            List.of("github", "1${run}", "github", "01${run}"),
            List.of("github", "\ud83d\ude00${run}", "github", "\ud83d\ude01${run}"),
            List.of("github", "o'neil-${run}", "github", "o''neil-${run}"));

    private StoreActs() {
    }

    /** Two identities that are easily confused, each asked for more than once, with and without other profile data. */
    static void twins(StoreScript script, List<String> pair, String tag) {
        script.then().find(pair.get(2), pair.get(3));
        for (int round = 0; round < 2; round++) {
            script.enter(pair.get(0), pair.get(1), round == 0 ? null : tag + round + "@example.org", tag + "a" + round)
                    .find(pair.get(2), pair.get(3))
                    .enter(pair.get(2), pair.get(3), "same@example.org", tag + "b" + round)
                    .find(pair.get(0), pair.get(1));
        }
        script.home(bound(tag + "a0"), null).home(bound(tag + "b0"), null).list(bound(tag + "a0")).list(bound(tag + "b0"));
    }

    /** New identities are asked for by all at once, and then their default workspaces. */
    static void firstLogins(StoreScript script, String tag, int threads, int rounds) {
        script.race();
        for (int round = 0; round < rounds; round++) {
            String id = tag + round;
            script.align(threads);
            for (int thread = 0; thread < threads; thread++) {
                script.to(thread).enter("github", id + "-${run}", "mail" + thread + "@example.org", id + "by" + thread);
            }
            script.align(threads);
            for (int thread = 0; thread < threads; thread++) {
                script.to(thread).home(bound(id + "by" + thread), id + "home" + thread);
            }
        }
        script.then();
        for (int round = 0; round < rounds; round++) {
            String id = tag + round;
            script.enter("github", id + "-${run}", null, id).find("github", id + "-${run}").home(bound(id), id + "home")
                    .list(bound(id)).role(bound(id), bound(id + "home")).home(bound(id + "by1"), null);
        }
    }

    /** Roles of members, strangers and nobody, in the shared, a foreign, an own and no workspace, whichever is active. */
    static void roles(StoreScript script, String tag) {
        script.then().create(EDITOR, tag).list(EDITOR).activate(EDITOR, SHARED)
                .role(EDITOR, bound(tag)).role(EDITOR, SHARED).activate(EDITOR, bound(tag))
                .role(EDITOR, SHARED).role(EDITOR, bound(tag)).list(EDITOR)
                .role(OWNER, bound(tag)).role(STRANGER, SHARED).role(STRANGER, FOREIGN).role(OWNER, FOREIGN)
                .role(OWNER, NO_WORKSPACE).role(NO_USER, SHARED).role(VIEWER, SHARED).role(OWNER, SHARED)
                .list(OWNER).list(STRANGER);
    }

    /** Everybody tries what only some may, and then somebody who may. */
    static void permissions(StoreScript script, String tag) {
        script.then().create(OWNER, tag).list(OWNER);
        for (String user : List.of(VIEWER, STRANGER, EDITOR)) {
            if (!user.equals(EDITOR)) {
                script.rename(user, SHARED);
            }
            script.remove(user, SHARED).rename(user, bound(tag)).remove(user, bound(tag)).list(OWNER);
        }
        script.rename(EDITOR, SHARED).list(VIEWER).role(VIEWER, SHARED)
                .update(OWNER, SHARED, script.fresh("renamed"), "described").list(EDITOR)
                .rename(OWNER, bound(tag)).list(OWNER)
                .remove(OWNER, bound(tag)).list(OWNER).role(OWNER, bound(tag))
                .rename(OWNER, bound(tag)).remove(OWNER, bound(tag)).list(OWNER);
    }

    /** The shared workspace is removed while it is active for several, who have others. */
    static void removal(StoreScript script, String tag, boolean lookBefore) {
        script.then();
        for (int i = 0; i < MEMBERS.size(); i++) {
            script.create(MEMBERS.get(i), tag + i).activate(MEMBERS.get(i), SHARED);
        }
        if (lookBefore) {
            MEMBERS.forEach(user -> script.list(user).role(user, SHARED));
        }
        script.remove(OWNER, SHARED);
        for (int i = MEMBERS.size() - 1; i >= 0; i--) {
            script.list(MEMBERS.get(i)).role(MEMBERS.get(i), SHARED).home(MEMBERS.get(i), null).list(MEMBERS.get(i));
        }
        script.activate(VIEWER, SHARED).rename(OWNER, SHARED).remove(OWNER, SHARED).list(VIEWER).home(VIEWER, null);
    }

    /** The last workspace of a user goes, and they sign in again. */
    static void lastRemoved(StoreScript script, String tag) {
        script.then().enter("github", tag + "-${run}", null, tag).home(bound(tag), tag + "home").list(bound(tag))
                .remove(bound(tag), bound(tag + "home")).list(bound(tag)).home(bound(tag), tag + "next").list(bound(tag))
                .role(bound(tag), bound(tag + "home")).role(bound(tag), bound(tag + "next"));
    }

    /** A user activates what is theirs, and what is not. */
    static void activation(StoreScript script, String tag) {
        script.then().create(VIEWER, tag).activate(VIEWER, bound(tag)).list(VIEWER)
                .activate(VIEWER, FOREIGN).list(VIEWER).activate(VIEWER, NO_WORKSPACE).activate(NO_USER, SHARED)
                .list(VIEWER).home(VIEWER, null)
                .activate(VIEWER, SHARED).list(VIEWER).home(VIEWER, null)
                .create(VIEWER, tag + "gone").remove(VIEWER, bound(tag + "gone")).activate(VIEWER, bound(tag + "gone"))
                .list(VIEWER).activate(VIEWER, bound(tag)).list(VIEWER).activate(OWNER, SHARED).list(OWNER).list(VIEWER);
    }

    /** Names and descriptions at their limits and just beyond, and users that do not exist. */
    static void input(StoreScript script, String tag) {
        String longest = name(LONGEST_NAME);
        String described = "d".repeat(LONGEST_DESCRIPTION);
        script.then().create(STRANGER, longest, described, tag).list(STRANGER)
                .create(STRANGER, "", null, null).create(STRANGER, "   ", null, null)
                .create(STRANGER, name(LONGEST_NAME + 1), null, null)
                .create(STRANGER, script.fresh("created"), described + "d", null)
                .create(NO_USER, script.fresh("created"), null, null).home(NO_USER, null).list(STRANGER)
                .update(STRANGER, bound(tag), "", null).update(STRANGER, bound(tag), " \t ", null)
                .update(STRANGER, bound(tag), name(LONGEST_NAME + 1), null)
                .update(STRANGER, bound(tag), script.fresh("renamed"), described + "d")
                .update(NO_USER, bound(tag), script.fresh("renamed"), null).remove(NO_USER, bound(tag))
                .list(STRANGER).update(STRANGER, bound(tag), "  " + name(LONGEST_NAME) + "  ", described).list(STRANGER)
                .update(STRANGER, bound(tag), "x", null).list(STRANGER).home(STRANGER, null);
    }

    private static String name(int length) {
        return "${run}" + "n".repeat(length - 8);
    }

    /** A change of one workspace leaves the others of the same user, and those of others, alone. */
    static void bystanders(StoreScript script, String tag) {
        script.then();
        PROVISIONED.forEach(user ->
                script.create(user, script.fresh("created"), "about it", tag + PROVISIONED.indexOf(user)));
        PROVISIONED.forEach(script::list);
        script.rename(OWNER, bound(tag + "0")).rename(STRANGER, FOREIGN).activate(EDITOR, bound(tag + "1"));
        PROVISIONED.forEach(script::list);
        script.remove(VIEWER, bound(tag + "2"));
        PROVISIONED.forEach(script::list);
    }

    /** What was there before a restart is there after it. */
    static void restart(StoreScript script, String tag) {
        script.then().enter("github", tag + "-${run}", null, tag).create(bound(tag), tag + "w").create(VIEWER, tag + "v")
                .activate(VIEWER, bound(tag + "v")).activate(OWNER, SHARED).home(bound(tag), null);
        List<String> users = List.of(bound(tag), OWNER, VIEWER);
        users.forEach(user -> script.list(user).role(user, SHARED));
        script.role(bound(tag), bound(tag + "w")).role(VIEWER, bound(tag + "v")).restart();
        users.forEach(user -> script.list(user).role(user, SHARED));
        script.role(bound(tag), bound(tag + "w")).role(VIEWER, bound(tag + "v"))
                .enter("github", tag + "-${run}", null, tag + "again").find("github", tag + "-${run}");
        users.forEach(user -> script.home(user, null));
    }
}
