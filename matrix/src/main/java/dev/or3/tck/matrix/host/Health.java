package dev.or3.tck.matrix.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.admin.Admin;
import java.util.List;

/**
 * How a host and its providers are, for administrators.
 *
 * @param axes      each of them
 * @param providers what each provider that is on says of itself, if it can
 */
record Health(List<AxisHealth> axes, List<ProviderHealth> providers) {

    /**
     * @param provider its id, or null while the axis is off
     * @param note     why it is off, or null
     */
    record AxisHealth(String axis, boolean on, String provider, String note) {
    }

    /**
     * @param status null if it cannot say
     */
    record ProviderHealth(String provider, String version, Admin.ProviderStatus status) {
    }

    /**
     * Answers administrators.
     *
     * @throws ProviderException 403 for anybody else
     */
    static Health of(Host host, Session session, String workspace, ObjectNode body) {
        if (!host.isAdministrator(session)) {
            throw ProviderException.forbidden("only administrators may ask for this");
        }
        return new Health(host.decisions().stream().map(decision -> new AxisHealth(decision.axis().label(), decision.isOn(),
                decision.provider(), decision.note())).toList(),
                host.providers().stream().map(provider -> of(provider, session)).toList());
    }

    private static ProviderHealth of(Provider provider, Session session) {
        var identity = provider.manifest().provider();
        return new ProviderHealth(identity.id(), identity.version(), provider.manifest().hasComponent("admin")
                ? provider.admin().getStatus(session.in(null), new Admin.Nothing()) : null);
    }
}
