/**
 * The notifications component: rows that the provider writes into a user's own log.
 */
package dev.or3.tck.api.notifications;
