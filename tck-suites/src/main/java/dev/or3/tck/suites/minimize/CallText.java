package dev.or3.tck.suites.minimize;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.suites.line.LineFault;
import dev.or3.tck.suites.line.LineFaults;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Calls and answers in a few words: {@code push [a3 put threads/k1 clock 5]}, {@code a3 → v4}. */
final class CallText {
    private static final Set<String> LINE = Arrays.stream(LineFault.values()).map(Enum::name).collect(Collectors.toSet());
    private static final int SHOWN = 4;
    private static final int HASH_SHOWN = 9;
    private static final int LONGEST = 80;

    private final History history;
    private final ShortNames names;

    CallText(History history, ShortNames names) {
        this.history = history;
        this.names = names;
    }

    String call(Event event) {
        String text = asked(event.call()) + elsewhere(event);
        return event.attempt() > 1 ? text + " (attempt " + event.attempt() + ")" : text;
    }

    private String elsewhere(Event event) {
        String scope = event.call().scope();
        return scope == null || scope.equals(event.workspace()) ? "" : " in " + names.workspace(scope);
    }

    private String asked(Call call) {
        if (call instanceof Call.Push push) {
            return "push " + few(IntStream.of(push.operations()).mapToObj(this::operation).toList());
        } else if (call instanceof Call.Pull pull) {
            return "pull above " + pull.cursor() + ", limit " + pull.limit()
                    + (pull.tables() == null ? "" : ", only " + String.join(", ", pull.tables()));
        } else if (call instanceof Call.MoveCursor move) {
            return "cursor of " + names.device(move.device()) + " to " + move.version();
        } else if (call instanceof Call.Collect collect) {
            return "collect " + (collect.tombstones() ? "tombstones" : "log") + " older than "
                    + collect.retentionSeconds() + " s";
        } else if (call instanceof Call.Snapshot snapshot) {
            return "snapshot, " + snapshot.pageSize() + " a page" + (snapshot.pageToken() == null ? ""
                    : snapshot.genuine() >= 0 ? ", the page after that of call " + snapshot.genuine() : ", made-up token");
        } else if (call instanceof Call.Inspect inspect) {
            return "inspect " + inspect.table() + "/" + names.key(inspect.pk());
        } else if (call instanceof Call.Raw raw) {
            return raw.component() + "." + raw.method() + " " + json(raw.input());
        } else if (call instanceof Call.Ask ask) {
            return ask.method() + " " + json(ask.input());
        } else if (call instanceof Call.Transfer transfer) {
            return (transfer.isUpload() ? "send " + bytes(transfer.sent()) + " to" : "fetch") + (transfer.altered()
                    ? " an altered URL" : " the URL") + " of call " + transfer.presign();
        } else if (call instanceof Call.Arranged arranged) {
            return "the kit: " + arranged.what() + " " + json(arranged.with());
        } else if (call instanceof Call.Clock clock) {
            return "provider time + " + clock.offsetSeconds() + " s";
        } else if (call instanceof Call.Restart restart) {
            return restart.killed() ? "kill and start" : "restart";
        } else if (call instanceof Call.Disturb disturb) {
            return disturb.faults().disturb() ? "the line becomes faulty: " + faults(disturb.faults()) : "the line is calm";
        } else {
            Call.Start start = (Call.Start) call;
            return "start on storage that is " + start.trouble();
        }
    }

    /** For example {@code 30 % answer dropped, 5 % delayed}. */
    private static String faults(LineFaults faults) {
        Map<String, Integer> chances = new LinkedHashMap<>();
        chances.put("answer dropped", faults.answerDropped());
        chances.put("cut before", faults.cutBefore());
        chances.put("cut in the request", faults.cutInRequest());
        chances.put("cut in the answer", faults.cutInAnswer());
        chances.put("delayed", faults.delayed());
        chances.put("duplicated", faults.duplicated());
        return chances.entrySet().stream().filter(chance -> chance.getValue() > 0)
                .map(chance -> chance.getValue() + " % " + chance.getKey()).collect(Collectors.joining(", "));
    }

    /** An operation with what decides its fate: {@code a3 put threads/k1 clock 5}. */
    String operation(int index) {
        Operation operation = history.operations().get(index).operation();
        return names.operation(index) + " " + operation.operation() + " " + operation.tableName() + "/"
                + names.key(operation.pk()) + (operation.stamp() == null ? "" : " clock " + operation.stamp().clock());
    }

    String answer(Event event) {
        if (event.outcome() == Outcome.LOST) {
            return event.error() == null || !LINE.contains(event.error().code()) ? "no answer"
                    : "no answer: " + event.error().message();
        }
        if (event.outcome() != Outcome.OK) {
            return fault(event);
        }
        Call call = event.call();
        if (call instanceof Call.Push push) {
            return push.results() == null ? "no results" : push.results().isEmpty() ? "nothing"
                    : list(push.results().stream().map(this::result).toList());
        } else if (call instanceof Call.Pull pull) {
            return rows(pull) + "; next " + pull.nextCursor() + (pull.hasMore() ? ", more" : "")
                    + (Boolean.TRUE.equals(pull.requiresSnapshot()) ? ", requires snapshot" : "");
        } else if (call instanceof Call.Snapshot snapshot && snapshot.page() != null) {
            return "state at v" + snapshot.page().highWatermark() + ": " + items(snapshot)
                    + (snapshot.page().nextPageToken() == null ? "" : ", more");
        } else if (call instanceof Call.Inspect inspect) {
            return inspection(inspect.answer());
        } else if (call instanceof Call.Raw raw) {
            return json(raw.answer());
        } else if (call instanceof Call.Ask ask) {
            return json(ask.answer());
        } else if (call instanceof Call.Arranged arranged && arranged.found() != null) {
            return json(arranged.found());
        } else if (call instanceof Call.Transfer transfer) {
            return transfer.status() + (transfer.received() == null ? "" : ", " + bytes(transfer.received()));
        }
        return "done";
    }

    private static String bytes(Call.Bytes bytes) {
        return bytes.size() + (bytes.size() == 1 ? " byte " : " bytes ") + cut(bytes.sha256(), HASH_SHOWN);
    }

    private String fault(Event event) {
        Event.Fault fault = event.error();
        if (fault == null) {
            return event.outcome() == Outcome.REFUSED ? "refused" : "failed";
        }
        return fault.status() + (fault.code() == null ? "" : " " + fault.code())
                + (fault.message() == null ? "" : ": " + cut(names.in(fault.message())));
    }

    private String result(OperationResult result) {
        if (result == null) {
            return "no result";
        }
        String name = names.operation(result.opId());
        if (!result.success()) {
            return name + " refused" + (result.errorCode() == null ? "" : " " + result.errorCode());
        }
        return name + " → " + (result.serverVersion() == null ? "no version" : "v" + result.serverVersion())
                + (Boolean.FALSE.equals(result.applied()) ? " not applied" : "");
    }

    private String rows(Call.Pull pull) {
        Call.Rows rows = pull.rows();
        return rows == null || rows.size() == 0 ? "nothing"
                : list(IntStream.range(0, rows.size()).mapToObj(row -> "v" + rows.versions()[row] + " " + shown(rows, row))
                        .toList());
    }

    /** What a row shows: an operation as it was sent, one that was altered, or one that nobody sent. */
    String shown(Call.Rows rows, int row) {
        if (rows.isAsSent(row)) {
            return names.operation(rows.operations()[row]);
        }
        Change change = rows.other(row);
        String opId = change == null || change.stamp() == null ? null : change.stamp().opId();
        return opId == null ? "no operation" : names.operation(opId) + (names.knows(opId) ? " altered" : " never sent");
    }

    private String items(Call.Snapshot snapshot) {
        List<String> shown = new ArrayList<>();
        if (snapshot.page().items() != null) {
            snapshot.page().items().forEach(item -> shown.add(item == null ? "nothing" : item.kind() + " "
                    + item.tableName() + "/" + names.key(item.pk())
                    + (item.revision() == null ? "" : " by " + names.operation(item.revision().opId()))));
        }
        return shown.isEmpty() ? "nothing" : list(shown);
    }

    private String inspection(Controls.Inspection answer) {
        if (answer == null) {
            return "nothing";
        }
        Controls.StoredRecord found = answer.record();
        String state = found == null ? "no record" : (found.deleted() ? "deleted, clock " : "record, clock ") + found.clock()
                + (found.opId() == null ? "" : " by " + names.operation(found.opId()));
        int tombstones = answer.tombstones() == null ? 0 : answer.tombstones().size();
        return tombstones == 0 ? state : state + ", " + tombstones + (tombstones == 1 ? " tombstone" : " tombstones");
    }

    private String json(JsonText json) {
        return json == null ? "nothing" : cut(names.in(json.text()));
    }

    private static String few(List<String> parts) {
        return "[" + list(parts) + "]";
    }

    private static String list(List<String> parts) {
        return parts.size() <= SHOWN + 1 ? String.join(", ", parts)
                : parts.stream().limit(SHOWN).collect(Collectors.joining(", ", "", ", ")) + (parts.size() - SHOWN) + " more";
    }

    private static String cut(String text) {
        return cut(text, LONGEST);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
