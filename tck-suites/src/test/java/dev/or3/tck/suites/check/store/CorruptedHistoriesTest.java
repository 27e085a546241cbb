package dev.or3.tck.suites.check.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.StorePlans;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import dev.or3.tck.suites.run.PlanRunner;
import dev.or3.tck.suites.run.RunnerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Clean histories of real runs, with one answer made wrong: the judge must see it. Only the first sight of what was
 * provisioned, its name and whether it is active, can be anything.
 */
class CorruptedHistoriesTest {
    private static final List<History> CLEAN = clean();

    @Test
    void a_wrong_role_is_seen_wherever_it_is_told() {
        assertSeen("getWorkspaceRole",
                answer -> Optional.of(answer.isNull() ? TextNode.valueOf("viewer") : NullNode.instance), 100);
        assertSeen("getWorkspaceRole", answer -> answer.isNull() ? Optional.empty()
                : Optional.of(TextNode.valueOf(answer.asText().equals("owner") ? "editor" : "owner")), 100);
    }

    @Test
    void an_entry_that_a_list_lacks_or_repeats_is_seen() {
        assertSeen("listUserWorkspaces", answer -> changed(answer, entries -> entries.remove(0)), 100);
        assertSeen("listUserWorkspaces", answer -> changed(answer, entries -> entries.add(entries.get(0))), 100);
    }

    @Test
    void an_entry_with_a_wrong_role_or_name_is_seen() {
        assertSeen("listUserWorkspaces", answer -> changed(answer,
                entries -> ((ObjectNode) entries.get(0)).put("role", entries.get(0).get("role").asText().equals("viewer")
                        ? "editor" : "viewer")), 100);
        assertSeen("listUserWorkspaces", answer -> changed(answer,
                entries -> ((ObjectNode) entries.get(0)).put("name", "Nobody gave it")), 90);
    }

    @Test
    void an_active_workspace_that_moves_by_itself_is_seen() {
        assertSeen("listUserWorkspaces", answer -> changed(answer, entries -> entries.forEach(
                entry -> ((ObjectNode) entry).put("isActive", !entry.get("isActive").asBoolean()))), 85);
    }

    @Test
    void another_user_or_default_workspace_is_seen() {
        assertSeen("getOrCreateUser",
                answer -> Optional.of(((ObjectNode) answer.deepCopy()).put("userId", "somebody")), 100);
        assertSeen("getOrCreateDefaultWorkspace",
                answer -> Optional.of(((ObjectNode) answer.deepCopy()).put("workspaceId", "somewhere")), 100);
    }

    @Test
    void a_refusal_that_was_told_as_success_is_seen() {
        int seen = 0;
        int made = 0;
        for (History history : CLEAN) {
            for (Event event : history.events()) {
                boolean twice = event.call() instanceof Call.Ask call && call.method().equals("removeWorkspace");
                if (event.outcome() == Outcome.REFUSED && !twice) {
                    Call.Ask call = (Call.Ask) event.call();
                    made++;
                    Event told = with(event, new Call.Ask("workspaces", call.method(), call.input(), new JsonText("null")));
                    seen += isSeen(history, told) ? 1 : 0;
                }
            }
        }
        assertThat(made).isGreaterThan(10);
        assertThat(seen).isEqualTo(made);
    }

    private static List<History> clean() {
        List<History> histories = new ArrayList<>();
        try (Target target = InProcessTarget.temporary(new MemoryProviderFactory(), Map.of(), WireSchema.current(), 1)) {
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
            for (Plan plan : StorePlans.examples(false)) {
                if (!plan.name().contains("STORE-12") && !plan.name().contains("first-login")) {
                    histories.add(runner.run(plan));
                }
            }
        }
        return histories;
    }

    private static Optional<JsonNode> changed(JsonNode answer, Consumer<ArrayNode> change) {
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        ArrayNode entries = answer.deepCopy();
        change.accept(entries);
        return Optional.of(entries);
    }

    private static void assertSeen(String method, Function<JsonNode, Optional<JsonNode>> corruption, int percent) {
        int seen = 0;
        int made = 0;
        for (History history : CLEAN) {
            for (Event event : history.events()) {
                if (event.isOk() && event.call() instanceof Call.Ask call && call.method().equals(method)) {
                    Optional<JsonNode> wrong = corruption.apply(call.answer().parse());
                    if (wrong.isPresent()) {
                        made++;
                        Event told = with(event, new Call.Ask("workspaces", method, call.input(), JsonText.of(wrong.get())));
                        seen += isSeen(history, told) ? 1 : 0;
                    }
                }
            }
        }
        assertThat(made).isGreaterThan(10);
        assertThat(seen * 100).describedAs("%d of %d", seen, made).isGreaterThanOrEqualTo(made * percent);
    }

    private static boolean isSeen(History history, Event wrong) {
        List<Event> events = new ArrayList<>(history.events());
        events.set(wrong.seq(), wrong);
        return !HistoryChecker.check(new History(history.header(), history.operations(), events)).violations().isEmpty();
    }

    private static Event with(Event event, Call call) {
        return new Event(event.seq(), event.invoked(), event.returned(), event.invokedMicros(), event.returnedMicros(),
                event.client(), event.instance(), event.device(), event.user(), event.workspace(), event.attempt(),
                Outcome.OK, null, call);
    }
}
