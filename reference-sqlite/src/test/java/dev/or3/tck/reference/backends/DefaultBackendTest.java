package dev.or3.tck.reference.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.ProviderException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefaultBackendTest {
    private static BackendConfig of(Map<String, String> settings) {
        return DefaultBackend.of(settings, new BackendTypes());
    }

    @Test
    void eachTypeIsReadFromItsVariables() {
        assertThat(of(Map.of("BACKEND_PROVIDER", "convex", "CONVEX_DEPLOYMENT_URL", "https://a.convex.cloud",
                "CONVEX_DEPLOYMENT_NAME", "prod:a")).json().text())
                .contains("\"deploymentUrl\":\"https://a.convex.cloud\"", "\"deploymentName\":\"prod:a\"");
        assertThat(of(Map.of("BACKEND_PROVIDER", "wordpress", "WORDPRESS_URL", "https://a/wp-json",
                "WORDPRESS_USERNAME", "jo", "WORDPRESS_APP_PASSWORD", "abcdefgh1234ABCDEFGH5678")).type()).isEqualTo("wordpress");
        assertThat(of(Map.of("BACKEND_PROVIDER", "notion", "NOTION_TOKEN", "secret_a", "NOTION_DATABASE_ID", "d")).type())
                .isEqualTo("notion");
        assertThat(of(Map.of("BACKEND_PROVIDER", "supabase", "SUPABASE_URL", "https://a", "SUPABASE_ANON_KEY", "k",
                "SUPABASE_SERVICE_KEY", "s")).json().text()).contains("\"serviceKey\":\"s\"");
    }

    @Test
    void whatIsMissingOrWrongIsNamedWithoutItsValue() {
        assertThatThrownBy(() -> of(Map.of())).isInstanceOf(ProviderException.class)
                .hasMessageContainingAll("BACKEND_PROVIDER is not set", "convex, notion, supabase, wordpress");
        assertThatThrownBy(() -> of(Map.of("BACKEND_PROVIDER", "mysql"))).hasMessageContaining("names no built-in type");
        assertThatThrownBy(() -> of(Map.of("BACKEND_PROVIDER", "wordpress", "WORDPRESS_URL", "https://a",
                "WORDPRESS_APP_PASSWORD", "hunter2")))
                .hasMessageContaining("WORDPRESS_URL is wrong: it must be an http or https URL")
                .hasMessageContaining("WORDPRESS_USERNAME is not set: it must be")
                .hasMessageContaining("WORDPRESS_APP_PASSWORD is wrong").hasMessageNotContaining("hunter2");
    }
}
