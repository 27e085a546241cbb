package dev.or3.tck.suites.check.config;

import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.config.ConfigWorld.Use;
import dev.or3.tck.suites.check.index.HistoryIndex;
import java.util.HashSet;
import java.util.Set;

/** Judges the config component: CFG-01 to CFG-12. */
public final class ConfigJudgement implements Judgement {

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        ConfigWorld world = new ConfigWorld(index.history());
        if (world.calls.isEmpty() && world.arranged("started").isEmpty()) {
            return;
        }
        AskFindings found = new AskFindings();
        FormRules.judge(world, found);
        RoleRules.judge(world, found);
        SecretRules.judge(world, found);
        TypeRules.judge(world, found);
        OrganizationRules.judge(world, found);
        EventRules.judge(world, found);
        HealthRules.judge(world, found);
        UsageRules.judge(world, found);
        TimeRules.judge(world, found);
        StorageRules.judge(world, found);
        found.moveTo(findings, isGrounded(world));
    }

    /** Something was switched to, and answered; or something was found wrong, and something right. */
    private static boolean isGrounded(ConfigWorld world) {
        Set<Use> uses = new HashSet<>();
        world.standard().ifPresent(uses::add);
        world.calls.stream().filter(call -> call.method().equals("switchProvider") && call.isOk())
                .forEach(call -> uses.add(ConfigWorld.use(call.input().path("config"))));
        boolean answered = world.calls.stream().anyMatch(call -> call.method().equals("query") && call.isOk()
                && uses.stream().anyMatch(use -> use.answers(call.answer())));
        return answered || validates(world.calls, true) && validates(world.calls, false)
                || !world.arranged("started").isEmpty();
    }

    private static boolean validates(Iterable<AskCall> calls, boolean well) {
        for (AskCall call : calls) {
            if (call.method().equals("validate") && call.isOk() && call.answer().path("ok").asBoolean(!well) == well) {
                return true;
            }
        }
        return false;
    }
}
