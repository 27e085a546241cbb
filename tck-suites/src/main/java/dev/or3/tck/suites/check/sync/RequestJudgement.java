package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.Outcome;
import java.util.EnumSet;
import java.util.Set;

/** Calls across workspaces, and calls that had to be accepted (ISO-01, CUR-05, CUR-07, PULL-09). */
public final class RequestJudgement implements Judgement {
    /** The runner sends a failed call this often. */
    private static final int LAST_ATTEMPT = 3;

    /** The calls of the sync component. */
    private enum Kind { PUSH, PULL, MOVE, COLLECT, SNAPSHOT }

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        Docket docket = new Docket(index, findings);
        Set<Kind> accepted = EnumSet.noneOf(Kind.class);
        for (Event event : index.events()) {
            if (event.isOk() && kind(event.call()) != null && index.isHome(event)) {
                accepted.add(kind(event.call()));
            }
        }
        for (Workspace workspace : index.workspaces()) {
            for (int i = 0; i < workspace.moves().size(); i++) {
                move(docket, workspace, index.event(workspace.moves().get(i)), accepted);
            }
            for (int i = 0; i < workspace.pulls().size(); i++) {
                pull(docket, workspace, index.event(workspace.pulls().get(i)), accepted);
            }
        }
        for (Event event : index.events()) {
            int space = index.spaceOf(event.seq());
            if (space >= 0 && event.workspace() != null && !index.isHome(event) && kind(event.call()) != null) {
                across(docket, index.workspace(space), event, accepted);
            }
        }
    }

    private static Kind kind(Call call) {
        return call instanceof Call.Push ? Kind.PUSH : call instanceof Call.Pull ? Kind.PULL
                : call instanceof Call.MoveCursor ? Kind.MOVE : call instanceof Call.Collect ? Kind.COLLECT
                : call instanceof Call.Snapshot ? Kind.SNAPSHOT : null;
    }

    private static void across(Docket docket, Workspace workspace, Event event, Set<Kind> accepted) {
        boolean refused = event.outcome() == Outcome.REFUSED || event.isOk() && event.call() instanceof Call.Push push
                && push.operations().length > 0 && push.results().stream().noneMatch(
                        result -> result != null && result.success());
        if (refused) {
            docket.findings.premise("ISO-01", accepted.contains(kind(event.call())) ? 1 : 0);
        } else if (event.isOk()) {
            docket.report("ISO-01", workspace, "the session of " + docket.the(event.seq()) + " is in workspace "
                            + event.workspace(), "the call for workspace " + workspace.id() + " was accepted", "a refusal",
                    "success" + leaked(event.call()), at(), event.seq());
        }
    }

    private static String leaked(Call call) {
        return call instanceof Call.Pull pull && pull.rows().size() > 0 ? " with " + pull.rows().size() + " changes" : "";
    }

    private static boolean failsForGood(Event event) {
        return event.outcome() == Outcome.REFUSED && !PushJudgement.isRateLimit(event)
                || event.outcome() == Outcome.FAILED && event.attempt() >= LAST_ATTEMPT;
    }

    private static void move(Docket docket, Workspace workspace, Event event, Set<Kind> accepted) {
        HistoryIndex index = docket.index;
        Call.MoveCursor move = (Call.MoveCursor) event.call();
        if (!index.isHome(event)) {
            return;
        }
        if (move.device() == null || move.device().isEmpty()) {
            if (event.isOk()) {
                docket.report("CUR-05", workspace, docket.the(event.seq()) + " names no device", "it was accepted",
                        "a refusal", "success", at(), event.seq());
            } else {
                docket.findings.premise("CUR-05", accepted.contains(Kind.MOVE) ? 1 : 0);
            }
            return;
        }
        if (move.version() < 0) {
            docket.findings.premise("CUR-05", !event.isOk() && accepted.contains(Kind.MOVE) ? 1 : 0);
            return;
        }
        boolean due = docket.isOrdinary(event) && move.version() <= index.headLow(event.seq())
                && !isBehind(docket, workspace, event, move);
        if (due && event.isOk() && workspace.isShown() && isBusy(docket, workspace, event)) {
            docket.findings.premise("CUR-07");
        } else if (due && failsForGood(event)) {
            int foreign = foreign(docket, workspace, event, move);
            docket.report(foreign >= 0 ? "CUR-06" : "CUR-07", workspace, docket.the(event.seq())
                            + " goes to a version that exists, and not back" + (foreign >= 0
                            ? ", and " + docket.the(foreign) + " is another user's" : ""),
                    event.outcome() == Outcome.REFUSED ? "it was refused" : "it failed for good", "success",
                    docket.error(event.seq()), at(move.version()), event.seq(), foreign);
        }
    }

    /** Whether the device may have been further already, or is another user's. */
    private static boolean isBehind(Docket docket, Workspace workspace, Event event, Call.MoveCursor move) {
        boolean owned = docket.index.declares("cursorOwnership");
        for (int i = 0; i < workspace.moves().size(); i++) {
            Event other = docket.index.event(workspace.moves().get(i));
            Call.MoveCursor theirs = (Call.MoveCursor) other.call();
            if (other.seq() == event.seq() || !move.device().equals(theirs.device()) || other.outcome() == Outcome.REFUSED
                    || other.invoked() > event.returned()) {
                continue;
            }
            boolean foreign = !event.user().equals(other.user());
            if (owned && foreign && !isFirst(docket, workspace, event.user(), move.device())
                    || theirs.version() > move.version() && !(owned && foreign)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the user registered the device before anybody else did. */
    private static boolean isFirst(Docket docket, Workspace workspace, String user, String device) {
        for (int i = 0; i < workspace.moves().size(); i++) {
            Event other = docket.index.event(workspace.moves().get(i));
            if (((Call.MoveCursor) other.call()).device().equals(device) && other.outcome() != Outcome.REFUSED) {
                return other.isOk() && user.equals(other.user());
            }
        }
        return false;
    }

    /** An accepted update of the device to a higher version by another user, or -1. */
    private static int foreign(Docket docket, Workspace workspace, Event event, Call.MoveCursor move) {
        for (int i = workspace.moves().floor(event.seq()); i >= 0; i--) {
            Event other = docket.index.event(workspace.moves().get(i));
            Call.MoveCursor theirs = (Call.MoveCursor) other.call();
            if (other.isOk() && !event.user().equals(other.user()) && move.device().equals(theirs.device())
                    && theirs.version() > move.version()) {
                return other.seq();
            }
        }
        return -1;
    }

    /** Whether another call about the workspace was under way. */
    private static boolean isBusy(Docket docket, Workspace workspace, Event event) {
        return new Overreach(docket).isRaced(workspace, event.seq());
    }

    private static void pull(Docket docket, Workspace workspace, Event event, Set<Kind> accepted) {
        Call.Pull pull = (Call.Pull) event.call();
        HistoryIndex index = docket.index;
        int cap = index.header().manifest().limits().pullLimit();
        boolean odd = pull.limit() < 1 || pull.limit() > cap;
        boolean unknown = pull.tables() != null && pull.tables().stream().noneMatch(
                table -> index.operations().tableNumber(table) >= 0
                        && index.operations().isTableKnown(index.operations().tableNumber(table)));
        if (event.outcome() == Outcome.REFUSED && index.isHome(event) && workspace.top() > 0
                && accepted.contains(Kind.PULL)) {
            docket.findings.premise("PULL-02", odd ? 1 : 0);
        }
        if (unknown && index.isHome(event) && accepted.contains(Kind.PULL)
                && (event.outcome() == Outcome.REFUSED || event.isOk() && pull.rows().size() == 0)) {
            docket.findings.premise("PULL-15");
        }
        boolean plain = docket.isOrdinary(event) && !odd && pull.cursor() >= 0 && pull.cursor() <= index.headLow(event.seq())
                && (pull.tables() == null || !pull.tables().isEmpty()
                && pull.tables().stream().allMatch(table -> docket.schemaAt(event.seq()).table(table).isPresent()));
        if (plain && failsForGood(event)) {
            docket.report("PULL-09", workspace, docket.the(event.seq()) + " is an ordinary pull",
                    event.outcome() == Outcome.REFUSED ? "it was refused" : "it failed for good", "a page",
                    docket.error(event.seq()), at(), event.seq());
        }
    }
}
