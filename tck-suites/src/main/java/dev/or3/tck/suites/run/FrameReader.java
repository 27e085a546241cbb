package dev.or3.tck.suites.run;

import dev.or3.tck.suites.run.HistoryFileException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads frames and checks each before anything of it is believed. */
final class FrameReader {
    private final Path file;
    private final InputStream stream;
    private final long size;
    private final byte[] head = new byte[FrameWriter.HEAD];
    private byte[] content = new byte[0];
    private int length;
    private long position;

    /**
     * @param size how many bytes the stream holds
     */
    FrameReader(Path file, InputStream stream, long size) {
        this.file = file;
        this.stream = stream;
        this.size = size;
    }

    void begin() throws IOException {
        byte[] magic = stream.readNBytes(HistoryFormat.MAGIC.length);
        if (!Arrays.equals(magic, Arrays.copyOf(HistoryFormat.MAGIC, magic.length)) || magic.length == 0) {
            throw new HistoryFileException(file, Problem.NOT_A_HISTORY, "is not a history of or3-tck");
        }
        position += magic.length;
        int version = stream.read();
        if (version < 0) {
            throw truncated();
        }
        position++;
        if (version > HistoryFormat.VERSION) {
            throw new HistoryFileException(file, Problem.NEWER_FORMAT, "has history format " + version
                    + ", but this kit reads up to " + HistoryFormat.VERSION + ": use a newer or3-tck");
        }
        if (version < HistoryFormat.VERSION) {
            throw corrupt("there is no history format " + version, null);
        }
    }

    /** Goes on to the next frame, which is there: no file ends without a footer. */
    Frame next() throws IOException {
        if (stream.readNBytes(head, 0, head.length) < head.length) {
            throw truncated();
        }
        ByteBuffer fields = ByteBuffer.wrap(head);
        int kind = fields.get();
        length = fields.getInt();
        int sum = fields.getInt();
        if (kind < 0 || kind >= Frame.values().length || length < 0) {
            throw corrupt("no frame begins there", null);
        }
        if (length > size - position - head.length) {
            throw truncated();
        }
        if (content.length < length) {
            content = new byte[length];
        }
        if (stream.readNBytes(content, 0, length) < length) {
            throw truncated();
        }
        if (FrameWriter.checkSum(head, content, length) != sum) {
            throw corrupt("the check sum is wrong", null);
        }
        position += head.length + (long) length;
        return Frame.values()[kind];
    }

    byte[] content() {
        return content;
    }

    int length() {
        return length;
    }

    /** Demands that nothing follows. */
    void end() throws IOException {
        if (stream.read() >= 0) {
            throw corrupt("something follows the end of the history", null);
        }
    }

    private HistoryFileException truncated() {
        return new HistoryFileException(file, Problem.TRUNCATED, "is cut off: it ends at byte " + size
                + " in the middle of a history");
    }

    /** The content of the last frame makes no sense, at an offset into it. */
    HistoryFileException nonsense(int offset, RuntimeException cause) {
        return corrupt(position - length + offset, "what stands there makes no sense", cause);
    }

    HistoryFileException corrupt(String why, RuntimeException cause) {
        return corrupt(position, why, cause);
    }

    private HistoryFileException corrupt(long at, String why, RuntimeException cause) {
        return new HistoryFileException(file, Problem.CORRUPT, "is corrupt at byte " + at + ": " + why, cause);
    }
}
