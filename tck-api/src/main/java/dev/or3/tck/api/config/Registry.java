package dev.or3.tck.api.config;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import java.util.Set;

/**
 * What a {@link Configuration} that runs in this JVM may implement besides, so that types of backends can be added while it
 * runs (CFG-05). Called by several threads at once.
 */
public interface Registry {

    /**
     * Makes a type known: from the return on it is listed, validated, saved, switched to and asked like the built-in ones.
     *
     * @throws ProviderException 409 if the type is known already; nothing changes then
     */
    void register(BackendFactory factory);

    /** Makes the backends of one type. Safe for use by several threads. */
    interface BackendFactory {

        /** The name of the type, as in the {@code type} of a configuration; the same at every call. */
        String type();

        /** What its backends can do, such as realtime or storage; the same at every call. */
        Set<String> capabilities();

        /**
         * A JSON Schema (2020-12) of a configuration, its {@code type} left out; the same at every call. Fields that are
         * credentials are marked {@code "writeOnly": true}: they are kept encrypted and shown masked.
         */
        JsonText schema();

        /**
         * Opens a backend. Nothing opens one before it is needed: neither registering, listing, validating nor saving does.
         * One opened only to test a configuration is closed again; of an active configuration an organization has at most
         * one that is not closed, however many threads ask for it at once.
         *
         * @param config a configuration that keeps the schema, with its {@code type} and credentials in the clear
         * @throws RuntimeException if it cannot be opened, which fails the call that needed it
         */
        Backend create(JsonText config);
    }

    /** One open backend. Safe for use by several threads. */
    interface Backend extends AutoCloseable {

        /**
         * A round trip through it; what it answers is the result of {@link Configuration#query}.
         *
         * @throws RuntimeException if it fails
         */
        JsonText query();

        /** How it is, now: never throws for a backend that is merely offline. */
        Configuration.Connection health();

        @Override
        void close();
    }
}
