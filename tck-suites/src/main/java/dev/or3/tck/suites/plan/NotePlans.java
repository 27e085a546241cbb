package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.AskScript.EDITOR;
import static dev.or3.tck.suites.plan.AskScript.OWNER;
import static dev.or3.tck.suites.plan.AskScript.SHARED;
import static dev.or3.tck.suites.plan.AskScript.VIEWER;
import static dev.or3.tck.suites.plan.AskScript.fields;

import dev.or3.tck.api.Json;
import dev.or3.tck.suites.plan.Action.Position;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans for the notifications component: members are told of jobs, then each pulls the whole log. */
public final class NotePlans {
    private static final String COMPONENT = "notifications";
    /** Apart from other streams of plans under the same seed. */
    private static final long STREAM = 7_000_000_000L;
    /** The members of the first workspace, in the order of their devices. */
    private static final List<String> MEMBERS = List.of(OWNER, EDITOR, VIEWER);
    private static final int PAGE = 100;

    /** Second devices of the owner and of the editor. */
    private static final List<Plan.Client> SECOND =
            List.of(new Plan.Client(0, 0, "device-2"), new Plan.Client(0, 1, "device-3"));

    private final AskScript script = new AskScript();
    private int number;

    private NotePlans() {
    }

    /**
     * Plans written by hand.
     *
     * @param owned whether rows that are pushed have owners: from profile 1.1 on
     */
    public static List<Plan> examples(boolean owned) {
        List<Plan> examples = new ArrayList<>();
        NotePlans told = new NotePlans();
        told.turns(MEMBERS);
        told.look(PAGE);
        examples.add(told.plan("example/NOTE-01-told", 0, -1, Feature.NOTES));
        NotePlans race = new NotePlans();
        race.race(3, 30);
        race.look(PAGE);
        examples.add(race.plan("example/NOTE-01-race", 0, -1, Feature.RACES));
        if (owned) {
            NotePlans rows = new NotePlans();
            rows.rows("mine", new Dice(0, STREAM));
            rows.look(PAGE);
            examples.add(rows.plan("example/NOTE-02-rows", 0, -1, Feature.PRIVATE_ROWS));
        }
        NotePlans input = new NotePlans();
        input.input(100, new Dice(0, STREAM));
        input.look(PAGE);
        examples.add(input.plan("example/NOTE-03-input", 0, -1, Feature.MALFORMED));
        return List.copyOf(examples);
    }

    /** Plan number {@code index} under that seed, always the same one. */
    public static Plan generate(long seed, int index, boolean owned) {
        Dice dice = new Dice(seed, STREAM + index);
        NotePlans plan = new NotePlans();
        Set<Feature> features = EnumSet.of(Feature.NOTES);
        plan.turns(dice.shuffled(MEMBERS));
        for (int act = dice.between(1, 3); act > 0; act--) {
            switch (dice.below(owned ? 5 : 3)) {
                case 0 -> plan.turns(dice.some(MEMBERS, MEMBERS.size()));
                case 1 -> {
                    features.add(Feature.RACES);
                    plan.race(dice.between(2, 3), dice.between(4, 12));
                }
                case 2 -> {
                    features.add(Feature.MALFORMED);
                    plan.input(4, dice);
                }
                default -> {
                    features.add(Feature.PRIVATE_ROWS);
                    plan.rows("act" + act, dice);
                }
            }
        }
        plan.look(dice.percent(50) ? PAGE : dice.between(1, 5));
        return plan.plan("notifications/" + (features.contains(Feature.RACES) ? "race" : "sequence"), seed, index, features);
    }

    private Plan plan(String name, long seed, int index, Feature feature) {
        return plan(name, seed, index, EnumSet.of(Feature.NOTES, feature));
    }

    private Plan plan(String name, long seed, int index, Set<Feature> features) {
        Plan plan = script.plan(name, seed, index, features);
        List<Plan.Client> clients = new ArrayList<>(plan.clients());
        clients.addAll(SECOND);
        return new Plan(name, seed, index, features, plan.spaces(), clients, plan.stages());
    }

    /** Each is told of two jobs, and writes something in between. */
    private void turns(List<String> members) {
        script.then();
        members.forEach(member -> {
            script.ask(done(member)).does(MEMBERS.indexOf(member), write()).ask(failed(member));
        });
    }

    /** Members are told at the same time, while they write. */
    private void race(int threads, int rounds) {
        script.race();
        for (int round = 0; round < rounds; round++) {
            script.align(threads);
            for (int thread = 0; thread < threads; thread++) {
                script.to(thread);
                if ((round + thread) % 3 == 0) {
                    script.does(thread, write());
                }
                script.ask(done(MEMBERS.get(thread)));
            }
        }
        script.then();
    }

    /** Rows that two members push for themselves, and what each tries on the other's. */
    private void rows(String tag, Dice dice) {
        script.then();
        List<String> keys = List.of("${run}-" + tag + "-of0", "${run}-" + tag + "-of1");
        for (int owner : dice.shuffled(List.of(0, 1))) {
            String key = keys.get(owner);
            script.does(owner, row(owner, key, "put", 1));
            if (dice.percent(70)) {
                script.does(1 - owner, row(1 - owner, key, dice.percent(50) ? "put" : "delete", 5));
            }
            script.does(AskScript.CLIENTS + owner, new Action.Drain(0, Position.START, PAGE, null));
            script.does(owner, row(owner, key, "put", 2));
            script.does(1 - owner, row(1 - owner, key, "put", 9)).does(1 - owner, row(1 - owner, key, "delete", 9));
            script.does(owner, new Action.Snapshot(0, "own-" + tag + owner, PAGE, Action.Reading.WHOLE))
                    .does(1 - owner, new Action.Snapshot(0, "other-" + tag + owner, PAGE, Action.Reading.WHOLE));
            if (dice.percent(60)) {
                script.does(owner, row(owner, key, "delete", 3));
            }
            script.does(AskScript.CLIENTS + owner, new Action.Drain(0, Position.START, PAGE, null));
            script.does(1 - owner, new Action.Drain(0, Position.START, PAGE, null));
        }
    }

    private void input(int most, Dice dice) {
        Misshapen.play(script, done(OWNER), EDITOR, List.of(), most, dice);
        Misshapen.play(script, failed(OWNER), EDITOR, List.of(), most, dice);
    }

    /** Every member pulls all there is, and the notifications alone. */
    private void look(int page) {
        script.then();
        for (int member = 0; member < MEMBERS.size(); member++) {
            script.does(member, new Action.Drain(0, Position.START, page, null));
            script.does(member, new Action.Drain(0, Position.START, page, List.of(COMPONENT)));
        }
    }

    private Action.Ask done(String user) {
        return emit("emitBackgroundJobComplete", user, null);
    }

    private Action.Ask failed(String user) {
        return emit("emitBackgroundJobError", user, "the model is gone");
    }

    private Action.Ask emit(String method, String user, String error) {
        int job = number++;
        return new Action.Ask(COMPONENT, method, user, SHARED, Json.write(fields("workspaceId", SHARED, "userId", user,
                "threadId", "thread-${run}", "jobId", "job-" + job + "-of-${run}", "error", error)), Map.of());
    }

    /** A put of a record of its own, so that versions are given out to others too. */
    private Action.Push write() {
        String pk = "${run}-between-" + number;
        return push("kv", "put", pk, fields("id", pk, "name", "written", "value", "between notifications", "created_at", 1,
                "updated_at", 1, "clock", 1), "device-0", 1);
    }

    private Action.Push row(int member, String pk, String operation, long clock) {
        Map<String, Object> row = fields("id", pk, "user_id", MEMBERS.get(member), "type", "note", "title",
                "of member " + member, "deleted", false, "created_at", 1, "updated_at", 1, "clock", clock);
        return push("notifications", operation, pk, operation.equals("put") ? row : null, "device-" + member, clock);
    }

    private Action.Push push(String table, String operation, String pk, Map<String, Object> payload, String device,
            long clock) {
        String digits = String.format("%08x", number++);
        return new Action.Push(0, List.of(new PlannedOperation(digits + "-xxxx-4xxx-8xxx-xxxxxxxxxxxx", table, operation, pk,
                payload == null ? null : Json.write(payload), device, "0000000000001:0:note", clock)), false);
    }
}
