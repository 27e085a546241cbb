package dev.or3.tck.suites.engine;

import dev.or3.tck.api.ProviderFactory;
import java.util.Map;
import org.junit.platform.commons.annotation.Testable;

/**
 * What an author writes: a test class that names a provider. Every rule of the catalogue becomes a test of it.
 *
 * <pre>{@code
 * class MyProviderTest implements CertifiedProvider {
 *     public ProviderFactory provider() {
 *         return new MyProviderFactory();
 *     }
 * }
 * }</pre>
 *
 * <p>The class needs a constructor without parameters; {@link Certify} says how much is tried. Rules that do not apply, or
 * cannot be verified, are skipped with the reason; tags are the rule's group ({@code PUSH}), its level ({@code must},
 * {@code should}) and its component ({@code sync}, {@code workspaces}). Test classes of one run are certified one after
 * the other.
 */
@Testable
public interface CertifiedProvider {

    /** The factory; asked while tests are looked for, so it should start nothing. */
    ProviderFactory provider();

    /** Settings by the names of their environment variables. */
    default Map<String, String> settings() {
        return Map.of();
    }
}
