/**
 * Judges the config component: CFG rules. What backends answered is told by their marks, what the kit saw to by its own
 * events. Nothing here calls a provider or looks at a plan.
 */
package dev.or3.tck.suites.check.config;
