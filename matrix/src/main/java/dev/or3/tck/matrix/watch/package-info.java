/**
 * Hears of files that change. What is done then is not known here.
 */
package dev.or3.tck.matrix.watch;
