/** Files in YAML that people write for the command line: validated against a JSON Schema, with a line for each complaint. */
package dev.or3.tck.matrix.yaml;
