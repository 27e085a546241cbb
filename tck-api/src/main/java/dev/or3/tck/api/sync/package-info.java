/**
 * The sync component: its interface, the records that travel, and the hybrid logical clock.
 * The names of record components are the exact JSON names.
 */
package dev.or3.tck.api.sync;
