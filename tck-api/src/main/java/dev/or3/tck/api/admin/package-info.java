/**
 * The admin component: status and actions, and the stores behind an admin panel.
 */
package dev.or3.tck.api.admin;
