/**
 * A first look at a provider, in a few calls: is it there, is its manifest sound and true, do its controls work? It finds
 * what would spoil a certification; it does not judge rules.
 */
package dev.or3.tck.matrix.doctor;
