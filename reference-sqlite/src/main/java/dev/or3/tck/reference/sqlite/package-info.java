/**
 * A complete provider on SQLite: sync and workspaces in one database file, correct also when several processes share it.
 * Here live the store, its migrations and the two components; {@code bench} measures them.
 * Nothing here knows how providers are judged.
 */
package dev.or3.tck.reference.sqlite;
