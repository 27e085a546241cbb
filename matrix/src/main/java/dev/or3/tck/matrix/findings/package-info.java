/**
 * What was found in source trees and packages: a rule, a place, what to do; and how that is written for machines. Rules
 * that are about source code stand here, apart from the catalogue that providers are certified by.
 */
package dev.or3.tck.matrix.findings;
