package dev.or3.tck.suites.minimize;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.result.Counterexample;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells a violation so that a person sees it at once: the witnesses and their neighbours on a timeline, the log around them,
 * short names instead of long ids. No rerun is needed. A function of its arguments.
 */
public final class Storyteller {
    /** Calls on the timeline at most; a history of no more is told whole. */
    private static final int MOMENTS = 12;
    /** Versions shown on each side of those that a violation rests on. */
    private static final int AROUND = 2;
    private static final int SLOTS = 16;

    private final Violation violation;
    private final History history;
    private final ShortNames names;
    private final CallText texts;
    private final String workspace;

    private Storyteller(Violation violation, History history) {
        this.violation = violation;
        this.history = history;
        this.names = new ShortNames(history);
        this.texts = new CallText(history, names);
        this.workspace = violation.workspace() != null ? violation.workspace() : witnessed(violation, history);
    }

    /**
     * @param file   where the counterexample is saved, relative to the report, or null
     * @param replay the command that runs it again, or null
     */
    public static Counterexample tell(Violation violation, History history, Plan plan,
            Counterexample.Reproduction reproduction, String file, String replay) {
        Storyteller teller = new Storyteller(violation, history);
        List<String> causes = Catalogue.current().find(violation.rule()).map(Rule::causes).orElse(List.of());
        return new Counterexample(violation.rule(), teller.names.in(violation.sentence()),
                teller.names.in(violation.expected()), teller.names.in(violation.actual()), teller.timeline(),
                teller.strip(), causes, plan.seed(), plan.index() >= 0 ? String.valueOf(plan.index()) : plan.name(),
                plan.operations(), plan.clients().size(), reproduction, file, replay, null);
    }

    private static String witnessed(Violation violation, History history) {
        return history.events().stream().filter(event -> violation.witnesses().contains(event.seq()))
                .map(event -> event.call().scope()).filter(scope -> scope != null).findFirst().orElse(null);
    }

    private List<Counterexample.Moment> timeline() {
        List<Event> told = new ArrayList<>(history.events());
        if (told.size() > MOMENTS) {
            Relevance relevance = new Relevance(violation, history, workspace);
            told.sort(Comparator.comparingInt(relevance::of).reversed().thenComparingInt(relevance::distance)
                    .thenComparingInt(Event::seq));
            told = told.subList(0, MOMENTS);
        }
        return told.stream().sorted(Comparator.comparingLong(Event::invoked)).map(this::moment).toList();
    }

    private Counterexample.Moment moment(Event event) {
        return new Counterexample.Moment(event.seq(), lane(event), event.invoked(),
                event.returned() == Event.NEVER ? null : event.returned(), texts.call(event), texts.answer(event),
                event.outcome().name().toLowerCase(Locale.ROOT), violation.witnesses().contains(event.seq()),
                List.copyOf(versions(event)));
    }

    private String lane(Event event) {
        if (event.client() < 0) {
            return "kit";
        }
        String lane = "c" + (event.client() + 1) + " (" + names.workspace(event.workspace()) + ", "
                + names.device(event.device());
        return lane + (history.header().instances() > 1 ? ", instance " + (event.instance() + 1) + ")" : ")");
    }

    /** The versions that an event acknowledged or showed. */
    static Set<Long> versions(Event event) {
        Set<Long> versions = new LinkedHashSet<>();
        if (event.call() instanceof Call.Push push && push.results() != null) {
            for (OperationResult result : push.results()) {
                if (result != null && result.serverVersion() != null) {
                    versions.add(result.serverVersion());
                }
            }
        } else if (event.call() instanceof Call.Pull pull && pull.rows() != null) {
            for (long version : pull.rows().versions()) {
                versions.add(version);
            }
        }
        return versions;
    }

    private List<Counterexample.Slot> strip() {
        SortedMap<Long, Set<String>> log = log();
        Set<Long> wanted = new TreeSet<>();
        long head = log.isEmpty() ? 0 : log.lastKey();
        for (long version : violation.versions()) {
            long last = Math.max(version, Math.min(version + AROUND, head));
            for (long near = Math.max(1, version - AROUND); near <= last; near++) {
                wanted.add(near);
            }
        }
        return wanted.stream().limit(SLOTS).map(version -> new Counterexample.Slot(version,
                log.containsKey(version) ? String.join(" | ", log.get(version)) : null,
                violation.versions().contains(version))).toList();
    }

    /** What acknowledgements and pulls say of each version of the workspace; of a contradiction, both. */
    private SortedMap<Long, Set<String>> log() {
        SortedMap<Long, Set<String>> log = new TreeMap<>();
        for (Event event : history.events()) {
            if (workspace == null || !workspace.equals(event.call().scope())) {
                continue;
            }
            if (event.call() instanceof Call.Push push && push.results() != null) {
                for (OperationResult result : push.results()) {
                    if (result != null && result.success() && result.serverVersion() != null) {
                        put(log, result.serverVersion(), acknowledged(push, result.opId()));
                    }
                }
            } else if (event.call() instanceof Call.Pull pull && pull.rows() != null) {
                for (int row = 0; row < pull.rows().size(); row++) {
                    put(log, pull.rows().versions()[row], texts.shown(pull.rows(), row));
                }
            }
        }
        return log;
    }

    private String acknowledged(Call.Push push, String opId) {
        for (int index : push.operations()) {
            if (opId != null && opId.equals(Relevance.opId(history, index))) {
                return names.operation(index);
            }
        }
        return names.operation(opId);
    }

    private static void put(SortedMap<Long, Set<String>> log, long version, String operation) {
        log.computeIfAbsent(version, none -> new LinkedHashSet<>()).add(operation);
    }
}
