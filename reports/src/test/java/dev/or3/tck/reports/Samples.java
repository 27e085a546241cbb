package dev.or3.tck.reports;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Manifest.Component;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.admin.Admin.Action;
import dev.or3.tck.api.admin.Admin.Warning;
import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.config.Configuration.Health;
import dev.or3.tck.api.config.Configuration.Reachability;
import dev.or3.tck.api.result.Conclusion;
import dev.or3.tck.api.result.Counterexample;
import dev.or3.tck.api.result.Counterexample.Moment;
import dev.or3.tck.api.result.Counterexample.Reproduction;
import dev.or3.tck.api.result.Counterexample.Slot;
import dev.or3.tck.api.result.ProviderState;
import dev.or3.tck.api.result.Report;
import dev.or3.tck.api.result.Report.CallStatistics;
import dev.or3.tck.api.result.Report.Kit;
import dev.or3.tck.api.result.Report.Totals;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.api.result.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Reports as certifications leave them: a clean one, one with a race, one in error, and one full of hostile text. */
final class Samples {

    static final String HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&]]>"
            + "\u001b[31mred\u001b]0;owned\u0007\u0000\u202Eevil\u202C\u2028\ud800 \ufffe \u200b${7*7} \ud83d\ude00";

    /** How many rules a sample tells of: all there are, so that the catalogue may grow. */
    static final int RULES = Catalogue.current().rules().size();

    private Samples() {
    }

    static Manifest manifest() {
        return new Manifest(1, new Manifest.Identity("sqlite", "or3-provider-sqlite", "0.0.9"), Profile.V1_1,
                Map.of("sync", Component.with("gc", "snapshot", "applied", "cursorOwnership"), "workspaces",
                        Component.with("getUser")),
                new Limits(100, 1000, 65536, 3600L, 31536000L, 3600L), List.of(), false,
                List.of("clock", "inspect", "restart", "provision"));
    }

    /** Every rule passed, but for two that need a command. */
    static Report certified() {
        List<RuleResult> rules = rules(rule -> rule.needs().contains("command")
                ? new RuleResult(rule.id(), rule.level(), Status.NOT_VERIFIABLE, 0,
                        "the kit cannot start this provider itself: certify it with --command", null)
                : passed(rule));
        return report(manifest(), Conclusion.CERTIFIED, null, rules, List.of(), state());
    }

    /** A race on versions, a logic failure, a should, rules without a control, and an error of the transport. */
    static Report failing() {
        List<RuleResult> rules = rules(rule -> switch (rule.id()) {
            case "PUSH-05" -> failed(rule, race());
            case "PULL-08" -> failed(rule, crowd());
            case "LWW-07" -> failed(rule, resurrection());
            case "PUSH-16" -> new RuleResult(rule.id(), rule.level(), Status.FAILED, 812,
                    "the answer to a batch with versions 3 to 5 says serverVersion 6", null);
            case "CUR-06" -> new RuleResult(rule.id(), rule.level(), Status.NOT_APPLICABLE, 0,
                    "the capability cursorOwnership is not declared", null);
            case "STORE-12" -> new RuleResult(rule.id(), rule.level(), Status.ERROR, 31,
                    "the search for an order was given up after 5,000,000 states", null);
            default -> rule.component().equals("sync") && rule.needs().contains("clock")
                    ? new RuleResult(rule.id(), rule.level(), Status.NOT_VERIFIABLE, 0,
                            "the provider has no clock control, so its retention cannot be reached", null)
                    : passed(rule);
        });
        return report(manifest(), Conclusion.NOT_CERTIFIED,
                "3 must rules failed: PUSH-05, LWW-07, PULL-08; 1 in error: STORE-12",
                rules, List.of("snapshot is not declared, yet sync.snapshot answers instead of 501",
                        "2 calls were given up after 30 s: sync.pull, sync.push"));
    }

    /** What a malicious or broken provider may put into its names, answers and errors. */
    static Report hostile() {
        Manifest manifest = new Manifest(1, new Manifest.Identity(HOSTILE, HOSTILE, HOSTILE), Profile.V1_0,
                Map.of(HOSTILE, Component.with(HOSTILE)), Limits.UNKNOWN, List.of(HOSTILE), false, List.of(HOSTILE));
        List<Moment> timeline = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            timeline.add(new Moment(i, "c" + i % 6 + " " + HOSTILE, 4L * i, i % 7 == 0 ? null : 4L * i + 9,
                    "push " + HOSTILE, "x".repeat(i == 30 ? 1 << 20 : 10) + HOSTILE, "failed",
                    i == 30 || i == 33, List.of((long) i)));
        }
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            slots.add(new Slot(i == 39 ? Long.MAX_VALUE : i + 1, i % 9 == 0 ? null : "a" + i + HOSTILE, i == 30));
        }
        Counterexample example = new Counterexample("PUSH-12", HOSTILE + "y".repeat(1 << 20), HOSTILE, HOSTILE, timeline,
                slots, List.of(HOSTILE), Long.MIN_VALUE, HOSTILE, 60, 6, new Reproduction(20, 3, HOSTILE), "../" + HOSTILE,
                "./or3-tck replay '" + HOSTILE + "'", "sh '" + HOSTILE + "'");
        List<RuleResult> rules = rules(rule -> rule.id().equals("PUSH-12")
                ? new RuleResult(rule.id(), rule.level(), Status.FAILED, 3, HOSTILE + "z".repeat(1 << 20), example)
                : new RuleResult(rule.id(), rule.level(), Status.ERROR, 0, HOSTILE, null));
        rules.add(new RuleResult("NEW-01", null, Status.NOT_VERIFIABLE, 0, HOSTILE, null));
        return report(manifest, Conclusion.NOT_CERTIFIED, HOSTILE, rules, List.of(HOSTILE), hostileState());
    }

    /** A provider that could not be reached at all. */
    static Report unreachable() {
        List<RuleResult> rules = rules(rule -> new RuleResult(rule.id(), rule.level(), Status.ERROR, 0,
                "no provider answers at http://127.0.0.1:9", null));
        return report(null, Conclusion.INCONCLUSIVE, "no provider answers at http://127.0.0.1:9", rules, List.of());
    }

    static Counterexample race() {
        return new Counterexample("PUSH-05",
                "Because c1 was told that a3 has version 4, no other operation can have it; yet c2, pushing at the same "
                        + "time, was told that b1 has version 4.",
                "a3 → v4 and b1 → v5, or the other way round", "a3 → v4 and b1 → v4",
                List.of(call(11, "c1 (w1, d1)", 20, 21L, "push [a1 put threads/k1 clock 1, a2 put threads/k2 clock 1]",
                                "a1 → v2, a2 → v3", 2, 3),
                        witness(14, "c1 (w1, d1)", 26, 29L, "push [a3 put threads/k1 clock 5]", "a3 → v4", 4),
                        witness(15, "c2 (w1, d2)", 27, 30L, "push [b1 put kv/k1 clock 1]", "b1 → v4", 4),
                        call(17, "c2 (w1, d2)", 33, 34L, "pull cursor 3 limit 50",
                                "[v4 b1], nextCursor 4, hasMore false", 4)),
                List.of(new Slot(1, "z1 put threads/k1 clock 0", false), new Slot(2, "a1 put threads/k1 clock 1", false),
                        new Slot(3, "a2 put threads/k2 clock 1", false), new Slot(4, "b1 put kv/k1 clock 1", true),
                        new Slot(5, null, false)),
                List.of("the counter is read and written in two transactions, or in one that takes its lock only at the "
                                + "write",
                        "the next version is kept in memory, and another process wrote meanwhile"),
                42, "17", 4, 2, new Reproduction(20, 14, Reproduction.RACE), "counterexamples/PUSH-05.json",
                "./or3-tck replay build/tck/counterexamples/PUSH-05.json",
                "sh build/tck/counterexamples/PUSH-05.sh http://127.0.0.1:4100");
    }

    static Counterexample resurrection() {
        return new Counterexample("LWW-07",
                "Because the delete a1 of threads/k1 has clock 5 and was acknowledged with version 1, the put a2 with "
                        + "clock 3 is older and stays dead; yet the snapshot at 2 shows threads/k1 alive.",
                "tombstone threads/k1 (clock 5)", "row threads/k1 (clock 3)",
                List.of(witness(1, "c1 (w1, d1)", 1, 2L, "push [a1 delete threads/k1 clock 5]", "a1 → v1", 1),
                        witness(2, "c1 (w1, d1)", 3, null, "push [a2 put threads/k1 clock 3]", null),
                        witness(3, "c1 (w1, d1)", 5, 6L, "snapshot", "at 2: row threads/k1 clock 3", 2)),
                List.of(new Slot(1, "a1 delete threads/k1 clock 5", true), new Slot(2, "a2 put threads/k1 clock 3", true)),
                List.of(), 42, "lww-orders-3", 2, 1, new Reproduction(20, 20, Reproduction.LOGIC),
                "counterexamples/LWW-07.json", "./or3-tck replay build/tck/counterexamples/LWW-07.json", null);
    }

    /** Five clients, so that lanes become rails. */
    static Counterexample crowd() {
        return new Counterexample("PULL-08",
                "Because c5 was given nextCursor 9, nothing may appear at 8 any more; yet b2 does, acknowledged afterwards.",
                "b2 above 9, or the pull ends at 7", "v8 b2 appears below the cursor 9",
                List.of(call(1, "c1 (w1, d1)", 1, 6L, "push [a1 put threads/k1 clock 1]", "a1 → v7", 7),
                        witness(2, "c2 (w1, d2)", 2, 12L, "push [b2 put threads/k2 clock 2]", "b2 → v8", 8),
                        call(3, "c3 (w1, d3)", 3, 8L, "push [e3 put kv/k1 clock 1]", "e3 → v9", 9),
                        call(4, "c4 (w2, d1)", 4, 7L, "updateCursor d1 6", ""),
                        witness(5, "c5 (w1, d4)", 9, 11L, "pull cursor 6 limit 100", "[v7 a1, v9 e3], nextCursor 9", 7, 9),
                        witness(6, "c5 (w1, d4)", 13, 14L, "pull cursor 6 limit 100",
                                "[v7 a1, v8 b2, v9 e3], nextCursor 9", 7, 8, 9)),
                List.of(new Slot(7, "a1 put threads/k1 clock 1", false), new Slot(8, "b2 put threads/k2 clock 2", true),
                        new Slot(9, "e3 put kv/k1 clock 1", false)),
                List.of("versions are assigned before the commit, and commits land out of order"),
                42, "203", 3, 5, new Reproduction(20, 0, Reproduction.SEEN_ONCE), "counterexamples/PULL-08.json",
                "./or3-tck replay build/tck/counterexamples/PULL-08.json", null);
    }

    private static Moment call(int seq, String client, long invoked, Long returned, String call, String answer,
            long... versions) {
        return new Moment(seq, client, invoked, returned, call, answer, returned == null ? "lost" : "ok", false,
                LongStream.of(versions).boxed().toList());
    }

    private static Moment witness(int seq, String client, long invoked, Long returned, String call, String answer,
            long... versions) {
        Moment moment = call(seq, client, invoked, returned, call, answer, versions);
        return new Moment(seq, client, invoked, returned, call, answer, moment.outcome(), true, moment.versions());
    }

    private static RuleResult passed(Rule rule) {
        long exercised = 17L + Math.abs(rule.id().hashCode() % 20_000);
        return new RuleResult(rule.id(), rule.level(), Status.PASSED, exercised, null, null);
    }

    private static RuleResult failed(Rule rule, Counterexample example) {
        return new RuleResult(rule.id(), rule.level(), Status.FAILED, 3410, example.sentence(), example);
    }

    private static List<RuleResult> rules(Function<Rule, RuleResult> judge) {
        return new ArrayList<>(Catalogue.current().rules().stream().map(judge).toList());
    }

    /** One warning, two actions, a backend that is down, and a question without an answer. */
    static ProviderState state() {
        return new ProviderState(new JsonText("{\"sqlite\":\"3.46\",\"pages\":12}"),
                List.of(new Warning("warning", "synchronous is OFF")),
                List.of(new Action("checkpoint", "Move the log into the file", null, null),
                        new Action("vacuum", "Write the file anew", "writers wait", true)),
                new ProviderState.Backends(3, 0, 1, List.of(new Health("acme", "c1", "notion", Reachability.OFFLINE, 90L, 1L))),
                List.of("asking for control provision failed: it answers 501"));
    }

    private static ProviderState hostileState() {
        return new ProviderState(new JsonText(Json.write(Map.of(HOSTILE, HOSTILE))),
                List.of(new Warning(HOSTILE, HOSTILE), new Warning(null, null)),
                List.of(new Action(HOSTILE, HOSTILE, HOSTILE, true), new Action(null, null, null, null)),
                new ProviderState.Backends(0, 0, 0, List.of(new Health(HOSTILE, null, null, null, null, null))),
                List.of(HOSTILE));
    }

    private static Report report(Manifest manifest, Conclusion verdict, String reason, List<RuleResult> rules,
            List<String> notes) {
        return report(manifest, verdict, reason, rules, notes, null);
    }

    private static Report report(Manifest manifest, Conclusion verdict, String reason, List<RuleResult> rules,
            List<String> notes, ProviderState state) {
        return new Report(Report.FORMAT, new Kit("0.1.0", "1"), manifest, "in process", Profile.V1_1, "standard", 42,
                "2026-03-01T12:00:00Z", 41_230, verdict, reason, List.copyOf(rules), Totals.of(rules), 412, 81_204,
                List.of(new CallStatistics("sync.push", 20_412, 180, 2_310, 18_400),
                        new CallStatistics("sync.pull", 31_005, 95, 1_020, 9_800)),
                new TreeMap<>(Map.of("java", "17.0.15 (Debian)", "os", "Linux 6.1, 2 processors")), notes, state, true);
    }
}
