/**
 * The protocol, version 1, as far as both its ends share it: how the JSON of a call becomes a call of the typed interfaces.
 * No transport lives here.
 */
package dev.or3.tck.api.protocol;
