/**
 * What clients will do, as data: plans, their generators, payloads drawn from the wire schema, swarm masks, small
 * exhaustive scopes and example plans. Plan i is a function of (seed, i). Nothing here calls a provider.
 */
package dev.or3.tck.suites.plan;
