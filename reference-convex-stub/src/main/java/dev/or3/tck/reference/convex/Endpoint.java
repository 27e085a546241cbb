package dev.or3.tck.reference.convex;

import java.net.URI;

/** Where the deployment is. */
interface Endpoint extends AutoCloseable {

    /**
     * @param adminKey the deployment's key, or null
     */
    record Address(URI url, String adminKey) {
    }

    Address address();

    /** Nobody answered there: looks where the deployment is now. */
    default void lost() {
    }

    @Override
    default void close() {
    }
}
