package dev.or3.tck.suites.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Writes frames: a kind, a length, a check sum over both and the content, and the content. */
final class FrameWriter {
    /** One byte of kind, four of length, four of check sum. */
    static final int HEAD = 9;

    private final OutputStream stream;

    FrameWriter(OutputStream stream) {
        this.stream = stream;
    }

    void begin() throws IOException {
        stream.write(HistoryFormat.MAGIC);
        stream.write(HistoryFormat.VERSION);
    }

    void write(Frame frame, byte[] content, int length) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD).put((byte) frame.ordinal()).putInt(length);
        head.putInt(checkSum(head.array(), content, length));
        stream.write(head.array());
        stream.write(content, 0, length);
    }

    static int checkSum(byte[] head, byte[] content, int length) {
        CRC32C sum = new CRC32C();
        sum.update(head, 0, HEAD - Integer.BYTES);
        sum.update(content, 0, length);
        return (int) sum.getValue();
    }
}
