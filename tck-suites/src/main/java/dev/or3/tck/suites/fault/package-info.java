/**
 * A plain in-memory provider and its faults: what the kit is measured with, and what demonstrations run against.
 * The provider is made of small parts; a fault replaces a part by a twin that is wrong in one way. Nothing here judges.
 */
package dev.or3.tck.suites.fault;
