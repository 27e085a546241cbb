package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.Scope;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that pushes batches of two and moves a cursor: directory, workspace, user, name, batches. */
final class PushingProcess {
    private PushingProcess() {
    }

    public static void main(String[] args) {
        Scope scope = new Scope(args[1]);
        Caller caller = Caller.of(args[2], args[1]);
        try (SqliteProvider provider = new SqliteProvider(ProviderConfig.in(Path.of(args[0])))) {
            for (int i = 0; i < Integer.parseInt(args[4]); i++) {
                PushResponse answer = provider.sync().push(caller,
                        new PushRequest(scope, List.of(Rig.put(args[3], i), Rig.put("all", i))));
                provider.sync().updateCursor(caller, new CursorUpdate(scope, "device", answer.serverVersion()));
                answer.results().forEach(result -> System.out.println(result.opId() + " " + result.serverVersion()));
            }
        }
    }
}
