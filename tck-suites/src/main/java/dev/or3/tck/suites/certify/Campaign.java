package dev.or3.tck.suites.certify;

import static java.util.Comparator.comparingDouble;

import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.protocol.ComponentType;
import dev.or3.tck.api.result.ProviderState;
import dev.or3.tck.api.result.Report;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.connect.Bounded;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.connect.UnreachableException;
import dev.or3.tck.suites.plan.ConfigPlans;
import dev.or3.tck.suites.plan.ExamplePlans;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.PlanContext;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.PlanRunner;
import dev.or3.tck.suites.run.RunnerOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One certification of one provider: phase by phase, plan by plan, until the time is used up. Used by one thread. */
final class Campaign {
    /** A line tells how far an answer came, the watch over all calls does not. */
    private static final Duration BEFORE_THE_WATCH = Duration.ofMillis(100);
    private static final Duration PLAN = Duration.ofSeconds(60);
    /** Turns that the calls of a plan may wait for where rates are limited. */
    private static final int TURNS = 10;

    /** What a provider says of itself comes on top of the budget. */
    private static final int STATE_SHARE = 10;

    private final Target target;
    private final Settings settings;
    private final Progress progress;
    private final Profile profile;
    private final Deadline deadline;
    private final Duration patience;
    private final Tally tally = new Tally();
    private final List<Rule> wanted;
    private final Set<String> reachable;
    private String breakdown;
    private Manifest told;
    private String cutShort;
    /** Lost answers after which somebody looked whether the provider still lives. */
    private int mourned;

    Campaign(Target target, Settings settings, Progress progress) {
        this.target = target;
        this.settings = settings;
        this.progress = progress;
        this.profile = settings.profile() == null ? target.manifest().profile() : settings.profile();
        this.patience = settings.patience().plus(target.longestTurn());
        this.deadline = new Deadline(settings.budget(), settings.grace());
        this.wanted = wanted(settings);
        Applicability applicability = new Applicability(target, profile);
        this.reachable = wanted.stream().filter(rule -> applicability.obstacle(rule).isEmpty()).map(Rule::id)
                .collect(Collectors.toSet());
    }

    Certified run() {
        Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        report("preparing");
        List<CapabilityProbe.Lie> lies = probe();
        PlanRunner runner = new PlanRunner(target, options());
        try (Probes probes = new Probes()) {
            if (!done()) {
                probeStarts(probes);
                probeHost(probes);
                probeUpgrade(probes);
                probeConfiguration(probes);
            }
            for (Phase.Round round : Phases.of(target, profile, settings)) {
                explore(round, runner, probes);
            }
            if (breakdown == null) {
                probes.awaitAll();
                judge(probes);
            }
        }
        weighLosses(true);
        if (!done()) {
            compareManifests();
        }
        ProviderState state = breakdown == null ? StateProbe.of(target, settings.budget().dividedBy(STATE_SHARE)) : null;
        Map<String, Finding> findings = new Findings(settings, deadline, runner, () -> report("minimizing")).of(failed());
        return new Certified(report(startedAt, lies, findings, state), new ArrayList<>(findings.values()));
    }

    private RunnerOptions options() {
        return RunnerOptions.standard(Kit.version()).withCallTimeout(patience)
                .withPlanTimeout(PLAN.plus(target.longestTurn().multipliedBy(TURNS))).withProfile(profile);
    }

    /** What the provider is held to must be what it says. */
    private List<CapabilityProbe.Lie> probe() {
        try {
            target.limitCalls(patience.minus(BEFORE_THE_WATCH));
            return Bounded.call("asking for manifest and capabilities", settings.budget().multipliedBy(3).dividedBy(4), () -> {
                told = target.instance(0).manifest();
                compareManifests();
                return CapabilityProbe.probe(target, settings.budget().dividedBy(4));
            });
        } catch (UnreachableException e) {
            breakdown = inWords(e);
            return List.of();
        }
    }

    private void compareManifests() {
        Manifest now;
        try {
            now = Bounded.call("reading the manifest", patience, () -> target.instance(0).manifest());
        } catch (UnreachableException e) {
            breakdown = inWords(e);
            return;
        }
        if (!now.equals(told)) {
            breakdown = "the manifest changes from call to call: what the provider is held to is not what it says now";
        }
    }

    /** A process that is gone explains more than what its silence looks like. */
    private String inWords(UnreachableException e) {
        return target.obituary().orElse(e.getMessage());
    }

    private static List<Rule> wanted(Settings settings) {
        List<String> known = Stream.concat(Arrays.stream(ComponentType.values()).map(ComponentType::wireName),
                Stream.of(Rule.HOST)).toList();
        for (String component : settings.components()) {
            if (!known.contains(component)) {
                throw new IllegalArgumentException("unknown component '" + component + "': known are " + String.join(", ", known));
            }
        }
        Set<String> ids = new HashSet<>();
        for (String glob : settings.rules()) {
            Catalogue.current().matching(glob).forEach(rule -> ids.add(rule.id()));
        }
        return Catalogue.current().rules().stream()
                .filter(rule -> settings.rules().isEmpty() || ids.contains(rule.id()))
                .filter(rule -> settings.components().isEmpty() || settings.components().contains(rule.component()))
                .toList();
    }

    private boolean wants(Phase phase) {
        return reachable.stream().anyMatch(id -> phase.groups().contains(Catalogue.current().rule(id).group()));
    }

    /** Runs the plans of a round by turns: next comes the phase that has had the least of its share. */
    private void explore(Phase.Round round, PlanRunner runner, Probes probes) {
        Map<Phase, Long> spent = new LinkedHashMap<>();
        round.phases().stream().filter(this::wants).forEach(phase -> spent.put(phase, 0L));
        long began = System.nanoTime();
        long share = (long) (deadline.exploring(!failed().isEmpty()) * round.share());
        while (!done() && deadline.exploring(!failed().isEmpty()) > 0
                && (round.isWhole() || System.nanoTime() - began < share)) {
            spent.keySet().removeIf(phase -> !phase.plans().hasNext());
            if (spent.isEmpty()) {
                return;
            }
            Phase next = spent.keySet().stream().min(comparingDouble(phase -> spent.get(phase) / phase.weight())).get();
            long start = System.nanoTime();
            perform(next.plans().next(), runner);
            spent.merge(next, System.nanoTime() - start, Long::sum);
            judge(probes);
            report(next.name());
        }
    }

    private void perform(Plan plan, PlanRunner runner) {
        long start = System.nanoTime();
        try {
            // What kills take may come on top of the budget.
            judge(plan, plan.kills() > 0 ? runner.run(plan) : runner.run(plan, deadline.remaining()));
        } catch (UnreachableException e) {
            breakdown = inWords(e);
        }
        if (runner.hung()) {
            breakdown = "the provider did not answer in time (plan " + plan.name() + "), so the campaign was ended: "
                    + runner.silence().orElseThrow();
        } else if (runner.cutOff()) {
            cutShort = plan.name();
        }
        weighLosses(false);
        if (plan.kills() > 0) {
            deadline.killed(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private void weighLosses(boolean over) {
        if (breakdown == null && tally.losses().areTooMany(over)) {
            breakdown = target.obituary().or(tally.losses()::sentence).orElseThrow();
        }
        if (breakdown == null && tally.losses().count() > mourned) {
            breakdown = target.obituary().orElse(null);
            mourned = tally.losses().count();
        }
    }

    /** Those that have ended by now. */
    private void judge(Probes probes) {
        try {
            probes.takeEnded().forEach(probed -> judge(probed.plan(), probed.history()));
        } catch (UnreachableException e) {
            breakdown = e.getMessage();
        }
    }

    private void judge(Plan plan, History history) {
        Verdict verdict = HistoryChecker.check(history);
        tally.add(plan, history, verdict);
        progress.judged(history, verdict);
    }

    private void probeStarts(Probes probes) {
        if (reachable.contains("DUR-06")) {
            Plan plan = new Plan(StartProbe.NAME, settings.seed(), -1, Set.of(), List.of(), List.of(), List.of());
            probes.begin(plan, () -> StartProbe.run(target, profile, settings.seed()));
        }
    }

    private void probeHost(Probes probes) {
        if (reachable.stream().anyMatch(HostProbe.RULES::contains)) {
            Plan plan = new Plan(HostProbe.NAME, settings.seed(), -1, Set.of(), List.of(), List.of(), List.of());
            probes.begin(plan, () -> HostProbe.run(target, profile, settings.seed()));
        }
    }

    private void probeUpgrade(Probes probes) {
        if (!reachable.contains("WIRE-05")) {
            return;
        }
        WireSchema current = WireSchema.current();
        PlanContext context = Phases.context(target, profile, settings);
        WireSchema previous = current.asOf(current.version() - 1);
        ExamplePlans.grownSchema(context).ifPresent(plan -> probes.begin(plan, () -> {
            try (Target old = target.startFresh(previous)) {
                return new PlanRunner(old, options().withSchema(previous)).run(plan);
            }
        }));
    }

    private void probeConfiguration(Probes probes) {
        if (!target.canStartOtherwise() || !reachable.contains("CFG-02") && !reachable.contains("CFG-03")) {
            return;
        }
        Plan starts = new Plan(ConfigProbe.NAME, settings.seed(), -1, Set.of(), List.of(), List.of(), List.of());
        probes.begin(starts, () -> ConfigProbe.run(target, profile, settings.seed()));
        Plan storage = ConfigPlans.storage();
        if (reachable.contains("CFG-03")) {
            probes.begin(storage, () -> {
                try (Target fresh = target.startFresh(Map.of())) {
                    return new PlanRunner(fresh, options()).run(storage);
                }
            });
        }
    }

    /** The suspects among the wanted rules. */
    private Map<String, Tally.Suspect> failed() {
        Map<String, Tally.Suspect> failed = new LinkedHashMap<>();
        for (Rule rule : wanted) {
            Tally.Suspect suspect = tally.suspects().get(rule.id());
            if (suspect != null) {
                failed.put(rule.id(), suspect);
            }
        }
        return failed;
    }

    private boolean done() {
        return breakdown != null || settings.stopOnFailure() && !failed().isEmpty();
    }

    private void report(String phase) {
        progress.update(new Progress.State(phase, tally.plans(), tally.operations(), failed().size(), deadline.elapsed(),
                deadline.remaining()));
    }

    private Report report(Instant startedAt, List<CapabilityProbe.Lie> lies, Map<String, Finding> findings,
            ProviderState state) {
        Summary summary = new Summary(settings, new Applicability(target, profile), tally, lies, breakdown);
        List<RuleResult> results = summary.results(wanted, findings);
        Summary.Conclusive conclusion = summary.conclude(results);
        List<String> notes = new ArrayList<>();
        lies.forEach(lie -> notes.add(lie.sentence()));
        notes.addAll(tally.limits());
        tally.kills().ifPresent(notes::add);
        tally.losses().sentence().filter(sentence -> !sentence.equals(breakdown)).ifPresent(notes::add);
        if (cutShort != null && breakdown == null) {
            notes.add("the time was over in the middle of the plan " + cutShort + ": with a longer --budget, or faster"
                    + " answers, more would be verified");
        }
        Manifest manifest = target.manifest();
        return new Report(Report.FORMAT, Kit.asReported(), manifest, target.description(), profile,
                settings.effort().label(), settings.seed(), startedAt.toString(), deadline.elapsed().toMillis(),
                conclusion.verdict(), conclusion.reason(), results, Report.Totals.of(results), tally.plans(),
                tally.operations(), tally.latencies().statistics(), Kit.environment(), notes, state, true);
    }
}
