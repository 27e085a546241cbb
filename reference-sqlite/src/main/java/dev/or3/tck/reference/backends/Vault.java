package dev.or3.tck.reference.backends;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts configurations with AES-256-GCM, and a fresh IV each time (CFG-03). What was sealed with the key before can
 * still be opened. Safe for use by several threads.
 */
public final class Vault {
    /** 64 hexadecimal digits. */
    public static final String KEY = "ENCRYPTION_KEY";
    /** The key that was used before, until everything is encrypted anew. */
    public static final String PREVIOUS_KEY = "ENCRYPTION_KEY_PREVIOUS";

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final EncryptionKey current;
    private final Map<String, EncryptionKey> keys = new LinkedHashMap<>();
    private final SecureRandom random;

    Vault(EncryptionKey current, Optional<EncryptionKey> previous, SecureRandom random) {
        this.current = current;
        this.random = random;
        previous.ifPresent(key -> keys.put(key.id(), key));
        keys.put(current.id(), current);
    }

    /**
     * A vault with the keys of the settings; empty if none is set.
     *
     * @throws ProviderException if a key is malformed
     */
    public static Optional<Vault> of(Map<String, String> settings) {
        return of(settings, new SecureRandom());
    }

    /** With a source of randomness of its own. */
    public static Optional<Vault> of(Map<String, String> settings, SecureRandom random) {
        Optional<EncryptionKey> previous = EncryptionKey.named(PREVIOUS_KEY, settings);
        return EncryptionKey.named(KEY, settings).map(current -> new Vault(current, previous, random));
    }

    /** The id of the key that is used now. */
    public String keyId() {
        return current.id();
    }

    /**
     * @param about whose configuration it is and which; it can be opened for the same only
     */
    public Sealed seal(BackendConfig config, String about) {
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        byte[] plain = config.json().text().getBytes(StandardCharsets.UTF_8);
        try {
            return new Sealed(current.id(), iv, cipher(Cipher.ENCRYPT_MODE, current, iv, about).doFinal(plain));
        } catch (GeneralSecurityException e) {
            throw new ProviderException(500, "ENCRYPTION_FAILED", "the configuration cannot be encrypted");
        }
    }

    /**
     * @throws DecryptionException if it was changed, belongs to something else, or its key is not at hand
     */
    public BackendConfig open(Sealed sealed, String about) {
        EncryptionKey key = keys.get(sealed.keyId());
        if (key == null) {
            throw new DecryptionException("unknown_key", "it is encrypted with key " + sealed.keyId()
                    + ", which is neither " + KEY + " nor " + PREVIOUS_KEY + ": set that key again");
        }
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, key, sealed.iv(), about).doFinal(sealed.ciphertext());
            return BackendConfig.of(new JsonText(new String(plain, StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new DecryptionException("tampered", "it was changed since it was saved: restore a backup,"
                    + " or save the configuration again");
        }
    }

    private static Cipher cipher(int mode, EncryptionKey key, byte[] iv, String about) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(about.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** A sealed configuration that cannot be opened: a matter of security. */
    public static final class DecryptionException extends ProviderException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        DecryptionException(String reason, String message) {
            super(500, "DECRYPTION_FAILED", "the configuration cannot be decrypted: " + message);
            this.reason = reason;
        }

        /** {@code unknown_key} or {@code tampered}. */
        public String reason() {
            return reason;
        }
    }
}
