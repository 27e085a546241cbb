/**
 * The host: an HTTP gateway over registries. It knows who calls and what they may do; what a call means is the business of
 * the providers, which are found by their ids and never by a class.
 */
package dev.or3.tck.matrix.host;
