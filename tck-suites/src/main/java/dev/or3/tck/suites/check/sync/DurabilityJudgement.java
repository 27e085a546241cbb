package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;

/** Restarts bring everything back; storage that cannot be used is an error that says so (DUR-01, -05, -06, WIRE-05). */
public final class DurabilityJudgement implements Judgement {
    /** The start that must succeed: the twin of those that must not. */
    private static final String NO_TROUBLE = "none";

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        Docket docket = new Docket(index, findings);
        for (int i = 0; i < index.restarts().size(); i++) {
            int seq = index.restarts().get(i);
            if (!index.event(seq).isOk()) {
                docket.report(docket.over(seq, "DUR-05"), null, docket.the(seq) + " found the storage as the provider itself had left it",
                        "the provider did not come back", "a provider that serves what it stored", docket.error(seq), at(),
                        seq);
            }
        }
        if (!index.restarts().isEmpty()) {
            index.workspaces().forEach(workspace -> kept(docket, workspace));
        }
        starts(docket);
    }

    /** Counts entries that were known before a restart and shown after it. */
    private static void kept(Docket docket, Workspace workspace) {
        HistoryIndex index = docket.index;
        long kept = 0;
        long grown = 0;
        for (int i = 0; i < workspace.pulls().size(); i++) {
            Event event = index.event(workspace.pulls().get(i));
            int place = index.restarts().floor(event.seq());
            if (place < 0 || !event.isOk() || !index.isHome(event)
                    || docket.isKill(index.restarts().get(place))) {
                continue;
            }
            int restart = index.restarts().get(place);
            int before = 0;
            for (long version : ((Call.Pull) event.call()).rows().versions()) {
                before += version > 0 && workspace.knownAt(workspace.slot(version)) < index.invoked(restart) ? 1 : 0;
            }
            kept += before;
            grown += docket.schemaAt(restart).version() != docket.schemaAt(restart - 1).version() ? before : 0;
        }
        docket.findings.premise("DUR-01", kept);
        docket.findings.premise("DUR-05", kept);
        docket.findings.premise("WIRE-05", grown);
    }

    private static void starts(Docket docket) {
        HistoryIndex index = docket.index;
        boolean twin = false;
        for (int i = 0; i < index.starts().size(); i++) {
            Event event = index.event(index.starts().get(i));
            twin |= event.isOk() && ((Call.Start) event.call()).trouble().equals(NO_TROUBLE);
        }
        for (int i = 0; i < index.starts().size(); i++) {
            Event event = index.event(index.starts().get(i));
            Call.Start start = (Call.Start) event.call();
            if (!start.trouble().equals(NO_TROUBLE)) {
                start(docket, event, start, twin);
            }
        }
    }

    private static void start(Docket docket, Event event, Call.Start start, boolean twin) {
        String because = "the storage is " + start.trouble() + " and the provider runs in strict mode";
        String expected = "an error that names " + start.setting();
        String message = event.error() == null || event.error().message() == null ? "" : event.error().message();
        if (event.isOk()) {
            docket.report("DUR-06", null, because, docket.the(event.seq()) + " succeeded", expected, "a running provider",
                    at(), event.seq());
        } else if (!message.contains(start.setting())) {
            docket.report("DUR-06", null, because, docket.the(event.seq()) + " failed with an error that does not name "
                    + start.setting(), expected, Docket.cut(message, 200), at(), event.seq());
        } else {
            docket.findings.premise("DUR-06", twin ? 1 : 0);
        }
    }
}
