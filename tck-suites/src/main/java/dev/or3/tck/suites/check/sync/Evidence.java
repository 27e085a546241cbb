package dev.or3.tck.suites.check.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.Fates;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Operations;
import dev.or3.tck.suites.check.index.Tolerance;
import dev.or3.tck.suites.check.index.Workspace;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Counts what was shown as it was pushed: the premises of the rules about content. */
public final class Evidence implements Judgement {
    /** So many payloads are looked into; premises need no more. */
    private static final int LOOKS = 100;
    private static final int FILES = 500;

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        Docket docket = new Docket(index, findings);
        Set<String> seen = new HashSet<>();
        int spaces = 0;
        long shared = Long.MAX_VALUE;
        for (Workspace workspace : index.workspaces()) {
            long shown = workspace(docket, workspace, seen);
            spaces += shown > 0 ? 1 : 0;
            shared = shown > 0 ? Math.min(shared, shown) : shared;
        }
        findings.premise("PUSH-08", spaces > 1 ? shared : 0);
        findings.premise("PULL-10", spaces > 1 ? shared : 0);
        findings.premise("WIRE-04", seen.size());
    }

    private static long workspace(Docket docket, Workspace workspace, Set<String> tables) {
        Operations operations = docket.operations;
        BitSet tableSeen = new BitSet();
        long shown = 0;
        long puts = 0;
        long deletes = 0;
        long messages = 0;
        int looks = 0;
        int files = operations.tableNumber("file_meta");
        int messageTable = operations.tableNumber("messages");
        Map<Integer, String> devices = new HashMap<>();
        for (int slot = 1; slot <= workspace.top(); slot++) {
            int operation = workspace.operation(slot);
            if (operation < 0 || workspace.shownBy(slot) < 0 || !docket.fates.is(operation, Fates.SHOWN)
                    || docket.fates.is(operation, Fates.ALTERED)) {
                continue;
            }
            shown++;
            int table = operations.table(operation);
            tableSeen.set(table);
            if (operations.isDelete(operation)) {
                deletes++;
                continue;
            }
            puts++;
            messages += table == messageTable ? 1 : 0;
            if (table == files && devices.size() < FILES) {
                file(docket, operation, devices);
            }
            if (looks < LOOKS) {
                looks++;
                look(docket, workspace, operation);
            }
        }
        tableSeen.stream().filter(operations::isTableKnown).forEach(table -> tables.add(operations.tableName(table)));
        docket.findings.premise("PULL-11", shown);
        docket.findings.premise("PULL-16", shown);
        docket.findings.premise("PUSH-12", puts);
        docket.findings.premise("PULL-14", deletes);
        docket.findings.premise("WIRE-02", messages);
        docket.findings.premise("PUSH-05", shown);
        return shown;
    }

    /** Two devices' records of one file. */
    private static void file(Docket docket, int operation, Map<Integer, String> devices) {
        String device = docket.operations.get(operation).stamp().deviceId();
        String other = devices.putIfAbsent(docket.operations.key(operation), device);
        docket.findings.premise("WIRE-03", other != null && !other.equals(device) ? 1 : 0);
    }

    private static void look(Docket docket, Workspace workspace, int number) {
        Operation operation = docket.operations.get(number);
        if (operation.payload() == null) {
            return;
        }
        JsonNode payload = operation.payload().parse();
        WireSchema.Table table = WireSchema.current().table(operation.tableName()).orElse(null);
        if (table == null) {
            return;
        }
        for (Iterator<String> names = payload.fieldNames(); names.hasNext(); ) {
            if (!table.fields().containsKey(names.next())) {
                docket.findings.premise("WIRE-01");
                break;
            }
        }
        JsonNode named = payload.path("workspace_id");
        boolean contradicts = named.isTextual() && !named.asText().equals(workspace.id()) || payload.has("_id")
                || !payload.path(Tolerance.keyField(operation.tableName())).asText().equals(operation.pk());
        docket.findings.premise("PUSH-15", contradicts ? 1 : 0);
    }
}
