/**
 * What a provider author implements: {@link dev.or3.tck.api.Provider} and its factory, the manifest, limits and errors.
 * The shapes that travel are in {@code sync} and {@code workspaces}; test controls are in {@code control}.
 * Nothing here judges a provider: that is the work of tck-suites.
 */
package dev.or3.tck.api;
