/**
 * What puts providers together: the command line today. Providers are found with {@link java.util.ServiceLoader}, never by
 * class name. Nothing here judges or renders.
 */
package dev.or3.tck.matrix;
