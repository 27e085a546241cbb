package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.AskScript.EDITOR;
import static dev.or3.tck.suites.plan.AskScript.OWNER;
import static dev.or3.tck.suites.plan.AskScript.SHARED;
import static dev.or3.tck.suites.plan.AskScript.VIEWER;
import static dev.or3.tck.suites.plan.AskScript.bound;
import static dev.or3.tck.suites.plan.AskScript.fields;

import dev.or3.tck.api.Json;
import java.util.List;
import java.util.Map;

/** Malformed calls of the admin component, method by method, each beside a good one (ADM-03). */
final class AdminInput {
    private static final String COMPONENT = "admin";

    /**
     * @param good      what a correct provider accepts
     * @param questions what shows a trace
     */
    private record Scene(Action.Ask good, List<Action.Ask> questions) {
    }

    private AdminInput() {
    }

    /** All methods by turns. */
    static void all(AskScript script, int most, Dice dice) {
        prepare(script);
        scenes().forEach(scene -> play(script, scene, most, dice));
    }

    /** Some of the methods. */
    static void some(AskScript script, int methods, int most, Dice dice) {
        prepare(script);
        dice.some(scenes(), methods).forEach(scene -> play(script, scene, most, dice));
    }

    private static void play(AskScript script, Scene scene, int most, Dice dice) {
        Misshapen.play(script, scene.good(), AskScript.STRANGER, scene.questions(), most, dice);
    }

    /** A user with an email, who owns a workspace. */
    private static void prepare(AskScript script) {
        script.then().ask(new Action.Ask("workspaces", "getOrCreateUser", null, null, Json.write(fields("provider", "github",
                "providerUserId", "in-id-${run}", "email", "in-${run}@example.org", "displayName", "in-${run}")),
                Map.of("in", "/userId")));
        script.ask(new Action.Ask(COMPONENT, "createWorkspace", OWNER, SHARED, Json.write(fields("name", "In ${run}",
                "ownerUserId", bound("in"))), Map.of("w", "/workspaceId")));
        script.ask(new Action.Ask(COMPONENT, "getStatus", OWNER, SHARED, "{}",
                Map.of("action", "/actions/[danger!=true]/id")));
    }

    private static List<Scene> scenes() {
        Map<String, Object> w = fields("workspaceId", bound("w"));
        Action.Ask members = call("listMembers", fields("workspaceId", SHARED));
        Action.Ask list = call("listWorkspaces", fields("search", "${run}", "includeDeleted", true, "page", 1,
                "perPage", 50));
        Action.Ask workspace = call("getWorkspace", w);
        Action.Ask setting = call("getSetting", fields("workspaceId", bound("w"), "key", "colour"));
        Action.Ask users = call("searchUsers", fields("query", "in-${run}", "limit", 5));
        Action.Ask admin = call("isAdmin", fields("userId", bound("in")));
        return List.of(
                scene(call("runAction", fields("actionId", bound("action")))),
                scene(call("upsertMember", fields("workspaceId", SHARED, "emailOrProviderId", "in-${run}@example.org",
                        "role", "editor")), members),
                scene(call("setMemberRole", fields("workspaceId", SHARED, "userId", EDITOR, "role", "editor")), members),
                scene(call("removeMember", fields("workspaceId", SHARED, "userId", VIEWER)), members),
                scene(call("createWorkspace", fields("name", "Another ${run}", "ownerUserId", bound("in"))), list),
                scene(call("setSetting", fields("workspaceId", bound("w"), "key", "colour", "value", "blue")), setting),
                scene(call("softDeleteWorkspace", fields("workspaceId", bound("w"), "deletedAt", 1_800_000_000L)),
                        workspace),
                scene(call("restoreWorkspace", w), workspace),
                scene(call("grantAdmin", fields("userId", bound("in"))), admin),
                scene(call("revokeAdmin", fields("userId", bound("in"))), admin),
                scene(members), scene(list), scene(workspace), scene(setting), scene(users), scene(admin));
    }

    private static Scene scene(Action.Ask good, Action.Ask... questions) {
        return new Scene(good, List.of(questions));
    }

    private static Action.Ask call(String method, Map<String, Object> input) {
        return new Action.Ask(COMPONENT, method, OWNER, SHARED, Json.write(input), Map.of());
    }
}
