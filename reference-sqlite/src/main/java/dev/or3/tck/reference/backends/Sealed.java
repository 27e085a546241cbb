package dev.or3.tck.reference.backends;

/**
 * A configuration as it is kept.
 *
 * @param keyId      the id of the key it is encrypted with
 * @param iv         12 bytes, never used twice with a key
 * @param ciphertext with the authentication tag at its end
 */
public record Sealed(String keyId, byte[] iv, byte[] ciphertext) {
}
