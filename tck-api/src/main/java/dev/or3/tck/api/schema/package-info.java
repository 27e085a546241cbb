/**
 * The wire schema: the synced tables, their key fields and fields, as data.
 */
package dev.or3.tck.api.schema;
