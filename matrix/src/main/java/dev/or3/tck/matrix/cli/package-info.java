/**
 * The command line {@code or3-tck}: one class for each command, what they share (options, console, evidence on disk), and
 * the one place where exceptions become a line and an exit code.
 */
package dev.or3.tck.matrix.cli;
