/**
 * The index that all judgements share: who said what when, and the log of each workspace as acknowledgements and pulls
 * tell it, in arrays. It states facts and names no rule.
 */
package dev.or3.tck.suites.check.index;
