/**
 * Source trees of TypeScript, JavaScript and Vue: which files there are, and which modules they name, by a real parser. What
 * that means for anybody is judged elsewhere.
 */
package dev.or3.tck.matrix.source;
