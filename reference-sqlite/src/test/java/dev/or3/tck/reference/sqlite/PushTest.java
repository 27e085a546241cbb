package dev.or3.tck.reference.sqlite;

import static dev.or3.tck.reference.sqlite.Rig.delete;
import static dev.or3.tck.reference.sqlite.Rig.kv;
import static dev.or3.tck.reference.sqlite.Rig.op;
import static dev.or3.tck.reference.sqlite.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.OperationResult.ErrorCodes;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.Stamp;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushTest {
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
    void versionsCountFromOneInTheOrderOfTheBatch() {
        PushResponse answer = rig.push(put("a", 1), put("b", 1), delete("c", 1));

        assertThat(answer.serverVersion()).isEqualTo(3);
        assertThat(answer.results()).extracting(OperationResult::serverVersion).containsExactly(1L, 2L, 3L);
        assertThat(rig.log(rig.owner)).extracting(Change::pk).containsExactly("a", "b", "c");
        assertThat(rig.log(rig.owner)).extracting(Change::op).containsExactly("put", "put", "delete");
    }

    @Test
    void aReplayIsTheSameOperationWhateverTheOrderOfKeysAndTheSpellingOfNumbers() {
        Operation first = put("kv", "a", 1, "h", "{\"id\":\"a\",\"n\":100,\"clock\":1}");
        Operation again = op("kv", "put", "a", "{\"clock\":1.0, \"n\":1e2,\"id\":\"a\"}", first.stamp());
        rig.push(first, put("b", 1));

        assertThat(rig.push(rig.editor, again).results().get(0).serverVersion()).isEqualTo(1);
        assertThat(rig.log(rig.owner)).hasSize(2);
    }

    @Test
    void theSameOperationTwiceInOneBatchIsOne() {
        Operation op = put("a", 1);
        assertThat(rig.push(op, op, put("b", 1)).results())
                .extracting(OperationResult::serverVersion).containsExactly(1L, 1L, 2L);
    }

    @Test
    void aReusedOpIdWithOtherContentIsRefusedAndSpendsNoVersion() {
        Operation first = put("a", 1);
        rig.push(first);
        Operation other = op("kv", "put", "a", kv("a", 1, "other"), first.stamp());

        OperationResult refused = rig.pushOne(other);

        assertThat(refused.success()).isFalse();
        assertThat(refused.errorCode()).isEqualTo(ErrorCodes.CONFLICT);
        assertThat(rig.pushOne(put("b", 1)).serverVersion()).isEqualTo(2);
    }

    @Test
    void opIdsThatDifferInCaseOnlyAreTwo() {
        String id = "abcdefab-0000-4000-8000-00000000000a";
        rig.push(op("kv", "put", "a", kv("a", 1, "1"), new Stamp("d", id, "h", 1)));
        assertThat(rig.pushOne(op("kv", "put", "a", kv("a", 1, "2"), new Stamp("d", id.toUpperCase(), "h", 1)))
                .serverVersion()).isEqualTo(2);
    }

    @Test
    void anOpIdIsUniquePerWorkspaceOnly() {
        Rig other = Rig.on(rig.provider);
        Operation op = put("a", 1);
        rig.push(put("b", 1), op);
        assertThat(other.push(op).results().get(0).serverVersion()).isEqualTo(1);
        assertThat(other.log(other.owner)).hasSize(1);
    }

    @Test
    void malformedOperationsAreRefusedByThemselvesAndTheRestIsStored() {
        Stamp stamp = put("x", 1).stamp();
        String id = stamp.opId();
        List<Operation> malformed = List.of(
                op("nope", "put", "x", kv("x", 1, ""), stamp),
                op("kv", "patch", "x", kv("x", 1, ""), stamp),
                op("kv", "put", "", kv("", 1, ""), stamp),
                op("kv", "put", null, kv("x", 1, ""), stamp),
                op("kv", "put", "x", null, stamp),
                op("kv", "put", "x", "null", stamp),
                op("kv", "put", "x", "[]", stamp),
                op("kv", "put", "x", "{\"id\":\"x\"", stamp),
                op("kv", "put", "x", "{\"id\":\"x\"}{}", stamp),
                op("kv", "put", "x", kv("y", 1, ""), stamp),
                op("kv", "put", "x", kv("x", 2, ""), stamp),
                op("kv", "put", "x", "{\"id\":\"x\",\"workspace_id\":\"elsewhere\"}", stamp),
                op("kv", "delete", "x", "5", stamp),
                op("kv", "put", "x", kv("x", -1, ""), new Stamp("d", id, "h", -1)),
                op("kv", "put", "x", kv("x", 1, ""), new Stamp("", id, "h", 1)),
                op("kv", "put", "x", kv("x", 1, ""), new Stamp("d", id, null, 1)),
                op("kv", "put", "x", kv("x", 1, ""), new Stamp("d", "not-a-uuid", "h", 1)));
        for (Operation bad : malformed) {
            PushResponse answer = rig.push(bad, put("good", 1));
            assertThat(answer.results().get(0).success()).as(bad.toString()).isFalse();
            assertThat(answer.results().get(0).errorCode()).isEqualTo(ErrorCodes.VALIDATION_ERROR);
            assertThat(answer.results().get(1).success()).isTrue();
        }
        assertThat(rig.log(rig.owner)).hasSize(malformed.size()).allMatch(change -> change.pk().equals("good"));
        assertThat(rig.provider.controls().inspect(rig.scope.workspaceId(), "kv", "x").record()).isNull();
    }

    @Test
    void aStampWithoutOpIdRefusesTheWholePush() {
        assertRefused(400, put("a", 1), op("kv", "put", "b", kv("b", 1, ""), null));
        assertRefused(400, put("a", 1), op("kv", "put", "b", kv("b", 1, ""), new Stamp("d", "", "h", 1)));
        assertThat(rig.log(rig.owner)).isEmpty();
    }

    @Test
    void payloadsAreMeasuredInBytes() {
        int room = 256 * 1024 - kv("a", 1, "").length();
        assertThat(rig.pushOne(put("kv", "a", 1, "h", kv("a", 1, "x".repeat(room)))).success()).isTrue();
        OperationResult refused = rig.pushOne(put("kv", "a", 1, "h", kv("a", 1, "é".repeat(room / 2 + 1))));
        assertThat(refused.errorCode()).isEqualTo(ErrorCodes.OVERSIZED);
        assertThat(rig.pushOne(put("kv", "a", 1, "h", kv("a", 1, "\uD83D\uDE00".repeat(room / 4)))).success()).isTrue();
    }

    @Test
    void theLargestBatchIsStoredAndALargerOneRefusedWhole() {
        Operation[] full = Collections.nCopies(500, null).stream().map(none -> put("a", 1)).toArray(Operation[]::new);
        assertThat(rig.push(full).serverVersion()).isEqualTo(500);
        Operation[] over = Collections.nCopies(501, null).stream().map(none -> put("a", 1)).toArray(Operation[]::new);
        assertRefused(413, over);
        assertThat(rig.push().results()).isEmpty();
        assertThat(rig.pull(rig.owner, 499, 100).changes()).hasSize(1);
    }

    @Test
    void onlyMembersOfTheWorkspaceOfTheirSessionGetIn() {
        Rig other = Rig.on(rig.provider);
        PushRequest request = new PushRequest(rig.scope, List.of(put("a", 1)));
        assertStatus(401, () -> rig.provider.sync().push(null, request));
        assertStatus(403, () -> rig.provider.sync().push(other.owner, request));
        assertStatus(403, () -> rig.provider.sync().push(Caller.of(other.owner.userId(), rig.scope.workspaceId()), request));
        assertStatus(400, () -> rig.provider.sync().push(rig.owner, new PushRequest(null, List.of())));
        assertStatus(400, () -> rig.provider.sync().push(rig.owner, new PushRequest(new Scope(null), List.of())));
        assertStatus(400, () -> rig.provider.sync().push(rig.owner, new PushRequest(rig.scope, null)));
        assertThat(rig.log(rig.owner)).isEmpty();
    }

    @Test
    void payloadsComeBackAsTheyWere() {
        String payload = "{\"id\":\"a\",\"clock\":1,\"__proto__\":{\"x\":[]},\"\":null,\"big\":9007199254740991,"
                + "\"exact\":1.10,\"huge\":1e400,\"control\":\"\\u0000\\u0007\",\"emoji\":\"\uD83D\uDE00\","
                + "\"lone\":\"\uD800\",\"nested\":{\"a\":[1,{}]}}";
        rig.push(put("kv", "a", 1, "h", payload));

        JsonText pulled = rig.log(rig.owner).get(0).payload();

        assertThat(pulled.sameAs(new JsonText(payload))).as(pulled.text()).isTrue();
        assertThat(pulled.text()).contains("1.10", "1e400");
    }

    @Test
    void keysKeepEveryCodeUnit() {
        List<String> keys = List.of("a", "A", "a ", "e\u0301", "\u00e9", "\uD83D\uDE00", "\uD83D", "\uFFFD", "\uE000",
                "a\u0000b", "a%", "'; DROP TABLE changes; --");
        for (String key : keys) {
            String id = UUID.randomUUID().toString();
            OperationResult stored = rig.pushOne(op("kv", "put", key, "{}", new Stamp("d" + key, id, "h" + key, 1)));
            assertThat(stored.success()).as(key).isTrue();
            assertThat(stored.applied()).as(key).isTrue();
        }
        assertThat(rig.log(rig.owner)).extracting(Change::pk).containsExactlyElementsOf(keys);
        assertThat(rig.log(rig.owner)).extracting(change -> change.stamp().hlc())
                .containsExactlyElementsOf(keys.stream().map(key -> "h" + key).toList());
    }

    @Test
    void refCountIsNotKept() {
        rig.push(put("file_meta", "h1", 1, "h", "{\"hash\":\"h1\",\"clock\":1,\"ref_count\":3,\"size_bytes\":1.0}"));
        assertThat(rig.log(rig.owner).get(0).payload().text())
                .isEqualTo("{\"hash\":\"h1\",\"clock\":1,\"size_bytes\":1.0}");
    }

    @Test
    void privateRowsAreTheirOwnersAlone() {
        String mine = rig.owner.userId();
        String theirs = rig.editor.userId();
        Operation note = put("notifications", "n", 1, "h", Rig.notification("n", 1, mine, "mine"));
        rig.push(rig.owner, put("a", 1), note, put("b", 1));
        Operation takeover = put("notifications", "n", 9, "h", Rig.notification("n", 9, theirs, "theirs"));
        Operation removal = op("notifications", "delete", "n", null, new Stamp("d", UUID.randomUUID().toString(), "h", 9));

        assertThat(rig.push(rig.editor, takeover, removal).results()).noneMatch(OperationResult::success);
        assertThat(rig.log(rig.editor)).extracting(Change::serverVersion).containsExactly(1L, 3L);
        assertThat(rig.log(rig.owner)).extracting(Change::serverVersion).containsExactly(1L, 2L, 3L);
        assertThat(rig.push(rig.editor, note).results().get(0).serverVersion())
                .as("the same content, replayed by another member").isEqualTo(2);
        assertThat(rig.push(rig.owner, removal).results().get(0).applied()).isTrue();
        assertThat(rig.log(rig.owner)).extracting(Change::op).containsExactly("put", "put", "put", "delete");
    }

    @Test
    void aPrivateRowBelongsToItsCaller() {
        rig.push(rig.editor, put("notifications", "n", 1, "h", Rig.notification("n", 1, rig.owner.userId(), "t")));
        assertThat(rig.log(rig.owner)).isEmpty();
        assertThat(rig.log(rig.editor).get(0).payload().parse().get("user_id").textValue()).isEqualTo(rig.editor.userId());
    }

    private void assertRefused(int status, Operation... ops) {
        assertStatus(status, () -> rig.push(ops));
    }

    private static void assertStatus(int status, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(ProviderException.class,
                refused -> assertThat(refused.status()).isEqualTo(status));
    }
}
