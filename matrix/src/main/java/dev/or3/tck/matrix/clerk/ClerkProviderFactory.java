package dev.or3.tck.matrix.clerk;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderFactory;

/** Finds the stand-in under the id {@code clerk}. It has no settings, and keeps nothing. */
public final class ClerkProviderFactory implements ProviderFactory {
    static final String ID = "clerk";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Provider open(ProviderConfig config) {
        return new ClerkProvider();
    }
}
