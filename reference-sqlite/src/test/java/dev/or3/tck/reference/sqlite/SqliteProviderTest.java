package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.suites.certify.Effort;
import dev.or3.tck.suites.engine.CertifiedProvider;
import dev.or3.tck.suites.engine.Certify;

/** The provider, held to every rule of the catalogue: what any author writes. */
@Certify(level = Effort.STANDARD, budget = "30s")
class SqliteProviderTest implements CertifiedProvider {
    @Override
    public ProviderFactory provider() {
        return new SqliteProviderFactory();
    }
}
