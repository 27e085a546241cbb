package dev.or3.tck.suites.run;

import java.io.InputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The bytes of a file, made as they are read: as random as those of a packed file, a function of their seed, and never all in
 * memory. A smaller one of the same seed is the beginning of a larger one. Safe for use by several threads.
 */
final class Content {
    private static final int CHUNK = 64 * 1024;

    private final int size;
    private final long seed;
    private volatile String sha256;

    Content(int size, long seed) {
        this.size = size;
        this.seed = mix(seed);
    }

    int size() {
        return size;
    }

    /** In hex, lower case. */
    String sha256() {
        String known = sha256;
        if (known == null) {
            known = digest();
            sha256 = known;
        }
        return known;
    }

    private String digest() {
        try (InputStream bytes = stream()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[Math.max(1, Math.min(size, CHUNK))];
            for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
                digest.update(chunk, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InputStream stream() {
        return new InputStream() {
            private int at;

            @Override
            public int read() {
                return at < size ? byteAt(at++) & 0xff : -1;
            }

            @Override
            public int read(byte[] target, int from, int most) {
                Objects.checkFromIndexSize(from, most, target.length);
                int count = Math.min(most, size - at);
                if (count <= 0) {
                    return most == 0 ? 0 : -1;
                }
                int end = at + count;
                for (int place = from; at < end; ) {
                    long word = word(at >>> 3);
                    do {
                        target[place++] = (byte) (word >>> 8 * (at++ & 7));
                    } while (at < end && (at & 7) != 0);
                }
                return count;
            }
        };
    }

    private byte byteAt(int index) {
        return (byte) (word(index >>> 3) >>> 8 * (index & 7));
    }

    private long word(int number) {
        return mix(seed + number);
    }

    private static long mix(long z) {
        long x = z * 0x9E3779B97F4A7C15L + 0x2545F4914F6CDD1DL;
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
