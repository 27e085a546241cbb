package dev.or3.tck.suites.check.sync;

import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.check.index.Fates;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Operations;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A history on trial: its index, where findings go, and how its calls and operations are called in sentences. */
final class Docket {
    private static final int LONG_TEXT = 120;

    final HistoryIndex index;
    final Findings findings;
    final Operations operations;
    final Fates fates;

    Docket(HistoryIndex index, Findings findings) {
        this.index = index;
        this.findings = findings;
        this.operations = index.operations();
        this.fates = index.fates();
    }

    /** Names the versions of a violation. */
    static long[] at(long... versions) {
        return versions;
    }

    /** Adds a violation; events of -1, versions below 1 and repetitions are left out of its witnesses. */
    void report(String rule, Workspace workspace, String because, String yet, String expected, String actual,
            long[] versions, int... events) {
        List<Integer> witnesses = Arrays.stream(events).filter(event -> event >= 0).distinct().limit(4).sorted().boxed()
                .toList();
        findings.add(new Violation(rule, "Because " + because + ", yet " + yet + ".", expected, actual,
                workspace == null ? null : workspace.id(), witnesses,
                Arrays.stream(versions).filter(version -> version > 0).distinct().limit(8).boxed().toList()));
    }

    /** For example: {@code op 0000001f-… (put threads/k1, clock 5)}. */
    String op(int operation) {
        if (operation < 0) {
            return operation == Workspace.STRANGER ? "a change that nobody sent" : "nothing";
        }
        Operation sent = operations.get(operation);
        return "op " + id(operation) + " (" + sent.operation() + " " + sent.tableName() + "/" + cut(sent.pk(), 40)
                + ", clock " + operations.clock(operation) + ")";
    }

    /** The whole op id: whoever shows a sentence to people puts a short name in its place. */
    String id(int operation) {
        return id(operations.opId(operation));
    }

    static String id(String opId) {
        return opId == null || opId.isEmpty() ? "without id" : opId;
    }

    static String cut(String text, int length) {
        if (text == null) {
            return "null";
        }
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }

    static String cut(Object text) {
        return text == null ? "nothing" : cut(text.toString(), LONG_TEXT);
    }

    /** For example: {@code the pull from 3 of client 1 (event 12)}. */
    String the(int seq) {
        if (seq < 0) {
            return "no call";
        }
        Event event = index.event(seq);
        return "the " + name(event.call()) + (event.client() < 0 ? "" : " of client " + event.client())
                + " (event " + seq + ")";
    }

    private static String name(Call call) {
        if (call instanceof Call.Push push) {
            return "push of " + push.operations().length + (push.operations().length == 1 ? " op" : " ops");
        } else if (call instanceof Call.Pull pull) {
            return "pull from " + pull.cursor() + (pull.tables() == null ? "" : " of " + String.join(", ", pull.tables()));
        } else if (call instanceof Call.MoveCursor move) {
            return "cursor update of " + move.device() + " to " + move.version();
        } else if (call instanceof Call.Collect collect) {
            return (collect.tombstones() ? "collection of tombstones" : "collection of the log") + " older than "
                    + collect.retentionSeconds() + " s";
        } else if (call instanceof Call.Snapshot snapshot) {
            return snapshot.pageToken() == null ? "first snapshot page" : "later snapshot page";
        } else if (call instanceof Call.Inspect inspect) {
            return "look at " + inspect.table() + "/" + cut(inspect.pk(), 40);
        } else if (call instanceof Call.Raw raw) {
            return "raw " + raw.method();
        } else if (call instanceof Call.Restart restart) {
            return restart.killed() ? "kill and start" : "restart";
        } else if (call instanceof Call.Disturb) {
            return "change of the line";
        } else if (call instanceof Call.Clock) {
            return "clock move";
        } else if (call instanceof Call.Start start) {
            return "start on storage that is " + start.trouble();
        }
        return "call";
    }

    /** The refusal or failure in short. */
    String error(int seq) {
        Event.Fault fault = index.event(seq).error();
        if (fault == null) {
            return index.event(seq).outcome().name().toLowerCase(Locale.ROOT);
        }
        return fault.status() + " " + cut(fault.message() == null ? fault.code() : fault.message(), LONG_TEXT);
    }

    /** Whether the restart was a kill. */
    boolean isKill(int restart) {
        return ((Call.Restart) index.event(restart).call()).killed();
    }

    /** The rule of what went wrong over a restart: a kill has one of its own. */
    String over(int restart, String graceful) {
        return isKill(restart) ? "DUR-02" : graceful;
    }

    /** The wire schema that the provider served when the call was made. */
    WireSchema schemaAt(int seq) {
        int place = index.restarts().floor(seq);
        int version = place < 0 ? index.header().schema()
                : ((Call.Restart) index.event(index.restarts().get(place)).call()).schema();
        WireSchema current = WireSchema.current();
        return version >= current.version() || version < 1 ? current : current.asOf(version);
    }

    /** Whether the call is about the session's own workspace and its user may write there. */
    boolean isOrdinary(Event event) {
        return index.isHome(event) && index.workspace(index.spaceOf(event.seq())).isWriter(event.user());
    }
}
