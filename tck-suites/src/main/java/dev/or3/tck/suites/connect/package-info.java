/**
 * How a provider is reached: within this JVM, over HTTP, as a command. Nothing here judges.
 */
package dev.or3.tck.suites.connect;
