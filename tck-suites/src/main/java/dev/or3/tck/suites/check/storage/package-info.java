/**
 * Judges calls of the storage component, and the bytes that went by its URLs (STOR rules): what was surely stored must come
 * back equal, what was surely not must not come at all. Nothing here calls a provider or looks at a plan.
 */
package dev.or3.tck.suites.check.storage;
