package dev.or3.tck.suites.connect;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A request or an answer of HTTP/1.1 as it came off a connection, whole, and understood only as far as it takes to find its
 * end. No larger than any honest provider needs.
 */
final class WireMessage {
    private static final int MAX_HEAD = 64 << 10;
    private static final int MAX_BYTES = BoundedBody.MAX_BYTES + MAX_HEAD;
    private static final String LINE_END = "\r\n";
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int HEXADECIMAL = 16;

    private final String[] head;
    private final byte[] body;
    private final boolean untilEnd;

    private WireMessage(String[] head, byte[] body, boolean untilEnd) {
        this.head = head;
        this.body = body;
        this.untilEnd = untilEnd;
    }

    /**
     * Reads a request whose length is told in its head, as the kit's own are.
     *
     * @return empty if the connection ended before one began
     */
    static Optional<WireMessage> request(InputStream in) throws IOException {
        String[] head = head(in);
        if (head.length == 0) {
            return Optional.empty();
        }
        return Optional.of(new WireMessage(head, exactly(in, length(head).orElse(0)), false));
    }

    /**
     * Reads an answer, with whatever was announced before it left out.
     *
     * @throws EOFException if the connection ends before the answer does
     */
    static WireMessage answer(InputStream in) throws IOException {
        while (true) {
            String[] head = head(in);
            if (head.length == 0) {
                throw new EOFException("no answer");
            }
            int status = status(head);
            if (status >= 200 || status == 101) {
                return answer(head, status, in);
            }
        }
    }

    private static WireMessage answer(String[] head, int status, InputStream in) throws IOException {
        if (status == NO_CONTENT || status == NOT_MODIFIED) {
            return new WireMessage(head, new byte[0], false);
        }
        if (header(head, "transfer-encoding").map(value -> value.toLowerCase(Locale.ROOT)).orElse("").contains("chunked")) {
            return new WireMessage(head, chunks(in), false);
        }
        Optional<Integer> length = length(head);
        if (length.isPresent()) {
            return new WireMessage(head, exactly(in, length.get()), false);
        }
        byte[] rest = in.readNBytes(MAX_BYTES + 1);
        return new WireMessage(head, exactly(rest, rest.length), true);
    }

    Optional<String> header(String name) {
        return header(head, name);
    }

    /** Whether nothing more comes on the connection after it. */
    boolean isLast() {
        return untilEnd || header("connection").map(value -> value.equalsIgnoreCase("close")).orElse(false);
    }

    /** The same request as it is sent to another host. */
    WireMessage to(String host) {
        String[] other = head.clone();
        for (int i = 1; i < other.length; i++) {
            if (other[i].regionMatches(true, 0, "host:", 0, 5)) {
                other[i] = "Host: " + host;
            }
        }
        return new WireMessage(other, body, untilEnd);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes());
        out.flush();
    }

    /** The first half of its bytes, and never all of them. */
    void writeHalfTo(OutputStream out) throws IOException {
        byte[] bytes = bytes();
        out.write(bytes, 0, bytes.length / 2);
        out.flush();
    }

    private byte[] bytes() {
        byte[] text = (String.join(LINE_END, head) + LINE_END + LINE_END).getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = Arrays.copyOf(text, text.length + body.length);
        System.arraycopy(body, 0, bytes, text.length, body.length);
        return bytes;
    }

    /** The lines of a head without their ends; none if the connection ends before the first. */
    private static String[] head(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith(LINE_END + LINE_END)) {
            String line = line(in, MAX_HEAD - text.length());
            if (line.isEmpty()) {
                if (text.length() == 0) {
                    return new String[0];
                }
                throw new EOFException("the head ends early");
            }
            text.append(line);
        }
        return text.substring(0, text.length() - 2 * LINE_END.length()).split(LINE_END);
    }

    /** A line with its end; empty where the connection ends. */
    private static String line(InputStream in, int atMost) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (line.length() == atMost) {
                throw new IOException("a line or head is too long");
            }
            line.append((char) next);
            if (next == '\n') {
                return line.toString();
            }
        }
        if (line.length() > 0) {
            throw new EOFException("a line ends early");
        }
        return "";
    }

    private static int status(String[] head) throws IOException {
        String[] words = head[0].split(" ");
        try {
            return Integer.parseInt(words[1]);
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("not an answer of HTTP: " + head[0], e);
        }
    }

    private static Optional<String> header(String[] head, String name) {
        return Arrays.stream(head).skip(1).filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip()).findFirst();
    }

    private static Optional<Integer> length(String[] head) throws IOException {
        Optional<String> told = header(head, "content-length");
        if (told.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Integer.parseInt(told.get()));
        } catch (NumberFormatException e) {
            throw new IOException("not a length: " + told.get(), e);
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("a message of " + length + " bytes");
        }
        return exactly(in.readNBytes(length), length);
    }

    private static byte[] exactly(byte[] read, int length) throws IOException {
        if (read.length < length) {
            throw new EOFException("the body ends early");
        }
        if (read.length > MAX_BYTES) {
            throw new IOException("a message of more than " + MAX_BYTES + " bytes");
        }
        return read;
    }

    /** All chunks as they came, with their sizes and what trails them. */
    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        while (true) {
            String line = line(in, MAX_HEAD);
            raw.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
            int size;
            try {
                size = Integer.parseInt(line.split(";")[0].strip(), HEXADECIMAL);
            } catch (NumberFormatException e) {
                throw new IOException("not the size of a chunk", e);
            }
            if (size == 0) {
                break;
            }
            if (size < 0 || size > MAX_BYTES - raw.size()) {
                throw new IOException("a message of more than " + MAX_BYTES + " bytes");
            }
            raw.writeBytes(exactly(in, size + LINE_END.length()));
        }
        for (String trailer = line(in, MAX_HEAD); ; trailer = line(in, MAX_HEAD)) {
            raw.writeBytes(trailer.getBytes(StandardCharsets.ISO_8859_1));
            if (trailer.isEmpty() || trailer.equals(LINE_END) || raw.size() > MAX_BYTES) {
                return raw.toByteArray();
            }
        }
    }
}
