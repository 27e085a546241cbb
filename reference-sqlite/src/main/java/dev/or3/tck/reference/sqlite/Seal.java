package dev.or3.tck.reference.sqlite;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs texts that come back from outside, so that they cannot be made up: HMAC-SHA256, as URL-safe Base64. */
final class Seal {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private Seal() {
    }

    static String of(String text, byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return BASE64.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** Whether that is its signature; takes as long whatever it is. */
    static boolean fits(String signature, String text, byte[] secret) {
        return MessageDigest.isEqual(of(text, secret).getBytes(StandardCharsets.UTF_8),
                signature.getBytes(StandardCharsets.UTF_8));
    }
}
