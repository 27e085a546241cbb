package dev.or3.tck.suites.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.config.Configuration.FieldError;
import dev.or3.tck.suites.backend.KitEnvironment;
import java.util.List;
import java.util.Map;

/**
 * The backend of an organization without a configuration, as the environment names it (CFG-02).
 *
 * @param config with its type
 */
record DefaultBackend(String type, JsonText config) {

    /** By type, the variable of each field. */
    private static final Map<String, Map<String, String>> VARIABLES = Map.of(
            "convex", Map.of("deploymentUrl", "CONVEX_DEPLOYMENT_URL", "deploymentName", "CONVEX_DEPLOYMENT_NAME"),
            "wordpress", Map.of("baseUrl", "WORDPRESS_URL", "username", "WORDPRESS_USERNAME",
                    "applicationPassword", "WORDPRESS_APP_PASSWORD"),
            "notion", Map.of("token", "NOTION_TOKEN", "databaseId", "NOTION_DATABASE_ID"),
            "supabase", Map.of("url", "SUPABASE_URL", "anonKey", "SUPABASE_ANON_KEY", "serviceKey", "SUPABASE_SERVICE_KEY"));

    /**
     * @throws IllegalArgumentException naming the variables that are wrong or missing
     */
    static DefaultBackend of(Map<String, String> environment) {
        DefaultBackend unchecked = unchecked(environment);
        Map<String, String> variables = VARIABLES.get(unchecked.type());
        if (variables == null) {
            throw new IllegalArgumentException(KitEnvironment.BACKEND + " must be one of " + VARIABLES.keySet());
        }
        List<FieldError> errors = new BackendForms(BackendForms.schemaOf(unchecked.type())).errors(unchecked.config()
                .parse());
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ",
                    errors.stream().map(error -> variables.get(error.field()) + ": " + error.message()).toList()));
        }
        return unchecked;
    }

    static DefaultBackend unchecked(Map<String, String> environment) {
        String type = environment.getOrDefault(KitEnvironment.BACKEND, "");
        ObjectNode config = Json.mapper().createObjectNode().put("type", type);
        VARIABLES.getOrDefault(type, Map.of()).forEach((field, variable) -> {
            if (!environment.getOrDefault(variable, "").isBlank()) {
                config.put(field, environment.get(variable));
            }
        });
        return new DefaultBackend(type, JsonText.of(config));
    }
}
