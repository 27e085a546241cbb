/**
 * The rules a provider is held to, as data: {@code rules.yaml} is their one source.
 */
package dev.or3.tck.api.catalogue;
