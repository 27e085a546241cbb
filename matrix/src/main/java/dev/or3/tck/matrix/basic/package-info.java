/** The auth provider {@code basic-auth}: users, passwords and tokens from the environment. */
package dev.or3.tck.matrix.basic;
