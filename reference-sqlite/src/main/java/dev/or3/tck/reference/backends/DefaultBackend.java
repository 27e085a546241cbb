package dev.or3.tck.reference.backends;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.config.Configuration.FieldError;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The backend of organizations that have chosen none, as the environment names it (CFG-02). */
public final class DefaultBackend {
    public static final String PROVIDER = "BACKEND_PROVIDER";

    private static final Map<String, Map<String, String>> VARIABLES = Map.of(
            "convex", Map.of("deploymentUrl", "CONVEX_DEPLOYMENT_URL", "deploymentName", "CONVEX_DEPLOYMENT_NAME",
                    "adminKey", "CONVEX_ADMIN_KEY"),
            "wordpress", Map.of("baseUrl", "WORDPRESS_URL", "username", "WORDPRESS_USERNAME",
                    "applicationPassword", "WORDPRESS_APP_PASSWORD"),
            "notion", Map.of("token", "NOTION_TOKEN", "databaseId", "NOTION_DATABASE_ID", "baseUrl", "NOTION_URL"),
            "supabase", Map.of("url", "SUPABASE_URL", "anonKey", "SUPABASE_ANON_KEY", "serviceKey", "SUPABASE_SERVICE_KEY"));

    private DefaultBackend() {
    }

    /** The names of all settings that count here. */
    public static List<String> settings() {
        return Stream.concat(Stream.of(PROVIDER), VARIABLES.values().stream().flatMap(fields -> fields.values().stream()))
                .toList();
    }

    /**
     * @throws ProviderException naming every setting that is missing or wrong and what is expected, and no value
     */
    public static BackendConfig of(Map<String, String> settings, BackendTypes types) {
        String type = settings.getOrDefault(PROVIDER, "").strip();
        Map<String, String> variables = VARIABLES.get(type);
        if (variables == null) {
            throw wrong(PROVIDER + (type.isEmpty() ? " is not set" : " names no built-in type") + ": set it to one of "
                    + VARIABLES.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        ObjectNode fields = Json.mapper().createObjectNode();
        variables.forEach((field, variable) -> {
            String value = settings.getOrDefault(variable, "").strip();
            if (!value.isEmpty()) {
                fields.put(field, value);
            }
        });
        BackendConfig config = BackendConfig.of(type, fields);
        List<FieldError> errors = types.validate(type, config.json()).errors();
        if (!errors.isEmpty()) {
            throw wrong(errors.stream().map(error -> variables.get(error.field())
                    + (fields.has(error.field()) ? " is wrong: it " : " is not set: it ") + error.message())
                    .collect(Collectors.joining("; ")));
        }
        return config;
    }

    private static ProviderException wrong(String message) {
        return new ProviderException(500, "CONFIGURATION", message);
    }
}
