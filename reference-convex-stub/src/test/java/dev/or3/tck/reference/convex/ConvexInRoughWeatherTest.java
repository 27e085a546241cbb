package dev.or3.tck.reference.convex;

import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.suites.certify.Effort;
import dev.or3.tck.suites.engine.CertifiedProvider;
import dev.or3.tck.suites.engine.Certify;
import java.util.Map;

/** Two instances over one deployment where requests are lost, refused, held back, and in each other's way. */
@Certify(level = Effort.SMOKE, budget = "60s", instances = 2)
class ConvexInRoughWeatherTest implements CertifiedProvider {
    @Override
    public ProviderFactory provider() {
        return new ConvexProviderFactory();
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(Settings.WEATHER, "rough:7");
    }
}
