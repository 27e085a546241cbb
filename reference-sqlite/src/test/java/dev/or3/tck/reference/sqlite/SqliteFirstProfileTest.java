package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.suites.certify.Effort;
import dev.or3.tck.suites.engine.CertifiedProvider;
import dev.or3.tck.suites.engine.Certify;
import java.util.Map;

/** The provider as it serves the first profile, by two instances on one file. */
@Certify(level = Effort.STANDARD, budget = "20s", instances = 2)
class SqliteFirstProfileTest implements CertifiedProvider {
    @Override
    public ProviderFactory provider() {
        return new SqliteProviderFactory();
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(Settings.PROFILE, "or3-sync/1.0");
    }
}
