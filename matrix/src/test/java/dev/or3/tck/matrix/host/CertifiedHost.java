package dev.or3.tck.matrix.host;

import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.result.Report;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.certify.Certification;
import dev.or3.tck.suites.certify.Progress;
import dev.or3.tck.suites.certify.Settings;
import dev.or3.tck.suites.connect.Headers;
import dev.or3.tck.suites.connect.HostSurface;
import dev.or3.tck.suites.connect.HostTarget;
import dev.or3.tck.suites.connect.Secrets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A host with a workspace in which olga is the owner, eddie an editor, and vera a viewer. */
public final class CertifiedHost {
    private CertifiedHost() {
    }

    static Report certify(RunningHost host, HostSurface.Rates rates, Settings settings) {
        try (HostTarget target = HostTarget.open(surface(host, rates), Secrets.NONE)) {
            return Certification.run(target, settings, Progress.SILENT).report();
        }
    }

    static HostSurface surface(RunningHost host, HostSurface.Rates rates) {
        Manifest behind = host.host.provider(Axis.SYNC).orElseThrow().manifest();
        Set<String> shown = new HashSet<>(behind.components().get("sync").capabilities());
        // There is no endpoint for them.
        shown.remove("snapshot");
        Map<String, Headers> callers = new HashMap<>();
        for (String user : List.of("olga", "eddie", "vera", "stan")) {
            callers.put(user, new Headers(List.of(Headers.Header.of("authorization", "Bearer " + user + "-token"))));
        }
        return new HostSurface(host.server.address(), behind.profile(), shown,
                host.host.provider(Axis.STORAGE).isPresent(), behind.limits(),
                behind.normalizes(), behind.strictSchema(), callers, new HostSurface.Standing(standing(host),
                        Map.of("olga", Role.OWNER, "eddie", Role.EDITOR, "vera", Role.VIEWER)), rates);
    }

    public static String standing(RunningHost host) {
        String workspace = host.workspaceOf("olga");
        String olga = host.ask("olga", "GET", "/api/auth/session", null).is(200).body().at("/session/user/id").textValue();
        Members.invite(host, workspace, olga, "eddie", "editor");
        Members.invite(host, workspace, olga, "vera", "viewer");
        return workspace;
    }
}
