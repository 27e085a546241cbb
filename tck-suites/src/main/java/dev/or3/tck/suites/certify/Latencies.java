package dev.or3.tck.suites.certify;

import dev.or3.tck.api.result.Report.CallStatistics;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** How long calls took, by call. Used by one thread. */
final class Latencies {
    private static final long HIGHEST_MICROS = 3_600_000_000L;

    private final Map<String, Histogram> byCall = new TreeMap<>();

    void add(History history) {
        for (Event event : history.events()) {
            String name = name(event.call());
            if (event.isOk() && name != null) {
                long micros = Math.max(0, event.returnedMicros() - event.invokedMicros());
                byCall.computeIfAbsent(name, call -> new Histogram(HIGHEST_MICROS, 3))
                        .recordValue(Math.min(micros, HIGHEST_MICROS));
            }
        }
    }

    List<CallStatistics> statistics() {
        return byCall.entrySet().stream().map(entry -> {
            Histogram taken = entry.getValue();
            return new CallStatistics(entry.getKey(), taken.getTotalCount(), taken.getValueAtPercentile(50),
                    taken.getValueAtPercentile(99), taken.getMaxValue());
        }).toList();
    }

    private static String name(Call call) {
        if (call instanceof Call.Push) {
            return "sync.push";
        } else if (call instanceof Call.Pull) {
            return "sync.pull";
        } else if (call instanceof Call.MoveCursor) {
            return "sync.updateCursor";
        } else if (call instanceof Call.Collect collect) {
            return collect.tombstones() ? "sync.gcTombstones" : "sync.gcChangeLog";
        } else if (call instanceof Call.Snapshot) {
            return "sync.snapshot";
        } else if (call instanceof Call.Ask ask) {
            return ask.component() + "." + ask.method();
        } else if (call instanceof Call.Transfer transfer) {
            return transfer.isUpload() ? "storage upload" : "storage download";
        }
        return null;
    }
}
