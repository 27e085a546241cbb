package dev.or3.tck.suites.minimize;

import dev.or3.tck.suites.plan.Action;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.PlannedOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Drops the clients and workspaces that no step needs, and numbers the rest anew, in placeholders too. */
final class Tidying {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(workspace|user):(\\d{1,6})");

    private final Plan plan;
    private final Map<Integer, Integer> clients;
    private final Map<Integer, Integer> spaces;

    private Tidying(Plan plan) {
        this.plan = plan;
        SortedSet<Integer> clientsUsed = new TreeSet<>();
        SortedSet<Integer> spacesUsed = new TreeSet<>();
        for (Plan.Stage stage : plan.stages()) {
            for (Plan.Step step : stage.steps()) {
                clientsUsed.add(step.client());
                spacesUsed.add(plan.clients().get(step.client()).space());
                use(space(step.action()), spacesUsed);
            }
        }
        Matcher named = PLACEHOLDER.matcher(plan.toJson());
        while (named.find()) {
            use(Integer.parseInt(named.group(2)), spacesUsed);
        }
        clients = numbered(clientsUsed);
        spaces = numbered(spacesUsed);
    }

    private void use(int space, SortedSet<Integer> used) {
        if (space >= 0 && space < plan.spaces().size()) {
            used.add(space);
        }
    }

    static Plan tidy(Plan plan) {
        if (plan.stages().isEmpty()) {
            return plan;
        }
        Tidying tidying = new Tidying(plan);
        boolean nothingToDo = tidying.clients.size() == plan.clients().size()
                && tidying.spaces.size() == plan.spaces().size();
        return nothingToDo ? plan : tidying.tidied();
    }

    private static Map<Integer, Integer> numbered(SortedSet<Integer> used) {
        Map<Integer, Integer> numbers = new TreeMap<>();
        used.forEach(old -> numbers.put(old, numbers.size()));
        return numbers;
    }

    private Plan tidied() {
        List<Plan.Space> keptSpaces = new ArrayList<>();
        spaces.keySet().forEach(space -> keptSpaces.add(plan.spaces().get(space)));
        List<Plan.Client> keptClients = new ArrayList<>();
        clients.keySet().forEach(client -> {
            Plan.Client kept = plan.clients().get(client);
            keptClients.add(new Plan.Client(spaces.get(kept.space()), kept.member(), kept.device()));
        });
        List<Plan.Stage> stages = plan.stages().stream().map(stage -> new Plan.Stage(stage.parallel(), stage.steps().stream()
                .map(step -> new Plan.Step(clients.get(step.client()), renumbered(step.action()))).toList())).toList();
        return new Plan(plan.name(), plan.seed(), plan.index(), plan.features(), keptSpaces, keptClients, stages);
    }

    /** The workspace that an action is about, or -1. */
    static int space(Action action) {
        if (action instanceof Action.Push push) {
            return push.space();
        } else if (action instanceof Action.Pull pull) {
            return pull.space();
        } else if (action instanceof Action.Drain drain) {
            return drain.space();
        } else if (action instanceof Action.MoveCursor move) {
            return move.space();
        } else if (action instanceof Action.Collect collect) {
            return collect.space();
        } else if (action instanceof Action.Snapshot snapshot) {
            return snapshot.space();
        } else if (action instanceof Action.Inspect inspect) {
            return inspect.space();
        } else if (action instanceof Action.Raw raw) {
            return raw.space();
        }
        return -1;
    }

    private Action renumbered(Action action) {
        if (action instanceof Action.Push push) {
            return new Action.Push(spaces.get(push.space()), push.operations().stream().map(this::renumbered).toList(),
                    push.leaveOpen());
        } else if (action instanceof Action.Pull pull) {
            return new Action.Pull(spaces.get(pull.space()), pull.from(), pull.limit(), pull.tables());
        } else if (action instanceof Action.Drain drain) {
            return new Action.Drain(spaces.get(drain.space()), drain.from(), drain.limit(), drain.tables());
        } else if (action instanceof Action.MoveCursor move) {
            return new Action.MoveCursor(spaces.get(move.space()), move.device(), move.to());
        } else if (action instanceof Action.Collect collect) {
            return new Action.Collect(spaces.get(collect.space()), collect.tombstones(), collect.retentionSeconds(),
                    collect.untilSettled());
        } else if (action instanceof Action.Snapshot snapshot) {
            return new Action.Snapshot(spaces.get(snapshot.space()), snapshot.handle(), snapshot.pageSize(),
                    snapshot.reading());
        } else if (action instanceof Action.Inspect inspect) {
            return new Action.Inspect(spaces.get(inspect.space()), inspect.table(), renumbered(inspect.pk()));
        } else if (action instanceof Action.Raw raw) {
            return new Action.Raw(spaces.getOrDefault(raw.space(), raw.space()), raw.component(), raw.method(),
                    renumbered(raw.input()));
        } else if (action instanceof Action.Ask ask) {
            return new Action.Ask(ask.component(), ask.method(), renumbered(ask.as()), renumbered(ask.in()),
                    renumbered(ask.input()), ask.binds());
        } else if (action instanceof Action.Transfer transfer && transfer.swap() != null) {
            return new Action.Transfer(transfer.url(), transfer.body(), new Action.Swap(renumbered(transfer.swap().from()),
                    renumbered(transfer.swap().to())));
        }
        return action;
    }

    private PlannedOperation renumbered(PlannedOperation operation) {
        return new PlannedOperation(operation.opId(), operation.table(), operation.operation(), renumbered(operation.pk()),
                renumbered(operation.payload()), operation.deviceId(), operation.hlc(), operation.clock());
    }

    private String renumbered(String text) {
        return text == null || text.indexOf("${") < 0 ? text : PLACEHOLDER.matcher(text).replaceAll(found -> {
            int space = Integer.parseInt(found.group(2));
            return Matcher.quoteReplacement("${" + found.group(1) + ":" + spaces.getOrDefault(space, space));
        });
    }
}
