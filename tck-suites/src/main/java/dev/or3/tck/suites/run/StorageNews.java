package dev.or3.tck.suites.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What lies in files that was not there before: the longest run of bytes no eight of which were seen in a row at an earlier
 * look. So a long credential that is encrypted the same way twice shows, whatever else a database writes beside it. For one
 * thread at a time.
 */
final class StorageNews {
    private static final int WINDOW = Long.BYTES;
    /** Larger storage than a fresh one has takes too long. */
    private static final long BYTES_AT_MOST = 32L << 20;
    /** The middle of a run this long belongs to a credential. */
    private static final int LONG_RUN = 540;

    /** All windows of the looks before, in order. */
    private long[] seen = new long[0];
    /** Those of the first look: whatever came later may be altered. */
    private long[] first;

    /** The longest such run, in bytes; what is there now counts as seen from now on. */
    int longest(List<Path> places) {
        List<byte[]> files = files(places).stream().map(StorageNews::bytes).toList();
        int longest = files.stream().mapToInt(bytes -> runs(bytes, seen).stream().mapToInt(Run::length).max().orElse(0))
                .max().orElse(0);
        seen = windows(files, seen);
        first = first == null ? seen : first;
        return longest;
    }

    private record Run(int from, int length) {
    }

    /** Changes a byte in the middle of each long run that came after the first look; false if there is none. */
    boolean alter(List<Path> places) {
        boolean altered = false;
        for (Path file : files(places)) {
            byte[] bytes = bytes(file);
            List<Run> runs = runs(bytes, first).stream().filter(run -> run.length() >= LONG_RUN).toList();
            runs.forEach(run -> bytes[run.from() + run.length() / 2] = other(bytes[run.from() + run.length() / 2]));
            // A journal is dropped rather than read if it is damaged: then nothing of what it holds ever happened.
            if (!runs.isEmpty() && !file.toString().matches(".*(-wal|-shm|-journal|\\.wal|\\.log)")) {
                write(file, bytes);
                altered = true;
            }
        }
        return altered;
    }

    /** Another byte of the same kind, so that what was a digit in hex or base 64 still is one. */
    private static byte other(byte old) {
        if (old >= '0' && old <= '9') {
            return (byte) ('0' + (old - '0' + 1) % 10);
        }
        if (old >= 'a' && old <= 'f' || old >= 'A' && old <= 'F') {
            return (byte) (old - (old & 7) + (old & 7) % 6 + 1);
        }
        return (byte) (old ^ 1);
    }

    private static List<Run> runs(byte[] bytes, long[] known) {
        List<Run> runs = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int from = 0;
        for (int at = 0; at <= bytes.length - WINDOW; at++) {
            if (Arrays.binarySearch(known, buffer.getLong(at)) >= 0) {
                add(runs, from, at);
                from = at + 1;
            }
        }
        add(runs, from, bytes.length - WINDOW + 1);
        return runs;
    }

    private static void add(List<Run> runs, int from, int to) {
        if (to > from) {
            runs.add(new Run(from, to - from));
        }
    }

    private static long[] windows(List<byte[]> files, long[] before) {
        int count = files.stream().mapToInt(bytes -> Math.max(0, bytes.length - WINDOW + 1)).sum();
        long[] all = Arrays.copyOf(before, before.length + count);
        int next = before.length;
        for (byte[] bytes : files) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            for (int at = 0; at <= bytes.length - WINDOW; at++) {
                all[next++] = buffer.getLong(at);
            }
        }
        Arrays.sort(all);
        return Arrays.stream(all).distinct().toArray();
    }

    private static List<Path> files(List<Path> places) {
        List<Path> files = new ArrayList<>();
        long bytes = 0;
        try {
            for (Path place : places) {
                try (Stream<Path> there = Files.walk(place)) {
                    files.addAll(there.filter(Files::isRegularFile).sorted().toList());
                }
            }
            for (Path file : files) {
                bytes += Files.size(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the storage cannot be read", e);
        }
        if (bytes > BYTES_AT_MOST) {
            throw new IllegalStateException("the storage is too large to be compared: " + bytes + " bytes");
        }
        return files;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
