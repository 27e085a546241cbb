/**
 * Backends of organizations: their types with schemas, connections to them, sealed configurations, and one open instance
 * an organization. Knows nothing of where configurations are kept.
 */
package dev.or3.tck.reference.backends;
