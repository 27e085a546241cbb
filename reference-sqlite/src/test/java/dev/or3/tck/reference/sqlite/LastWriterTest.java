package dev.or3.tck.reference.sqlite;

import static dev.or3.tck.reference.sqlite.Rig.kv;
import static dev.or3.tck.reference.sqlite.Rig.op;
import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.control.Controls.Inspection;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.Stamp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWriterTest {
    /** Clock, then hlc by code units, then op id: each one wins over those before it. */
    private static final List<Stamp> ASCENDING = List.of(
            stamp("ffffffff", "z", 2),
            stamp("ffffffff", "1000-0-a", 10),
            stamp("00000000", "A", 10),
            stamp("00000001", "A", 10),
            stamp("0000000A", "A", 10),
            stamp("0000000a", "A", 10),
            stamp("00000000", "a", 10),
            stamp("00000000", "aa", 10),
            stamp("00000000", "é", 10),
            stamp("00000000", "\uD83D\uDE00", 10),
            stamp("00000000", "\uE000", 10),
            stamp("00000000", "\uFFFD", 10),
            stamp("00000000", "", 9_007_199_254_740_991L));

    @TempDir
    Path directory;
    private Rig rig;

    @BeforeEach
    void open() {
        rig = Rig.in(directory);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static Stamp stamp(String opIdStart, String hlc, long clock) {
        return new Stamp("d", opIdStart + "-0000-4000-8000-000000000000", hlc.isEmpty() ? "0" : hlc, clock);
    }

    @Test
    void everyPairOfOperationsEndsTheSameInEitherOrder() {
        int pair = 0;
        for (boolean lowDeletes : List.of(false, true)) {
            for (boolean highDeletes : List.of(false, true)) {
                for (int high = 1; high < ASCENDING.size(); high++) {
                    for (int low = 0; low < high; low++) {
                        for (boolean lowFirst : List.of(true, false)) {
                            String pk = "r" + pair++;
                            Operation loser = operation(pk, lowDeletes, ASCENDING.get(low), 2 * pair);
                            Operation winner = operation(pk, highDeletes, ASCENDING.get(high), 2 * pair + 1);
                            check(lowFirst, pk, loser, winner);
                        }
                    }
                }
            }
        }
    }

    private static Operation operation(String pk, boolean deletes, Stamp stamp, int nonce) {
        // Another op id for each record, which keeps the order of the stamps.
        String opId = stamp.opId().substring(0, 24) + String.format("%012x", nonce);
        Stamp fresh = new Stamp("d", opId, stamp.hlc(), stamp.clock());
        return op("kv", deletes ? "delete" : "put", pk, deletes ? null : kv(pk, stamp.clock(), stamp.hlc()), fresh);
    }

    private void check(boolean lowFirst, String pk, Operation loser, Operation winner) {
        OperationResult first = rig.pushOne(lowFirst ? loser : winner);
        OperationResult second = rig.pushOne(lowFirst ? winner : loser);

        assertThat(first.applied()).isTrue();
        assertThat(second.applied()).as("%s over %s", winner.stamp(), loser.stamp()).isEqualTo(lowFirst);
        assertThat(second.serverVersion()).as("a losing operation is logged too").isEqualTo(first.serverVersion() + 1);
        if (!lowFirst) {
            assertThat(Optional.ofNullable(second.payload())).isEqualTo(Optional.ofNullable(winner.payload()));
        }
        Inspection state = rig.provider.controls().inspect(rig.scope.workspaceId(), "kv", pk);
        if (winner.isDelete()) {
            assertThat(state.record()).isNull();
            assertThat(state.tombstones()).singleElement().satisfies(tombstone -> {
                assertThat(tombstone.opId()).isEqualTo(winner.stamp().opId());
                assertThat(tombstone.hlc()).isEqualTo(winner.stamp().hlc());
                assertThat(tombstone.clock()).isEqualTo(winner.stamp().clock());
            });
        } else {
            assertThat(state.tombstones()).isEmpty();
            assertThat(state.record().payload()).isEqualTo(winner.payload());
            assertThat(state.record().opId()).isEqualTo(winner.stamp().opId());
        }
    }

    @Test
    void sqliteOrdersStoredTextsAsJavaOrdersCodeUnits() {
        List<String> texts = List.of("", "a", "\u0000", "z", "\uD7FF", "\uD800", "\uD83D\uDE00", "\uDBFF\uDFFF", "\uDFFF",
                "\uE000", "\uFFFF", "\uD800\uE000", "\uE000\uD800");
        List<String> byUnits = new ArrayList<>(texts);
        byUnits.sort(Comparator.naturalOrder());
        List<String> byPoints = new ArrayList<>(texts);
        byPoints.sort(Comparator.comparing(text -> CodeUnits.encode(text).codePoints().toArray(), Arrays::compare));

        assertThat(byPoints).isEqualTo(byUnits);
        assertThat(texts).allMatch(text -> CodeUnits.decode(CodeUnits.encode(text)).equals(text));
    }
}
