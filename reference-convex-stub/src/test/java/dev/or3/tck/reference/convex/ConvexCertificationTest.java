package dev.or3.tck.reference.convex;

import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.suites.certify.Effort;
import dev.or3.tck.suites.engine.CertifiedProvider;
import dev.or3.tck.suites.engine.Certify;

/** The provider over a deployment where all goes well, held to every rule of the catalogue. */
@Certify(level = Effort.SMOKE, budget = "40s")
class ConvexCertificationTest implements CertifiedProvider {
    @Override
    public ProviderFactory provider() {
        return new ConvexProviderFactory();
    }
}
