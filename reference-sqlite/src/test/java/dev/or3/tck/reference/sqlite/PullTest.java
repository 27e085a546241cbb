package dev.or3.tck.reference.sqlite;

import static dev.or3.tck.reference.sqlite.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullTest {
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

    @Test
    void everyPageSizeGivesTheSameLogAndSaysExactlyWhenChangesRemain() {
        rig.push(Rig.puts("kv", 0, 12));
        List<Change> whole = rig.pull(rig.owner, 0, 1000).changes();
        for (int size = 1; size <= 13; size++) {
            List<Change> paged = new ArrayList<>();
            long cursor = 0;
            boolean more = true;
            while (more) {
                PullResponse page = rig.pull(rig.owner, cursor, size);
                assertThat(page.changes()).hasSizeBetween(1, size);
                paged.addAll(page.changes());
                cursor = page.nextCursor();
                more = page.hasMore();
                assertThat(more).isEqualTo(cursor < 12);
            }
            assertThat(paged).isEqualTo(whole);
        }
    }

    @Test
    void aFilterLosesNothingBehindALongStretchOfOtherTables() {
        rig.push(put("kv", "first", 1, "h", "{}"));
        for (int batch = 0; batch < 50; batch++) {
            rig.push(Rig.puts("projects", 0, 500));
        }
        rig.push(put("kv", "last", 1, "h", "{}"));

        assertThat(rig.log(rig.owner, "kv")).extracting(Change::pk).containsExactly("first", "last");
        assertThat(rig.log(rig.owner, "posts", "threads")).isEmpty();
    }

    @Test
    void aCursorBeyondTheHeadGetsAnEmptyPage() {
        rig.push(put("a", 1));
        PullResponse page = rig.pull(rig.owner, 99, 10);
        assertThat(page.changes()).isEmpty();
        assertThat(page.hasMore()).isFalse();
        assertThat(page.nextCursor()).isEqualTo(1);
        assertThat(page.requiresSnapshot()).isFalse();
    }

    @Test
    void malformedRequestsAreRefusedAndALimitAboveTheCapIsClamped() {
        rig.push(put("a", 1));
        assertThat(rig.pull(rig.owner, 0, 100_000).changes()).hasSize(1);
        for (PullRequest bad : List.of(new PullRequest(rig.scope, -1, 10, null), new PullRequest(rig.scope, 0, 0, null),
                new PullRequest(rig.scope, 0, -1, null), new PullRequest(rig.scope, 0, 10, List.of("nope")))) {
            assertThatThrownBy(() -> rig.provider.sync().pull(rig.owner, bad))
                    .isInstanceOfSatisfying(ProviderException.class, refused -> assertThat(refused.status()).isEqualTo(400));
        }
    }
}
