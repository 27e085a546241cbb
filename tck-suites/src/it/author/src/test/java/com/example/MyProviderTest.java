package com.example;

import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.suites.certify.Effort;
import dev.or3.tck.suites.engine.Certify;
import dev.or3.tck.suites.engine.CertifiedProvider;
import dev.or3.tck.suites.fault.MemoryProviderFactory;

@Certify(level = Effort.SMOKE, rules = {"PUSH-*", "PULL-*"})
class MyProviderTest implements CertifiedProvider {
    public ProviderFactory provider() {
        return new MemoryProviderFactory();
    }
}
