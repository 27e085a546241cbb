/** Finds imports that a tree of TypeScript, JavaScript and Vue files must not have. Requirement: WIR-04. */
package dev.or3.tck.matrix.guard;
