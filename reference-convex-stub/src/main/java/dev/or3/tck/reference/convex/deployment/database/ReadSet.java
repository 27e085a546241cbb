package dev.or3.tck.reference.convex.deployment.database;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stretches of indexes that a transaction has looked at, found empty or not. */
final class ReadSet {
    private record Stretch(Key from, Key to) {
    }

    private final Map<Index, List<Stretch>> stretches = new HashMap<>();

    void add(Index index, Key from, Key to) {
        stretches.computeIfAbsent(index, key -> new ArrayList<>()).add(new Stretch(from, to));
    }

    /** Whether a commit wrote into one of them. */
    boolean meets(Commit commit) {
        for (Map.Entry<Index, List<Stretch>> read : stretches.entrySet()) {
            for (Key written : commit.keys().getOrDefault(read.getKey(), List.of())) {
                for (Stretch stretch : read.getValue()) {
                    if (stretch.from.compareTo(written) <= 0 && written.compareTo(stretch.to) <= 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
