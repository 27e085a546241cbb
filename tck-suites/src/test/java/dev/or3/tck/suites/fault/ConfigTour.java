package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.config.Configuration;
import dev.or3.tck.api.config.Configuration.NewConfig;
import dev.or3.tck.api.config.Configuration.Org;
import dev.or3.tck.api.config.Configuration.OrgActor;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.backend.Mood;
import dev.or3.tck.suites.backend.PlayedBackends;
import java.util.List;
import java.util.Map;

/** The part of the tour that is about configurations: two switches, and two rollbacks. */
record ConfigTour(Notes notes, Provider provider) {
    private static final String PASSWORD = "abcdEFGH1234ijklMNOP5678";

    void walk() {
        PlayedBackends backends = PlayedBackends.shared().orElseThrow();
        Configuration configuration = provider.configuration();
        Controls.Provisioned space = provider.controls().provision(List.of(Role.OWNER));
        String owner = space.userIds().get(0);
        Caller caller = Caller.of(owner, space.workspaceId());
        OrgActor who = new OrgActor(space.workspaceId(), owner);
        look(configuration, caller, who);
        for (String mark : List.of("tour-one", "tour-two")) {
            backends.play(mark, "wordpress", List.of("editor:" + PASSWORD), new Mood(200, 0, false));
            JsonText config = new JsonText(Json.write(Map.of("type", "wordpress", "baseUrl", backends.address(mark)
                    + "/wp-json",
                    "username", "editor", "applicationPassword", PASSWORD)));
            notes.note("switch", () -> configuration.switchProvider(caller, new NewConfig(who.orgId(), owner, config))
                    .configId());
            look(configuration, caller, who);
        }
        for (int i = 0; i < 3; i++) {
            notes.note("rollback", () -> String.valueOf(configuration.rollbackProvider(caller, who).configId()));
            look(configuration, caller, who);
        }
    }

    private void look(Configuration configuration, Caller caller, OrgActor who) {
        notes.note("active", () -> configuration.activeConfig(caller, who));
        notes.note("query", () -> configuration.query(caller, new Org(who.orgId())));
    }
}
