/**
 * Judges calls of the jobs component (JOB rules): each job by the linearizability search over its status and by the chunks
 * that its content is made of; the limits by how many jobs stream for certain, and possibly. Nothing here calls a provider
 * or looks at a plan.
 */
package dev.or3.tck.suites.check.jobs;
