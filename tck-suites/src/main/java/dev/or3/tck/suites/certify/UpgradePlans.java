package dev.or3.tck.suites.certify;

import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.plan.Action;
import dev.or3.tck.suites.plan.PlannedOperation;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.Plan.Client;
import dev.or3.tck.suites.plan.Plan.Space;
import dev.or3.tck.suites.plan.Plan.Stage;
import dev.or3.tck.suites.plan.Plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Plans that store records under the previous wire schema and read them under the current one (WIRE-05). */
final class UpgradePlans {
    private static final String TIMES = "\"deleted\":false,\"created_at\":1760000000,\"updated_at\":1760000000";

    private UpgradePlans() {
    }

    /** Records of every old table are stored, the provider is upgraded, and old and new records live side by side. */
    static Plan grow(long seed) {
        List<PlannedOperation> old = List.of(
                put(1, "threads", "t-${run}", "{\"id\":\"t-${run}\",\"status\":\"ready\",\"pinned\":false," + TIMES
                        + ",\"clock\":1}", 1),
                put(2, "projects", "p-${run}", "{\"id\":\"p-${run}\",\"name\":\"before\"," + TIMES + ",\"clock\":1}", 1),
                put(3, "kv", "v-${run}", "{\"id\":\"v-${run}\",\"name\":\"colour\",\"value\":\"blue\","
                        + "\"created_at\":1760000000,\"updated_at\":1760000000,\"clock\":1}", 1),
                new PlannedOperation(opId(4), "kv", "delete", "gone-${run}", null, "d1", "0mh7a2f00:000:device01", 4));
        List<PlannedOperation> grown = List.of(
                put(5, "threads", "t-${run}", "{\"id\":\"t-${run}\",\"status\":\"ready\",\"pinned\":true,\"forked\":true,"
                        + TIMES + ",\"clock\":2}", 2),
                put(6, "notifications", "n-${run}", "{\"id\":\"n-${run}\",\"user_id\":\"${user:0:0}\",\"type\":\"note\","
                        + "\"title\":\"after\"," + TIMES + ",\"clock\":1}", 1));
        List<Step> before = new ArrayList<>(look());
        before.add(0, push(old));
        List<Step> after = new ArrayList<>(look());
        after.add(push(List.of(old.get(1))));
        after.add(push(grown));
        after.addAll(look());
        return new Plan("upgrade/grown-schema", seed, -1, Set.of(), List.of(Space.of(Role.OWNER)),
                List.of(new Client(0, 0, "d1")),
                List.of(new Stage(false, before), new Stage(false, List.of(new Step(0, new Action.Upgrade()))),
                        new Stage(false, after)));
    }

    private static List<Step> look() {
        return List.of(new Step(0, new Action.Drain(0, Action.Position.START, 100, null)),
                new Step(0, new Action.Inspect(0, "threads", "t-${run}")),
                new Step(0, new Action.Inspect(0, "projects", "p-${run}")),
                new Step(0, new Action.Inspect(0, "kv", "gone-${run}")));
    }

    private static Step push(List<PlannedOperation> operations) {
        return new Step(0, new Action.Push(0, operations, false));
    }

    private static PlannedOperation put(int number, String table, String pk, String payload, long clock) {
        return new PlannedOperation(opId(number), table, "put", pk, payload, "d1", "0mh7a2f00:00" + number + ":device01",
                clock);
    }

    private static String opId(int number) {
        return "0000000" + number + "-xxxx-4xxx-8xxx-xxxxxxxx0000";
    }
}
