package dev.or3.tck.reference.backends;

import dev.or3.tck.api.ProviderException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of 256 bits, and the id by which it is known where only the id may be kept. Immutable.
 */
public final class EncryptionKey {
    private static final int BYTES = 32;
    private static final int ID_BYTES = 8;

    private final String id;
    private final SecretKey secret;

    private EncryptionKey(byte[] bytes) {
        this.id = HexFormat.of().formatHex(Arrays.copyOf(mac(bytes), ID_BYTES));
        this.secret = new SecretKeySpec(bytes, "AES");
    }

    /**
     * The key that a setting holds, if it is set.
     *
     * @throws ProviderException naming the setting and what it must be, and never the value
     */
    static Optional<EncryptionKey> named(String setting, Map<String, String> settings) {
        String hex = settings.getOrDefault(setting, "").strip();
        if (hex.isEmpty()) {
            return Optional.empty();
        }
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw new ProviderException(500, "CONFIGURATION", setting + " is malformed: it must be " + 2 * BYTES
                    + " hexadecimal digits (" + BYTES + " bytes); make one with: openssl rand -hex " + BYTES);
        }
        return Optional.of(new EncryptionKey(HexFormat.of().parseHex(hex)));
    }

    /** A fresh key, as the setting takes it. */
    public static String generate() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** A fingerprint from which the key cannot be found. */
    private static byte[] mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal("id of a key of backend configurations".getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String id() {
        return id;
    }

    SecretKey secret() {
        return secret;
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
