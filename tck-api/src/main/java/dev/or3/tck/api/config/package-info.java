/**
 * The config component: which backend an organization uses, with encrypted credentials, switching and health.
 */
package dev.or3.tck.api.config;
