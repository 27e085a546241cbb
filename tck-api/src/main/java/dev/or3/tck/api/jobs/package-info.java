/**
 * The jobs component: background jobs that stream content, with their life cycle.
 */
package dev.or3.tck.api.jobs;
