package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.ProviderException;
import java.security.SecureRandom;

/**
 * Where the next page of a snapshot begins, signed with a secret of that snapshot so that it cannot be made up (SNAP-04).
 *
 * @param snapshotId the snapshot
 * @param position   the last item handed out
 * @param signature  over both
 */
record PageToken(String snapshotId, long position, String signature) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static byte[] newSecret() {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return secret;
    }

    static PageToken signed(String snapshotId, long position, byte[] secret) {
        return new PageToken(snapshotId, position, Seal.of(snapshotId + "." + position, secret));
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
        return Seal.fits(signature, snapshotId + "." + position, secret);
    }
}
