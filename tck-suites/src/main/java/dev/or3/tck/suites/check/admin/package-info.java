/**
 * Judges calls of the admin component (ADM rules, STORE-13): the status by itself, everything else against a sequential
 * model that some order of the calls must explain. Nothing here calls a provider or looks at a plan.
 */
package dev.or3.tck.suites.check.admin;
