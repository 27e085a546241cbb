package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.check.sync.Absence.Place;
import dev.or3.tck.suites.run.Event;

/** Each page is an ascending prefix of the filtered log above its cursor, and says truly what follows (PULL rules). */
public final class PageJudgement implements Judgement {

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        Docket docket = new Docket(index, findings);
        Absence absence = new Absence(docket);
        // Where the numbering itself is broken, the head cannot be reckoned from it.
        boolean numbered = !findings.violated("PUSH-05") && !findings.violated("PUSH-07") && !findings.violated("GC-07")
                && !findings.violated("DUR-02") && !findings.violated("DUR-04") && index.fates().splits().isEmpty();
        for (Workspace workspace : index.workspaces()) {
            PagePremises premises = new PagePremises(docket, workspace);
            for (int i = 0; i < workspace.pulls().size(); i++) {
                Event event = index.event(workspace.pulls().get(i));
                if (event.isOk() && index.isHome(event)) {
                    Page page = new Page(index, workspace, event);
                    if (page.isJudgable() && judge(docket, absence, page,
                            numbered && workspace.clashes().isEmpty())) {
                        premises.count(page);
                    }
                }
            }
            premises.report();
        }
    }

    /** Whether the page is sound. */
    private static boolean judge(Docket docket, Absence absence, Page page, boolean numbered) {
        return ascends(docket, page) && limited(docket, page) && filtered(docket, page)
                & cursor(docket, page, numbered) & (page.isFlagged() || complete(docket, absence, page, numbered));
    }

    private static boolean ascends(Docket docket, Page page) {
        long last = page.pull.cursor();
        long[] versions = page.versions;
        for (int row = 0; row < versions.length; row++) {
            long version = versions[row];
            if (version <= last) {
                boolean beyond = row == 0 && page.pull.cursor() > page.high;
                String rule = version < 1 ? "PULL-16" : beyond ? "PULL-12" : "PULL-01";
                docket.report(rule, page.workspace, row == 0 ? docket.the(page.seq) + " asks for what is above "
                                + page.pull.cursor() : docket.the(page.seq) + " shows version " + last,
                        row == 0 ? "it shows version " + version : "the row after it is version " + version,
                        "versions above the cursor, ascending, none twice", last + ", " + version, at(last, version),
                        page.seq, told(page, version));
                return false;
            }
            last = version;
        }
        return true;
    }

    private static int told(Page page, long version) {
        return version < 1 ? -1 : page.workspace.shownBy(page.workspace.slot(version));
    }

    private static boolean limited(Docket docket, Page page) {
        Integer cap = docket.index.header().manifest().limits().maxPullLimit();
        int limit = page.pull.limit();
        long most = limit > 0 ? limit : Integer.MAX_VALUE;
        most = cap == null ? most : Math.min(most, cap);
        if (page.versions.length > most) {
            docket.report("PULL-02", page.workspace, docket.the(page.seq) + " asks for " + limit + " changes"
                            + (cap != null && cap < limit ? ", above the cap of " + cap : ""),
                    page.versions.length + " came", "at most " + most + " changes", page.versions.length + " changes",
                    at(page.last()), page.seq);
            return false;
        }
        boolean stuck = page.versions.length == 0 && page.pull.hasMore() && page.pull.nextCursor() <= page.pull.cursor();
        if (limit < 1 && stuck && !page.isFlagged()) {
            docket.report("PULL-02", page.workspace, docket.the(page.seq) + " asks for " + limit + " changes",
                    "it was answered with an empty page, hasMore true and the same cursor, for ever",
                    "a refusal, or a limit that is clamped", "an empty page with hasMore", at(), page.seq);
            return false;
        }
        return true;
    }

    private static boolean filtered(Docket docket, Page page) {
        if (page.tables() == null && !page.visibility.hasPrivateRows()) {
            return true;
        }
        for (long version : page.versions) {
            int operation = page.workspace.operation(page.workspace.slot(version));
            if (operation >= 0 && !page.visibility.matches(page.tables(), docket.operations.table(operation))) {
                docket.report("PULL-06", page.workspace, docket.the(page.seq) + " asks for " + page.tables(),
                        "it shows " + docket.op(operation) + " at version " + version, "rows of those tables only",
                        docket.operations.get(operation).tableName(), at(version), page.seq,
                        docket.fates.versionEvent(operation));
                return false;
            }
            if (page.visibility.isHiddenFrom(page.event.user(), operation)) {
                docket.report("NOTE-02", page.workspace, docket.op(operation) + " is private to "
                                + docket.index.pusher(operation), docket.the(page.seq) + " shows it to "
                                + page.event.user(), "private rows for their user only", docket.id(operation), at(version),
                        page.seq, docket.fates.firstPush(operation));
            }
        }
        return true;
    }

    private static boolean cursor(Docket docket, Page page, boolean numbered) {
        long next = page.pull.nextCursor();
        long cursor = page.pull.cursor();
        String wrong = null;
        if (page.isFlagged()) {
            return true;
        }
        if (next < cursor && (cursor <= page.low || next < page.low)) {
            wrong = "below the cursor given, " + cursor;
        } else if (page.versions.length > 0 && next < page.last()) {
            wrong = "below the last row, " + page.last();
        } else if (numbered && next > Math.max(cursor, page.high)) {
            wrong = "beyond the head, which was at most " + page.high;
        } else if (page.pull.hasMore() && page.versions.length == 0 && next <= cursor && page.pull.limit() > 0) {
            wrong = "the cursor given, with no row and hasMore true: no progress, for ever";
        }
        if (wrong == null) {
            return true;
        }
        docket.report("PULL-04", page.workspace, docket.the(page.seq) + " had the cursor " + cursor + " and "
                        + page.versions.length + " rows", "its nextCursor " + next + " is " + wrong,
                "a nextCursor from the last row to the head", "nextCursor " + next, at(cursor, page.last(), next),
                page.seq, next > page.high ? -1 : told(page, next));
        return false;
    }

    private static boolean complete(Docket docket, Absence absence, Page page, boolean numbered) {
        long cursor = page.pull.cursor();
        if (page.collected > cursor) {
            absence.collected(page);
        }
        long base = Math.max(cursor, page.collected);
        boolean sound = true;
        if (page.required(base, page.last()) != page.requiredRowsAbove(base)) {
            int slot = page.firstMissing(base, page.last());
            if (slot > 0) {
                absence.explain(page, slot, Place.GAP);
                sound = false;
            }
        }
        long from = Math.max(base, page.last());
        if (sound && page.required(from, page.pull.nextCursor()) > 0) {
            absence.explain(page, page.firstMissing(from, page.pull.nextCursor()), Place.SKIPPED);
            sound = false;
        }
        from = Math.max(base, page.reach());
        if (sound && !page.pull.hasMore() && page.required(from, page.low) > 0) {
            absence.explain(page, page.firstMissing(from, page.low), Place.TAIL);
            sound = false;
        }
        if (sound && !page.pull.hasMore()) {
            sound = absence.wholeBatch(page);
        }
        if (sound && numbered && page.pull.hasMore() && page.tables() == null && !page.visibility.hasPrivateRows()
                && page.high <= page.reach() && (page.versions.length > 0 || page.pull.nextCursor() > cursor)) {
            docket.report(page.pull.limit() < 1 ? "PULL-02" : "PULL-03", page.workspace, "the head was at most " + page.high
                            + " when " + docket.the(page.seq) + " returned and its nextCursor is " + page.pull.nextCursor(),
                    "it says hasMore true", "hasMore false: nothing remains", "hasMore true",
                    at(page.last(), page.high), page.seq);
            return false;
        }
        if (sound && page.tables() == null) {
            new Gaps(docket).look(page, base);
        }
        return sound;
    }
}
