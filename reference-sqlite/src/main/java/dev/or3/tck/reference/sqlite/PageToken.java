package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.ProviderException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where the next page of a snapshot begins, signed with a secret of that snapshot so that it cannot be made up (SNAP-04).
 *
 * @param snapshotId the snapshot
 * @param position   the last item handed out
 * @param signature  over both
 */
record PageToken(String snapshotId, long position, String signature) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    static byte[] newSecret() {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return secret;
    }

    static PageToken signed(String snapshotId, long position, byte[] secret) {
        return new PageToken(snapshotId, position, BASE64.encodeToString(mac(snapshotId, position, secret)));
    }

    /**
     * @throws ProviderException 400 if the text is no page token
     */
    static PageToken parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3 || !parts[1].matches("[0-9]{1,15}")) {
            throw ProviderException.badRequest("the page token is malformed");
        }
        return new PageToken(parts[0], Long.parseLong(parts[1]), parts[2]);
    }

    String text() {
        return snapshotId + "." + position + "." + signature;
    }

    boolean isSignedBy(byte[] secret) {
        byte[] expected = BASE64.encode(mac(snapshotId, position, secret));
        return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] mac(String snapshotId, long position, byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal((snapshotId + "." + position).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
