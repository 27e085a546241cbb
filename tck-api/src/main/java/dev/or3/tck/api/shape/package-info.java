/**
 * What the inputs of the protocol's methods look like, told by the records themselves: which parts may be absent, which
 * texts may be long, whose id it is. No component's own rules live here.
 */
package dev.or3.tck.api.shape;
