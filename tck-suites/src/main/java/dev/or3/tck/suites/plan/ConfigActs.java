package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.AskScript.EDITOR;
import static dev.or3.tck.suites.plan.AskScript.FOREIGN;
import static dev.or3.tck.suites.plan.AskScript.OWNER;
import static dev.or3.tck.suites.plan.AskScript.SHARED;
import static dev.or3.tck.suites.plan.AskScript.STRANGER;
import static dev.or3.tck.suites.plan.AskScript.VIEWER;
import static dev.or3.tck.suites.plan.AskScript.fields;
import static dev.or3.tck.suites.plan.ConfigScript.TYPES;
import static dev.or3.tck.suites.plan.ConfigScript.change;
import static dev.or3.tck.suites.plan.ConfigScript.config;

import dev.or3.tck.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Scenes of the config component. Backends are named after the tag, so that scenes of one plan do not meet. */
final class ConfigActs {

    private ConfigActs() {
    }

    /** Configurations, right and wrong ones, some in two fields at once. */
    static void forms(ConfigScript script, int most, Dice dice) {
        script.calls().then();
        script.ask("listTypes", OWNER, Map.of());
        List<Map<String, Object>> candidates = new ArrayList<>();
        for (String type : TYPES) {
            Map<String, Object> good = config("f", type);
            script.ask("validate", OWNER, candidate(good));
            candidates.addAll(wrong(good, type));
        }
        script.ask("validate", OWNER, candidate(with(config("f", "wordpress"), "applicationPassword",
                "abcd EFGH 1234 ijkl MNOP 5678")));
        script.ask("validate", OWNER, candidate(fields("type", "carrier-pigeon")));
        dice.some(candidates, most).forEach(bad -> {
            script.ask("validate", OWNER, candidate(bad));
            if (dice.percent(40)) {
                script.save(OWNER, SHARED, bad);
            }
            if (dice.percent(40)) {
                script.switchTo(OWNER, SHARED, bad);
            }
        });
        script.active(OWNER, SHARED);
    }

    private static Map<String, Object> candidate(Map<String, Object> config) {
        Map<String, Object> fields = new TreeMap<>(config);
        Object type = fields.remove("type");
        return fields("type", type, "config", fields);
    }

    private static Map<String, Object> with(Map<String, Object> config, String field, Object value) {
        Map<String, Object> changed = new TreeMap<>(config);
        if (value == null) {
            changed.remove(field);
        } else {
            changed.put(field, value);
        }
        return changed;
    }

    private static List<Map<String, Object>> wrong(Map<String, Object> good, String type) {
        List<Map<String, Object>> wrong = new ArrayList<>();
        switch (type) {
            case "convex" -> {
                wrong.add(with(good, "deploymentUrl", null));
                wrong.add(with(good, "deploymentUrl", "no address at all"));
                wrong.add(with(good, "deploymentName", "staging"));
                wrong.add(with(with(good, "deploymentUrl", 7), "deploymentName", null));
            }
            case "wordpress" -> {
                wrong.add(with(good, "baseUrl", "${backend:f}/blog"));
                wrong.add(with(good, "username", ""));
                wrong.add(with(good, "applicationPassword", "${secret:key:f}"));
                wrong.add(with(with(good, "applicationPassword", "short"), "username", null));
                wrong.add(with(with(good, "baseUrl", "wp-json"), "applicationPassword", "${secret:token:f}"));
            }
            case "notion" -> {
                wrong.add(with(good, "token", "${secret:key:f}"));
                wrong.add(with(good, "databaseId", null));
                wrong.add(with(with(good, "token", null), "databaseId", List.of("db")));
            }
            default -> {
                wrong.add(with(good, "url", "nowhere"));
                wrong.add(with(good, "anonKey", null));
                wrong.add(with(with(good, "url", null), "anonKey", 12));
            }
        }
        return wrong;
    }

    /** An organization that chose nothing, beside one that did. */
    static void standard(ConfigScript script) {
        script.calls().then();
        script.look().up("d", "notion").save(OWNER, SHARED, config("d", "notion")).look()
                .switchTo(OWNER, SHARED, config("d", "notion")).look().active(STRANGER, FOREIGN).query(STRANGER, FOREIGN)
                .events(STRANGER, FOREIGN);
    }

    /** From one backend to another, with switches that fail in between, and back. */
    static void switching(ConfigScript script, String tag, String type, int failures, Dice dice) {
        String home = tag + "-home";
        String next = tag + "-next";
        String homeType = dice.pick(TYPES);
        script.calls().then();
        script.up(home, homeType).switchTo(OWNER, SHARED, config(home, homeType)).look();
        for (int failure : dice.some(List.of(0, 1, 2, 3, 4), failures)) {
            failure(script, next, type, failure);
            script.look();
        }
        script.up(next, type).ask("testConnection", OWNER, fields("config", config(next, type)))
                .save(OWNER, SHARED, config(next, type)).look().switchTo(OWNER, SHARED, config(next, type)).look()
                .rollback(OWNER, SHARED).look().rollback(OWNER, SHARED).look();
    }

    /** A switch that must not succeed. */
    private static void failure(ConfigScript script, String backend, String type, int kind) {
        Map<String, Object> config = config(backend, type);
        String credential = ConfigScript.credential(type);
        switch (kind) {
            case 0 -> script.failing(backend, type, 500);
            case 1 -> script.dead(backend, type);
            case 2 -> script.failing(backend, type, 403);
            case 3 -> {
                script.up(backend, type);
                config = config(credential == null ? backend + "-elsewhere" : backend, type);
                if (credential != null) {
                    config = with(config, credential, config(backend + "-other", type).get(credential));
                    config.remove("serviceKey");
                }
            }
            default -> config = config(backend + "-never", type);
        }
        script.ask("testConnection", OWNER, fields("config", config)).switchTo(OWNER, SHARED, config);
    }

    /** Two organizations; the backend of one fails. */
    static void apart(ConfigScript script, String tag, String one, String other, Dice dice) {
        String first = tag + "-one";
        String second = tag + "-other";
        script.calls().then();
        script.up(first, one).up(second, other).switchTo(OWNER, SHARED, config(first, one))
                .switchTo(STRANGER, FOREIGN, config(second, other));
        both(script);
        if (dice.percent(50)) {
            script.dead(first, one);
        } else {
            script.failing(first, one, 503);
        }
        both(script);
        script.health(OWNER, SHARED).health(STRANGER, FOREIGN).usage(STRANGER, FOREIGN).up(first, one);
        both(script);
        script.events(OWNER, SHARED).events(STRANGER, FOREIGN);
    }

    private static void both(ConfigScript script) {
        for (int i = 0; i < 2; i++) {
            script.query(OWNER, SHARED).query(STRANGER, FOREIGN);
        }
        script.active(OWNER, SHARED).active(STRANGER, FOREIGN);
    }

    /** Switches, rollbacks and saves at once, with questions in between. */
    static void race(ConfigScript script, String tag, int threads, int rounds, Dice dice) {
        AskScript calls = script.calls();
        calls.then();
        for (int i = 0; i < threads; i++) {
            script.up(tag + i, TYPES.get(i % TYPES.size()));
        }
        script.switchTo(OWNER, SHARED, config(tag + 0, TYPES.get(0)));
        for (int round = 0; round < rounds; round++) {
            calls.race().align(threads);
            for (int thread = 0; thread < threads; thread++) {
                calls.to(thread);
                switch (dice.below(5)) {
                    case 0 -> script.rollback(OWNER, SHARED);
                    case 1 -> script.save(OWNER, SHARED, config(tag + thread, TYPES.get(thread % TYPES.size())));
                    default -> script.switchTo(OWNER, SHARED, config(tag + thread, TYPES.get(thread % TYPES.size())));
                }
                script.query(OWNER, SHARED);
                script.active(OWNER, SHARED);
            }
            calls.then();
            script.look();
        }
    }

    /** Who may do what. */
    static void roles(ConfigScript script, String tag, boolean admins) {
        Map<String, Object> config = config(tag, "wordpress");
        script.calls().then();
        script.up(tag, "wordpress").switchTo(OWNER, SHARED, config).active(OWNER, SHARED);
        for (String other : List.of(EDITOR, VIEWER, STRANGER)) {
            script.switchTo(other, SHARED, config).save(other, SHARED, config).rollback(other, SHARED).active(other, SHARED);
        }
        script.look();
        if (admins) {
            script.calls().ask("admin", "grantAdmin", OWNER, fields("userId", STRANGER), null);
            script.switchTo(STRANGER, SHARED, config).look();
            script.calls().ask("admin", "revokeAdmin", OWNER, fields("userId", STRANGER), null);
            script.switchTo(STRANGER, SHARED, config).look();
        }
    }

    /**
     * A backend that is well, ill and dead by turns.
     *
     * @param slowMillis how long it takes while it is slow; 0 to leave that out
     */
    static void health(ConfigScript script, String tag, String type, int slowMillis) {
        script.calls().then();
        script.up(tag, type).switchTo(OWNER, SHARED, config(tag, type)).query(OWNER, SHARED);
        check(script);
        if (slowMillis > 0) {
            script.slow(tag, type, slowMillis);
            check(script);
        }
        script.failing(tag, type, 500);
        check(script);
        script.dead(tag, type);
        check(script);
        script.up(tag, type);
        check(script);
    }

    private static void check(ConfigScript script) {
        script.events(OWNER, SHARED).health(OWNER, SHARED).events(OWNER, SHARED);
    }

    /** Queries of one organization alone: the one that other scenes seldom ask. */
    static void usage(ConfigScript script, String tag, int queries, int delayMillis) {
        script.calls().then();
        script.slow(tag, "convex", delayMillis).switchTo(STRANGER, FOREIGN, config(tag, "convex")).usage(STRANGER, FOREIGN);
        for (int i = 0; i < queries; i++) {
            script.query(STRANGER, FOREIGN);
        }
        script.usage(STRANGER, FOREIGN).usage(OWNER, SHARED);
    }

    /** What was active is active after a restart, with its credentials. */
    static void restart(ConfigScript script, String tag, String type) {
        script.calls().then();
        script.up(tag, type).switchTo(OWNER, SHARED, config(tag, type)).look();
        script.calls().restart();
        script.look().query(STRANGER, FOREIGN);
    }

    /**
     * The same long credential twice, and starts with the right key, with another one, and after the storage was altered.
     */
    static void storage(ConfigScript script, String tag) {
        Map<String, Object> config = with(config(tag, "supabase"), "anonKey", "${secret:long:" + tag + "}");
        config.remove("serviceKey");
        script.calls().then();
        script.up(tag, "supabase").save(OWNER, SHARED, config(tag, "notion")).arrange("stored").save(OWNER, SHARED, config)
                .arrange("stored").save(OWNER, SHARED, config).arrange("stored").switchTo(OWNER, SHARED, config)
                .query(OWNER, SHARED);
        for (String kind : List.of("same", "key", "same", "altered")) {
            script.arrange("reopened", "kind", kind, "orgId", SHARED, "userId", OWNER, "backend", tag);
        }
    }

    /** A type that comes while the provider runs, and the first queries at once. */
    static void registry(ConfigScript script, String tag, int threads) {
        String type = "kit-${run}-" + tag;
        Map<String, Object> config = config(tag, type);
        AskScript calls = script.calls();
        calls.then();
        script.switchTo(OWNER, SHARED, config).arrange("register", "type", type).arrange("register", "type", type)
                .ask("listTypes", OWNER, Map.of()).ask("validate", OWNER, candidate(config))
                .ask("validate", OWNER, candidate(with(config, "name", null)))
                .save(OWNER, SHARED, config).arrange("opened", "type", type).switchTo(OWNER, SHARED, config);
        calls.race().align(threads);
        for (int thread = 0; thread < threads; thread++) {
            calls.to(thread);
            script.query(OWNER, SHARED).query(OWNER, SHARED);
        }
        calls.then();
        script.query(OWNER, SHARED).active(OWNER, SHARED).arrange("opened", "type", type);
    }

    /** Malformed calls, which leave no trace. */
    static void input(ConfigScript script, String tag, int most, Dice dice) {
        Map<String, Object> config = config(tag, "notion");
        Map<String, Object> mine = fields("orgId", SHARED, "actorId", OWNER);
        AskScript calls = script.calls();
        calls.then();
        script.up(tag, "notion").switchTo(OWNER, SHARED, config);
        List<Action.Ask> questions = List.of(ask("activeConfig", mine), ask("listTypes", Map.of()));
        for (Action.Ask good : List.of(change("saveConfig", OWNER, SHARED, config),
                change("switchProvider", OWNER, SHARED, config), ask("activeConfig", mine), ask("rollbackProvider", mine),
                ask("usage", fields("orgId", SHARED, "days", 1)), ask("events", fields("orgId", SHARED)),
                ask("query", fields("orgId", SHARED)))) {
            Misshapen.play(calls, good, STRANGER, questions, most, dice);
        }
    }

    private static Action.Ask ask(String method, Map<String, Object> input) {
        return new Action.Ask(ConfigScript.COMPONENT, method, OWNER, AskScript.session(OWNER), Json.write(input), Map.of());
    }
}
