package dev.or3.tck.suites.connect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a process wrote: its beginning and its end, however much it writes in between, without secrets. Safe for use by
 * several threads.
 */
final class Output {
    private static final int HEAD_BYTES = 64 << 10;
    private static final int TAIL_BYTES = 192 << 10;

    private final Secrets secrets;
    private final byte[] head = new byte[HEAD_BYTES];
    private final byte[] tail = new byte[TAIL_BYTES];
    private long written;

    Output(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Takes everything from a stream until it ends. */
    void takeAll(InputStream stream) {
        byte[] buffer = new byte[8 << 10];
        try (stream) {
            for (int read; (read = stream.read(buffer)) >= 0; ) {
                add(buffer, read);
            }
        } catch (IOException e) {
            // The process is gone, and its pipe with it: all that came before counts.
        }
    }

    void add(String line) {
        add(line.getBytes(StandardCharsets.UTF_8));
    }

    void add(byte[] bytes) {
        add(bytes, bytes.length);
    }

    private synchronized void add(byte[] bytes, int length) {
        for (int i = 0; i < length; i++, written++) {
            if (written < HEAD_BYTES) {
                head[(int) written] = bytes[i];
            } else {
                tail[(int) ((written - HEAD_BYTES) % TAIL_BYTES)] = bytes[i];
            }
        }
    }

    /** All of it, or its beginning and its end with a remark on what is left out. */
    String text() {
        return secrets.hide(whole());
    }

    private synchronized String whole() {
        String start = new String(head, 0, (int) Math.min(written, HEAD_BYTES), StandardCharsets.UTF_8);
        long beyond = written - HEAD_BYTES;
        if (beyond <= 0) {
            return start;
        }
        if (beyond <= TAIL_BYTES) {
            return start + new String(tail, 0, (int) beyond, StandardCharsets.UTF_8);
        }
        int seam = (int) (beyond % TAIL_BYTES);
        return start + "\n… " + (beyond - TAIL_BYTES) + " bytes left out …\n"
                + new String(tail, seam, TAIL_BYTES - seam, StandardCharsets.UTF_8)
                + new String(tail, 0, seam, StandardCharsets.UTF_8);
    }

    /** The last lines that are not blank, in one line. */
    String lastWords() {
        String[] lines = text().lines().map(String::strip).filter(line -> !line.isEmpty()).toArray(String[]::new);
        StringBuilder words = new StringBuilder();
        for (int i = Math.max(0, lines.length - 5); i < lines.length; i++) {
            words.append(words.length() == 0 ? "" : " / ").append(lines[i]);
        }
        return words.length() == 0 ? "nothing" : words.toString();
    }
}
