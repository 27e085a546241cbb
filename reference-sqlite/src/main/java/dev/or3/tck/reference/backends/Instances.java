package dev.or3.tck.reference.backends;

import dev.or3.tck.api.config.Registry.Backend;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open backends, one an organization: opened when first needed, once however many ask, and closed when the
 * organization uses another (CFG-05, -06). What happens in one organization holds up no other. Safe for use by several
 * threads.
 */
public final class Instances implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Instances.class);

    private final ConcurrentHashMap<String, Slot> slots = new ConcurrentHashMap<>();

    /**
     * Uses an organization's backend.
     *
     * @param version what its active configuration is called now; an instance of another one is replaced
     * @param opening opens the backend of that configuration
     */
    public <T> T use(String organization, String version, Supplier<Backend> opening, Function<Backend, T> use) {
        Open open = slots.computeIfAbsent(organization, key -> new Slot()).lease(version, opening);
        try {
            return use.apply(open.backend);
        } finally {
            open.release();
        }
    }

    /** Forgets an organization's backend, which is closed as soon as nobody uses it. */
    public void retire(String organization) {
        Slot slot = slots.get(organization);
        if (slot != null) {
            slot.retire();
        }
    }

    @Override
    public void close() {
        slots.keySet().forEach(this::retire);
    }

    /** Guarded by itself, so that only callers of the same organization wait for an opening. */
    private static final class Slot {
        private String version;
        private Open open;

        synchronized Open lease(String wanted, Supplier<Backend> opening) {
            if (open != null && !Objects.equals(version, wanted)) {
                retire();
            }
            if (open == null) {
                open = new Open(opening.get());
                version = wanted;
            }
            open.lease();
            return open;
        }

        synchronized void retire() {
            if (open != null) {
                open.release();
                open = null;
            }
        }
    }

    /** A backend with the number of those who hold it, the slot included; the last to let go closes it. */
    private static final class Open {
        private final Backend backend;
        private int holders = 1;

        Open(Backend backend) {
            this.backend = backend;
        }

        synchronized void lease() {
            holders++;
        }

        void release() {
            boolean last;
            synchronized (this) {
                last = --holders == 0;
            }
            if (last) {
                closeQuietly();
            }
        }

        /** Whoever lets go last has nothing to do with what closing may fail at. */
        private void closeQuietly() {
            try {
                backend.close();
            } catch (RuntimeException e) {
                LOG.warn("a backend cannot be closed: {}", e.getClass().getName());
            }
        }
    }
}
