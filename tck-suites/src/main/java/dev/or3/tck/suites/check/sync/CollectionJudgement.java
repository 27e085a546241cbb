package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.api.Limits;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Retention;
import dev.or3.tck.suites.check.index.Retention.Collection;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.Outcome;

/**
 * Collections delete what they must and say so; what they must not delete is judged by the pages that lack it
 * (GC, PULL-13).
 */
public final class CollectionJudgement implements Judgement {
    private static final long COMMON_MINIMUM = 3600;
    private static final long COMMON_MAXIMUM = 31_536_000;

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        Docket docket = new Docket(index, findings);
        for (Workspace workspace : index.workspaces()) {
            for (int i = 0; i < workspace.collects().size(); i++) {
                answer(docket, workspace, index.event(workspace.collects().get(i)));
            }
            if (index.isNewer() && index.declares("gc")) {
                signals(docket, workspace);
            }
            if (!index.retention(workspace).collections().isEmpty()) {
                tooLittle(docket, workspace);
                new CollectionPremises(docket, workspace).count();
            }
        }
    }

    private static void answer(Docket docket, Workspace workspace, Event event) {
        Call.Collect call = (Call.Collect) event.call();
        Limits limits = docket.index.header().manifest().limits();
        if (call.retentionSeconds() < 0 && event.isOk()) {
            docket.report("GC-10", workspace, docket.the(event.seq()) + " asks for a negative retention", "it was accepted",
                    "a refusal", "success", at(), event.seq());
        }
        long least = limits.minRetentionSeconds() == null ? COMMON_MINIMUM : limits.minRetentionSeconds();
        long most = limits.maxRetentionSeconds() == null ? COMMON_MAXIMUM : limits.maxRetentionSeconds();
        if (event.outcome() == Outcome.REFUSED && !PushJudgement.isRateLimit(event) && docket.isOrdinary(event)
                && docket.index.declares("gc") && call.retentionSeconds() >= least && call.retentionSeconds() <= most) {
            docket.report("GC-04", workspace, docket.the(event.seq()) + " asks for a retention within the limits",
                    "it was refused", "a collection", docket.error(event.seq()), at(), event.seq());
        }
    }

    /** The floor and the flag of each page agree with each other and with what is shown afterwards. */
    private static void signals(Docket docket, Workspace workspace) {
        HistoryIndex index = docket.index;
        Overreach overreach = new Overreach(docket);
        int count = workspace.pulls().size();
        long[] lowestAfter = lowestRows(docket, workspace);
        for (int i = 0; i < count; i++) {
            Event event = index.event(workspace.pulls().get(i));
            if (!event.isOk() || !index.isHome(event) || ((Call.Pull) event.call()).cursor() < 0) {
                continue;
            }
            Page page = new Page(index, workspace, event);
            Long floor = page.pull.oldestRetained();
            Boolean flag = page.pull.requiresSnapshot();
            if (floor == null || flag == null) {
                signal(docket, page, "a page tells oldestRetainedVersion and requiresSnapshot in profile 1.1",
                        "it has " + floor + " and " + flag, -1);
                continue;
            }
            if (flag != page.pull.cursor() < floor - 1) {
                signal(docket, page, "oldestRetainedVersion is " + floor + " and the cursor " + page.pull.cursor(),
                        "requiresSnapshot is " + flag, -1);
            } else if (floor < 1 || floor > Math.max(page.high, page.low) + 1) {
                signal(docket, page, "the head was at most " + page.high, "oldestRetainedVersion is " + floor, -1);
            } else if (lowestAfter[i] < floor) {
                signal(docket, page, "oldestRetainedVersion is " + floor, "a later pull still shows version "
                        + lowestAfter[i], workspace.shownBy(workspace.slot(lowestAfter[i])));
            } else if (floor - 1 > page.collected) {
                int slot = workspace.slot(floor - 1);
                if (workspace.operation(slot) >= 0 && workspace.knownAt(slot) < event.invoked()
                        && !overreach.explain(page, slot)) {
                    signal(docket, page, "nothing was collected", "oldestRetainedVersion is " + floor, -1);
                }
            }
            docket.findings.premise("PULL-13", floor > 1 && floor - 1 <= page.collected && flag ? 1 : 0);
        }
    }

    /** For each pull, the lowest version that pulls show which begin after it returned. */
    private static long[] lowestRows(Docket docket, Workspace workspace) {
        HistoryIndex index = docket.index;
        int count = workspace.pulls().size();
        long[] lowest = new long[count + 1];
        lowest[count] = Long.MAX_VALUE;
        for (int i = count - 1; i >= 0; i--) {
            Event event = index.event(workspace.pulls().get(i));
            long[] versions = event.isOk() ? ((Call.Pull) event.call()).rows().versions() : new long[0];
            lowest[i] = Math.min(lowest[i + 1], versions.length == 0 || versions[0] < 1 ? Long.MAX_VALUE : versions[0]);
        }
        long[] after = new long[count];
        for (int i = 0; i < count; i++) {
            int next = i + 1;
            while (next < count && index.invoked(workspace.pulls().get(next)) <= index.returned(workspace.pulls().get(i))) {
                next++;
            }
            after[i] = lowest[next];
        }
        return after;
    }

    private static void signal(Docket docket, Page page, String because, String yet, int other) {
        docket.report("PULL-13", page.workspace, because, docket.the(page.seq) + " contradicts it: " + yet,
                "requiresSnapshot exactly when cursor < oldestRetainedVersion - 1", "oldestRetainedVersion "
                        + page.pull.oldestRetained() + ", requiresSnapshot " + page.pull.requiresSnapshot(),
                at(page.pull.cursor()), page.seq, other);
    }

    /** Two looks at the floor around a collection that did not move it: what is certainly due is still there. */
    private static void tooLittle(Docket docket, Workspace workspace) {
        HistoryIndex index = docket.index;
        Retention retention = index.retention(workspace);
        int before = -1;
        long floorBefore = -1;
        for (int i = 0; i < workspace.pulls().size(); i++) {
            int seq = workspace.pulls().get(i);
            long floor = floor(index, index.event(seq));
            if (floor < 1) {
                continue;
            }
            for (Collection collection : retention.collections()) {
                int event = collection.event();
                if (before >= 0 && floor == floorBefore && index.before(before, event) && index.before(event, seq)
                        && !((Call.Collect) index.event(event).call()).tombstones() && floor <= collection.mustUpTo()) {
                    stuck(docket, workspace, collection, floor, before, seq);
                    break;
                }
            }
            before = seq;
            floorBefore = floor;
        }
    }

    /** The lowest version still there as a pull tells it; 0 if it does not. */
    static long floor(HistoryIndex index, Event event) {
        if (!event.isOk() || !index.isHome(event)) {
            return 0;
        }
        Call.Pull pull = (Call.Pull) event.call();
        boolean shows = pull.cursor() == 0 && pull.tables() == null && pull.rows().size() > 0;
        Long told = pull.oldestRetained();
        if (told == null) {
            return shows ? pull.rows().versions()[0] : 0;
        }
        // A floor that the page itself belies says nothing.
        return shows && pull.rows().versions()[0] > told ? 0 : told;
    }

    private static void stuck(Docket docket, Workspace workspace, Collection collection, long floor, int before, int after) {
        CursorStory story = new CursorStory(docket, workspace, collection.event());
        String rule = story.ruleForStuckFloor(floor);
        docket.report(rule, workspace, "version " + floor + " was older than retention and every device had passed it when "
                        + docket.the(collection.event()) + " ran" + story.because(rule),
                docket.the(after) + " still finds it the oldest, as " + docket.the(before) + " did",
                "versions up to " + collection.mustUpTo() + " collected", "oldest version " + floor,
                at(floor, collection.mustUpTo()), before, collection.event(), after, story.witness());
    }
}
