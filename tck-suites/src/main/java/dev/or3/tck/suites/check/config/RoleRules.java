package dev.or3.tck.suites.check.config;

import dev.or3.tck.suites.backend.CanarySearch;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import java.util.Optional;
import java.util.Set;

/** Owners and admins change, nobody else does; credentials are masked (CFG-09). */
final class RoleRules {
    private static final String RULE = "CFG-09";
    private static final Set<String> CHANGES = Set.of("saveConfig", "switchProvider", "rollbackProvider");

    private RoleRules() {
    }

    static void judge(ConfigWorld world, AskFindings found) {
        boolean allowed = false;
        boolean masked = false;
        long denied = 0;
        for (AskCall call : world.calls) {
            String actor = call.text("actorId");
            if (actor == null || call.event().user() == null || !actor.equals(call.event().user())) {
                continue;
            }
            Optional<Boolean> admin = world.isAdmin(actor, call);
            String role = world.role(actor, call.text("orgId"));
            boolean change = CHANGES.contains(call.method());
            boolean known = admin.isPresent() && world.isOrganization(call.text("orgId"));
            boolean entitled = known && (admin.get() || (change ? "owner".equals(role) : role != null));
            if (known && !entitled && (change || call.method().equals("activeConfig"))) {
                denied += judgeDenied(call, role, found) ? 1 : 0;
            } else if (entitled && change) {
                allowed |= call.isOk();
                judgeAllowed(world, call, admin.get(), found);
            }
            if (call.method().equals("activeConfig") && call.isOk()) {
                masked |= judgeMask(call, found);
            }
        }
        found.premise(RULE, allowed && masked ? denied : 0);
    }

    private static boolean judgeDenied(AskCall call, String role, AskFindings found) {
        String who = role == null ? "a stranger" : "a member who is no owner (" + role + ")";
        if (call.isOk() && !call.answer().isNull()) {
            found.violated(RULE, call.text("orgId"), "Because the actor is " + who + ", yet " + call.called()
                    + " got success.", "a refusal", call.outcome(), call);
        }
        return call.isTurnedDown();
    }

    /** Whoever may is not told that they may not. */
    private static void judgeAllowed(ConfigWorld world, AskCall call, boolean admin, AskFindings found) {
        if (call.status() == 401 || call.status() == 403) {
            found.violated(RULE, call.text("orgId"), "Because the actor is " + (admin ? "an admin" : "an owner")
                    + " of the organization, yet " + call.called() + " got " + call.outcome() + ".", "it is done",
                    call.outcome(), call);
        }
    }

    private static boolean judgeMask(AskCall call, AskFindings found) {
        Optional<String> form = CanarySearch.in(call.answer().toString());
        form.ifPresent(how -> found.violated(RULE, call.text("orgId"), "Because credentials are shown masked, yet "
                + call.called() + " shows one (" + how + ").", "a mask in its place", "the credential", call));
        return form.isEmpty() && call.answer().path("config").size() > 1;
    }
}
