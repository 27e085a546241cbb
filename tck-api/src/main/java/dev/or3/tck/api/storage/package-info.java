/**
 * The storage component: files by their content, behind URLs that expire.
 * The names of record components are the exact JSON names, unless an annotation says otherwise.
 */
package dev.or3.tck.api.storage;
