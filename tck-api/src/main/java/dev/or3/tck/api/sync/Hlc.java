package dev.or3.tck.api.sync;

import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * A hybrid logical clock reading: {@code <milliseconds base36, 9 wide>:<counter base36, 3 wide>:<node, 8 characters>}.
 *
 * <p>The text is zero-padded, so the order of the texts by code units is the order of the readings. Providers treat it as
 * opaque text; only devices generate and parse it. Immutable.
 *
 * @param millis  milliseconds since the epoch, 0 to {@link #MAX_MILLIS}
 * @param counter 0 to {@link #MAX_COUNTER}
 * @param node    exactly eight characters of {@code [0-9A-Za-z_-]}
 */
public record Hlc(long millis, int counter, String node) implements Comparable<Hlc> {

    /** The largest time that nine base-36 digits hold, in milliseconds. */
    public static final long MAX_MILLIS = Long.parseLong("zzzzzzzzz", 36);
    /** The largest counter that three base-36 digits hold. */
    public static final int MAX_COUNTER = Integer.parseInt("zzz", 36);

    private static final Pattern NODE = Pattern.compile("[0-9A-Za-z_-]{8}");
    private static final Pattern TEXT = Pattern.compile("([0-9a-z]{9}):([0-9a-z]{3}):([0-9A-Za-z_-]{8})");

    /**
     * @throws IllegalArgumentException if a part is out of its range
     */
    public Hlc {
        Objects.requireNonNull(node, "node");
        if (millis < 0 || millis > MAX_MILLIS) {
            throw new IllegalArgumentException("hlc time out of range: " + millis);
        }
        if (counter < 0 || counter > MAX_COUNTER) {
            throw new IllegalArgumentException("hlc counter out of range: " + counter);
        }
        if (!NODE.matcher(node).matches()) {
            throw new IllegalArgumentException("hlc node must be eight characters of [0-9A-Za-z_-]: '" + node + "'");
        }
    }

    /**
     * Parses the text form.
     *
     * @throws IllegalArgumentException if the text has another shape
     */
    public static Hlc parse(String text) {
        var match = TEXT.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("not an hlc (ttttttttt:ccc:nnnnnnnn): '" + text + "'");
        }
        return new Hlc(Long.parseLong(match.group(1), 36), Integer.parseInt(match.group(2), 36), match.group(3));
    }

    /**
     * The reading after this one and after every reading seen.
     *
     * @param nowMillis the physical time in milliseconds since the epoch
     * @throws IllegalStateException if the counter would overflow
     */
    public Hlc next(long nowMillis) {
        if (nowMillis > millis) {
            return new Hlc(nowMillis, 0, node);
        }
        if (counter == MAX_COUNTER) {
            throw new IllegalStateException("hlc counter overflow at " + this);
        }
        return new Hlc(millis, counter + 1, node);
    }

    /** This device's reading once it has seen another device's: never behind it, with this node. */
    public Hlc seen(Hlc other) {
        return other.millis > millis || other.millis == millis && other.counter > counter
                ? new Hlc(other.millis, other.counter, node) : this;
    }

    /** The order of the texts by code units. */
    @Override
    public int compareTo(Hlc other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return pad(Long.toString(millis, 36), 9) + ':' + pad(Integer.toString(counter, 36), 3) + ':' + node;
    }

    private static String pad(String digits, int width) {
        return "0".repeat(width - digits.length()) + digits;
    }

    /**
     * A device's clock, which reads itself forward. Safe for use by several threads.
     */
    public static final class Clock {
        private final LongSupplier millis;
        private Hlc last;

        /**
         * @param node   eight characters that name the device
         * @param millis the physical time in milliseconds since the epoch
         */
        public Clock(String node, LongSupplier millis) {
            this.millis = millis;
            this.last = new Hlc(0, 0, node);
        }

        /** A reading greater than every one before. */
        public synchronized Hlc tick() {
            last = last.next(millis.getAsLong());
            return last;
        }

        /** Takes note of another device's reading, so that later ticks are greater. */
        public synchronized void observe(Hlc other) {
            last = last.seen(other);
        }
    }
}
