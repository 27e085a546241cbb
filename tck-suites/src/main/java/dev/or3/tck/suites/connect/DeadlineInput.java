package dev.or3.tck.suites.connect;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** What comes off a connection until a deadline: who sends a byte now and then gains nothing by it. */
final class DeadlineInput extends FilterInputStream {
    private final Socket socket;
    private long deadline;

    DeadlineInput(Socket socket) throws IOException {
        super(socket.getInputStream());
        this.socket = socket;
    }

    /** Whatever is read from now on must come within that time. */
    void within(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("not whole in time");
        }
        socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
        return super.read(bytes, offset, length);
    }
}
