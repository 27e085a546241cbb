package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import dev.or3.tck.api.workspaces.Workspaces.Membership;
import dev.or3.tck.api.workspaces.Workspaces.NewUser;
import dev.or3.tck.api.workspaces.Workspaces.NewWorkspace;
import dev.or3.tck.api.workspaces.Workspaces.UserRef;
import dev.or3.tck.api.workspaces.Workspaces.WorkspaceUpdate;
import java.util.ArrayList;
import java.util.List;

/** The part of the tour that is about users and workspaces. */
record StoreTour(Notes notes, Provider provider) {

    void walk() {
        identities();
        workspaces();
    }

    private void identities() {
        Workspaces store = provider.workspaces();
        List<String> users = new ArrayList<>();
        for (String identity : List.of("clerk|a", "clerk|a", "clerk|A", "basic|a", "cl:erk|a", "cl|erk:a", "clerk|a ")) {
            String[] parts = identity.split("\\|");
            notes.note(identity, () -> {
                users.add(store.getOrCreateUser(null, new NewUser(parts[0], parts[1], users.size() + "@x", null)).userId());
                return users.get(users.size() - 1);
            });
        }
        for (int i = 0; i < 2; i++) {
            notes.note("default", () -> store.getOrCreateDefaultWorkspace(null, new UserRef(users.get(0))));
            notes.note("list", () -> store.listUserWorkspaces(null, new UserRef(users.get(0))));
        }
        notes.note("unknown", () -> store.getOrCreateDefaultWorkspace(null, new UserRef("nobody")));
    }

    private void workspaces() {
        Workspaces store = provider.workspaces();
        Controls.Provisioned space = provider.controls().provision(List.of(Role.OWNER, Role.EDITOR, Role.VIEWER));
        List<String> members = space.userIds();
        String owner = members.get(0);
        String editor = members.get(1);
        String viewer = members.get(2);
        List<String> all = List.of(owner, editor, viewer);
        String other = store.createWorkspace(null, new NewWorkspace(editor, "other", "")).workspaceId();
        for (String name : List.of("", "x".repeat(101))) {
            notes.note("name", () -> store.createWorkspace(null, new NewWorkspace(owner, name, null)));
        }
        for (String user : List.of(viewer, editor)) {
            notes.note("update", () -> done(() -> store.updateWorkspace(null,
                    new WorkspaceUpdate(user, space.workspaceId(), "by " + all.indexOf(user), null))));
            notes.note("list", () -> store.listUserWorkspaces(null, new UserRef(editor)));
        }
        notes.note("stranger", () -> store.getWorkspaceRole(null, new Membership(owner, other)));
        notes.note("inactive", () -> store.getWorkspaceRole(null, new Membership(editor, other)));
        notes.note("activate foreign", () -> done(() -> store.setActiveWorkspace(null, new Membership(owner, other))));
        notes.note("activate", () -> done(() -> store.setActiveWorkspace(null, new Membership(editor, other))));
        notes.note("default", () -> store.getOrCreateDefaultWorkspace(null, new UserRef(editor)));
        notes.note("activate", () -> done(() ->
                store.setActiveWorkspace(null, new Membership(editor, space.workspaceId()))));
        notes.note("list", () -> store.listUserWorkspaces(null, new UserRef(editor)));
        provider.controls().restart();
        notes.note("default", () -> provider.workspaces().getOrCreateDefaultWorkspace(null, new UserRef(editor)));
        notes.note("roles", () -> store.getWorkspaceRole(null, new Membership(viewer, space.workspaceId())));
        notes.note("removed", () -> done(() -> store.removeWorkspace(null, new Membership(editor, space.workspaceId()))));
        notes.note("removed", () -> done(() -> store.removeWorkspace(null, new Membership(owner, space.workspaceId()))));
        notes.note("removed twice", () -> done(() ->
                store.removeWorkspace(null, new Membership(owner, space.workspaceId()))));
        for (String user : all) {
            notes.note("role", () -> store.getWorkspaceRole(null, new Membership(user, space.workspaceId())));
            notes.note("list", () -> store.listUserWorkspaces(null, new UserRef(user)));
            notes.note("activate", () -> done(() ->
                    store.setActiveWorkspace(null, new Membership(user, space.workspaceId()))));
            notes.note("default", () -> store.getOrCreateDefaultWorkspace(null, new UserRef(user)));
        }
    }

    private static Object done(Runnable call) {
        call.run();
        return "done";
    }
}
