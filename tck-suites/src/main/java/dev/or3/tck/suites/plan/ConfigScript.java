package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.AskScript.OWNER;
import static dev.or3.tck.suites.plan.AskScript.SHARED;
import static dev.or3.tck.suites.plan.AskScript.fields;

import dev.or3.tck.api.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes down calls of the config component, and what the kit sees to around it. */
final class ConfigScript {
    static final String COMPONENT = "config";
    static final List<String> TYPES = List.of("convex", "wordpress", "notion", "supabase");

    private final AskScript script = new AskScript();

    ConfigScript() {
        arrange("environment");
    }

    AskScript calls() {
        return script;
    }

    /** Ends with a search for what was said in confidence. */
    Plan plan(String name, long seed, int index, Set<Feature> features) {
        script.then();
        arrange("search");
        return script.plan(name, seed, index, features);
    }

    ConfigScript arrange(String what, String... namesAndValues) {
        Map<String, String> with = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            with.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        script.does(0, new Action.Arrange(what, with));
        return this;
    }

    /** A backend is there, and well. */
    ConfigScript up(String backend, String type) {
        return arrange("play", "backend", backend, "type", type);
    }

    ConfigScript failing(String backend, String type, int status) {
        return arrange("play", "backend", backend, "type", type, "status", String.valueOf(status));
    }

    ConfigScript slow(String backend, String type, int millis) {
        return arrange("play", "backend", backend, "type", type, "delay", String.valueOf(millis));
    }

    ConfigScript dead(String backend, String type) {
        return arrange("play", "backend", backend, "type", type, "dead", "true");
    }

    /** The configuration that a played backend takes. */
    static Map<String, Object> config(String backend, String type) {
        String address = "${backend:" + backend + "}";
        return switch (type) {
            case "convex" -> fields("type", type, "deploymentUrl", address, "deploymentName", "prod:" + backend);
            case "wordpress" -> fields("type", type, "baseUrl", address + "/wp-json", "username", "editor",
                    "applicationPassword", "${secret:password:" + backend + "}");
            case "notion" -> fields("type", type, "token", "${secret:token:" + backend + "}", "databaseId", "db-" + backend,
                    "baseUrl", address);
            case "supabase" -> fields("type", type, "url", address, "anonKey", "${secret:key:" + backend + "}",
                    "serviceKey", "${secret:key:" + backend + "-service}");
            default -> fields("type", type, "name", "${run}-" + backend, "password", "${secret:key:" + backend + "}");
        };
    }

    /** The field whose credential a backend of that type looks at; null if it looks at none. */
    static String credential(String type) {
        return switch (type) {
            case "wordpress" -> "applicationPassword";
            case "notion" -> "token";
            case "supabase" -> "anonKey";
            default -> null;
        };
    }

    ConfigScript ask(String method, String as, Map<String, Object> input) {
        script.ask(COMPONENT, method, as, input, null);
        return this;
    }

    static Action.Ask change(String method, String as, String orgId, Map<String, Object> config) {
        return new Action.Ask(COMPONENT, method, as, AskScript.session(as),
                Json.write(fields("orgId", orgId, "actorId", as, "config", config)), Map.of());
    }

    ConfigScript switchTo(String as, String orgId, Map<String, Object> config) {
        script.ask(change("switchProvider", as, orgId, config));
        return this;
    }

    ConfigScript save(String as, String orgId, Map<String, Object> config) {
        script.ask(change("saveConfig", as, orgId, config));
        return this;
    }

    ConfigScript rollback(String as, String orgId) {
        return ask("rollbackProvider", as, fields("orgId", orgId, "actorId", as));
    }

    ConfigScript active(String as, String orgId) {
        return ask("activeConfig", as, fields("orgId", orgId, "actorId", as));
    }

    ConfigScript query(String as, String orgId) {
        return ask("query", as, fields("orgId", orgId));
    }

    ConfigScript events(String as, String orgId) {
        return ask("events", as, fields("orgId", orgId));
    }

    ConfigScript health(String as, String orgId) {
        return ask("health", as, fields("orgId", orgId));
    }

    ConfigScript usage(String as, String orgId) {
        return ask("usage", as, fields("orgId", orgId, "days", 1));
    }

    /** What shows what became of the first organization: what is active, where its queries go, and what was noted. */
    ConfigScript look() {
        return active(OWNER, SHARED).query(OWNER, SHARED).events(OWNER, SHARED);
    }
}
