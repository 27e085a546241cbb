package dev.or3.tck.reference.convex.deployment.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.reference.convex.deployment.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir
    private Path directory;

    private final Database database = in(Journal.none());

    private static Database in(Journal journal) {
        return new Database(schema(), journal, () -> false);
    }

    private static Schema schema() {
        return new Schema().index("notes", "by_place", "place").index("notes", "by_topic", "topic", "place");
    }

    private static Document note(Transaction db, String topic, long place) {
        return db.insert("notes", Values.object().put("topic", topic).put("place", place));
    }

    private static List<Long> places(Database in, String topic) {
        return in.read(db -> db.all("notes", "by_topic", topic).stream().map(note -> note.number("place")).toList());
    }

    @Test
    void a_transaction_sees_what_it_wrote_and_others_see_it_at_its_end() {
        List<Integer> outside = new ArrayList<>();
        List<Long> inside = database.write(db -> {
            Document first = note(db, "a", 1);
            note(db, "a", 2);
            db.patch(first, fields -> fields.put("place", 3L));
            db.delete(note(db, "a", 4));
            outside.add(places(database, "a").size());
            return db.all("notes", "by_topic", "a").stream().map(note -> note.number("place")).toList();
        });
        assertThat(inside).containsExactly(2L, 3L);
        assertThat(outside).containsExactly(0);
        assertThat(places(database, "a")).containsExactly(2L, 3L);
    }

    @Test
    void stretches_of_an_index_are_bounded_and_in_order() {
        database.write(db -> IntStream.of(5, 3, 1, 4, 2).mapToObj(place -> note(db, "a", place)).toList());
        database.write(db -> note(db, "b", 3));
        List<Long> found = database.read(db -> db.query("notes", "by_topic").eq("a").gt(1L).lte(4L).take(2).stream()
                .map(note -> note.number("place")).toList());
        assertThat(found).containsExactly(2L, 3L);
    }

    @Test
    void what_came_into_a_stretch_that_was_read_makes_the_function_run_again() {
        AtomicInteger runs = new AtomicInteger();
        database.write(db -> {
            int before = db.all("notes", "by_topic", "a").size();
            if (runs.incrementAndGet() == 1) {
                database.write(other -> note(other, "a", 7));
            }
            return note(db, "a", before);
        });
        assertThat(runs).hasValue(2);
        assertThat(places(database, "a")).containsExactly(1L, 7L);
    }

    @Test
    void what_came_elsewhere_does_not() {
        AtomicInteger runs = new AtomicInteger();
        database.write(db -> {
            db.query("notes", "by_topic").eq("a").lte(5L).take(10);
            runs.incrementAndGet();
            database.write(other -> note(other, "a", 6));
            database.write(other -> note(other, "b", 1));
            return note(db, "a", 0);
        });
        assertThat(runs).hasValue(1);
    }

    @Test
    void who_is_always_in_the_way_makes_it_fail_and_leave_nothing() {
        assertThatThrownBy(() -> database.write(db -> {
            int place = db.all("notes", "by_topic", "a").size();
            database.write(other -> note(other, "a", 100 + place));
            return note(db, "a", place);
        })).isInstanceOf(ConflictException.class);
        assertThat(places(database, "a")).allMatch(place -> place >= 100);
    }

    @Test
    void a_conflict_can_be_made_to_happen() {
        AtomicInteger commits = new AtomicInteger();
        Database disturbed = new Database(schema(), Journal.none(), () -> commits.incrementAndGet() <= 6);
        assertThatThrownBy(() -> disturbed.write(db -> note(db, "a", 1))).isInstanceOf(ConflictException.class);
        disturbed.write(db -> note(db, "a", 2));
        assertThat(places(disturbed, "a")).containsExactly(2L);
        assertThat(commits).hasValue(7);
    }

    @Test
    void a_function_that_throws_leaves_nothing() {
        assertThatThrownBy(() -> database.write(db -> {
            note(db, "a", 1);
            throw new IllegalStateException("refused");
        })).hasMessage("refused");
        assertThat(places(database, "a")).isEmpty();
    }

    @Test
    void counters_of_many_threads_lose_nothing() {
        Document counter = database.write(db -> note(db, "counter", 0));
        int done = IntStream.range(0, 200).parallel().map(i -> {
            try {
                return database.write(db -> {
                    Document now = db.first("notes", "by_topic", "counter");
                    db.patch(now, fields -> fields.put("place", now.number("place") + 1));
                    return 1;
                });
            } catch (ConflictException e) {
                return 0;
            }
        }).sum();
        assertThat(counter.number("place")).isZero();
        assertThat(places(database, "counter")).containsExactly((long) done);
    }

    @Test
    void what_was_committed_is_there_again_and_ids_go_on() throws IOException {
        Path file = directory.resolve("documents.jsonl");
        long last;
        try (Database first = in(new Journal(file))) {
            Document kept = first.write(db -> note(db, "a", 1));
            last = first.write(db -> note(db, "a", 2)).id();
            first.write(db -> db.patch(kept, fields -> fields.put("place", 5L)));
            Document gone = first.write(db -> note(db, "\ud83d", 9));
            first.write(db -> {
                db.delete(gone);
                return null;
            });
        }
        Files.writeString(file, "[{\"id\":99,\"table\":\"notes\",\"fie", StandardOpenOption.APPEND);
        try (Database again = in(new Journal(file))) {
            assertThat(places(again, "a")).containsExactly(2L, 5L);
            assertThat(places(again, "\ud83d")).isEmpty();
            assertThat(again.write(db -> note(db, "a", 6)).id()).isGreaterThan(last);
        }
        try (Database third = in(new Journal(file))) {
            assertThat(places(third, "a")).containsExactly(2L, 5L, 6L);
        }
    }
}
