package dev.or3.tck.suites.check.index;

import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Kills;
import java.util.HashMap;
import java.util.Map;

/** Which pushes a kill left without an answer. Operations are named by {@link Operations#original}. */
public final class Crashes {
    private final Kills kills;
    private final Map<Integer, Integer> killByPush = new HashMap<>();
    private final Map<Integer, Integer> pushByOperation = new HashMap<>();

    Crashes(History history, Operations operations) {
        kills = Kills.of(history);
        for (Kills.Kill kill : kills.all()) {
            for (int seq : kill.lost()) {
                if (history.events().get(seq).call() instanceof Call.Push push) {
                    killByPush.put(seq, kill.event());
                    for (int sent : push.operations()) {
                        pushByOperation.putIfAbsent(operations.original(sent), seq);
                    }
                }
            }
        }
    }

    public Kills kills() {
        return kills;
    }

    /** The kill that cut off a push, or -1. */
    public int kill(int push) {
        return killByPush.getOrDefault(push, -1);
    }

    /** The first push of an operation that a kill cut off, or -1. */
    public int push(int operation) {
        return pushByOperation.getOrDefault(operation, -1);
    }
}
