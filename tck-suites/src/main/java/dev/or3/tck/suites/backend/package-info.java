/**
 * The backends that organizations are configured to use, played by the kit, and the credentials for them: values made for
 * one run, which are searched for wherever a provider might leave them. Nothing here judges a provider.
 */
package dev.or3.tck.suites.backend;
