/**
 * How a provider is reached: within this JVM, later over HTTP, as a command, in a container. Nothing here judges.
 */
package dev.or3.tck.suites.connect;
