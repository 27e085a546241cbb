package dev.or3.tck.suites.fault;

import dev.or3.tck.suites.backend.KitEnvironment;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts credentials with AES-256-GCM, a fresh IV each time (CFG-03). */
class Sealing {
    static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_DIGITS = 64;

    private final SecureRandom random = new SecureRandom();
    final byte[] key;

    /**
     * @throws IllegalArgumentException naming the variable if the key is malformed
     */
    Sealing(String hex) {
        this.key = key(hex);
    }

    /** The key's bytes. */
    byte[] key(String hex) {
        if (!hex.matches("[0-9a-fA-F]{" + KEY_DIGITS + "}")) {
            throw new IllegalArgumentException(KitEnvironment.KEY + " must be " + KEY_DIGITS + " hex digits (32 bytes)");
        }
        return HexFormat.of().parseHex(hex);
    }

    byte[] iv() {
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        return iv;
    }

    /** In hex: the IV, and what comes out. */
    String seal(String secret) {
        byte[] iv = iv();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(iv) + HexFormat.of().formatHex(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has this cipher", e);
        }
    }

    /**
     * @throws GeneralSecurityException if it was changed, or sealed with another key
     */
    String open(String sealed) throws GeneralSecurityException {
        byte[] bytes = HexFormat.of().parseHex(sealed);
        byte[] plain = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, IV_BYTES))
                .doFinal(bytes, IV_BYTES, bytes.length - IV_BYTES);
        return new String(plain, StandardCharsets.UTF_8);
    }

    Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
        return cipher;
    }
}
