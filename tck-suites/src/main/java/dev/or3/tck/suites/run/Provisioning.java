package dev.or3.tck.suites.run;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import dev.or3.tck.suites.connect.Bounded;
import dev.or3.tck.suites.connect.LostAnswerException;
import dev.or3.tck.suites.connect.SilenceException;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.connect.UnreachableException;
import dev.or3.tck.suites.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Fresh workspaces with members: by the control where there is one, else by getOrCreateUser and createWorkspace. Without
 * the control nobody can be invited, so that the owner plays every member.
 */
final class Provisioning {
    private static final int ATTEMPTS = 4;

    private final Target target;
    private final Duration limit;
    private final SplittableRandom random;

    Provisioning(Target target, Duration limit, SplittableRandom random) {
        this.target = target;
        this.limit = limit;
        this.random = random;
    }

    /**
     * @throws UnreachableException if the provider cannot do it
     */
    List<History.Space> provide(List<Plan.Space> wanted) {
        return Bounded.call("provisioning workspaces", limit, () -> wanted.stream().map(this::provide).toList());
    }

    private History.Space provide(Plan.Space wanted) {
        Provider provider = target.instance(0);
        if (target.manifest().hasControl("provision")) {
            return provision(provider.controls(), wanted.members());
        }
        if (target.makesWorkspaces()) {
            return create(provider.workspaces(), wanted.members());
        }
        List<History.Member> members = wanted.members().stream().map(role -> new History.Member(fresh(), role)).toList();
        return new History.Space(fresh(), members);
    }

    private static History.Space provision(Controls controls, List<Role> roles) {
        Controls.Provisioned made = answered(() -> controls.provision(roles));
        if (made == null || made.workspaceId() == null || made.userIds() == null
                || made.userIds().size() != roles.size() || made.userIds().stream().anyMatch(id -> id == null)) {
            throw new IllegalStateException("the control provision answered " + made + " for " + roles);
        }
        List<History.Member> members = new ArrayList<>();
        for (int i = 0; i < roles.size(); i++) {
            members.add(new History.Member(made.userIds().get(i), roles.get(i)));
        }
        return new History.Space(made.workspaceId(), List.copyOf(members));
    }

    /** Whatever was made without an answer stays unused: asking again is harmless. */
    private static <T> T answered(Supplier<T> asking) {
        for (int attempt = 1; ; attempt++) {
            try {
                return asking.get();
            } catch (SilenceException e) {
                throw e;
            } catch (LostAnswerException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private History.Space create(Workspaces workspaces, List<Role> roles) {
        Workspaces.NewUser user = new Workspaces.NewUser("or3-tck", fresh(), null, null);
        Workspaces.UserRef owner = answered(() -> workspaces.getOrCreateUser(null, user));
        Workspaces.WorkspaceRef made = owner == null ? null : answered(() -> workspaces.createWorkspace(
                Caller.of(owner.userId(), null), new Workspaces.NewWorkspace(owner.userId(), "Workspace of or3-tck", null)));
        if (made == null || made.workspaceId() == null) {
            throw new IllegalStateException("getOrCreateUser and createWorkspace gave no workspace");
        }
        return new History.Space(made.workspaceId(),
                roles.stream().map(role -> new History.Member(owner.userId(), Role.OWNER)).toList());
    }

    private String fresh() {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
