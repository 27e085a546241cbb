package dev.or3.tck.matrix.doctor;

import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.workspaces.Workspaces;
import java.util.List;
import java.util.UUID;

/** Whether the components are there that the manifest names, and only those. */
final class ComponentsLook {
    private ComponentsLook() {
    }

    static List<Finding> look(Ward ward) {
        return List.of(
                component(ward, "sync", () -> ward.provider().sync().pull(ward.owner(),
                        new PullRequest(ward.scope(), 0, 1, null))),
                component(ward, "workspaces", () -> newUser(ward)),
                ward.honesty("capability", "getUser", ward.manifest().hasCapability("workspaces", "getUser"),
                        () -> ward.provider().workspaces().getUser(null,
                                new Workspaces.Identity("or3-tck", UUID.randomUUID().toString()))));
    }

    private static void newUser(Ward ward) {
        Workspaces.UserRef user = ward.provider().workspaces().getOrCreateUser(null,
                new Workspaces.NewUser("or3-tck", UUID.randomUUID().toString(), null, null));
        if (user == null || user.userId() == null) {
            throw new Doctor.Unexpected("no user: " + user);
        }
    }

    private static Finding component(Ward ward, String name, Runnable call) {
        return ward.honesty("component", name, ward.manifest().hasComponent(name), call);
    }
}
