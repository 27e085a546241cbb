package dev.or3.tck.suites.backend;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Credentials that are worth nothing and are recognized wherever they turn up: all hold {@link #SONG}, with digits behind it
 * that only one run has. Safe for use by several threads.
 */
public final class Canaries {
    /** What all of them hold. Letters and digits alone, so that it stands in JSON and URLs as it is. */
    public static final String SONG = "cnry7or3tck";

    private static final Pattern DIGITS = Pattern.compile(SONG + "[0-9a-f]+");
    private static final int PASSWORD_LENGTH = 24;
    private static final int KEY_LENGTH = 64;
    /** So long that nothing else of that length is stored beside it. */
    private static final int LONG_LENGTH = 900;

    private final String digits;

    /**
     * @param digits what no other run has
     */
    public Canaries(String digits) {
        this.digits = digits;
    }

    /**
     * The credential of that name, the same at every call.
     *
     * @param form {@code password} (24 letters and digits, as WordPress makes them), {@code token} (begins with
     *             {@code secret_}, as Notion's do), {@code key}, or {@code long}
     * @return null if there is no such form
     */
    public String of(String form, String name) {
        return switch (form) {
            case "password" -> value(name, PASSWORD_LENGTH);
            case "token" -> "secret_" + value(name, KEY_LENGTH);
            case "key" -> value(name, KEY_LENGTH);
            case "long" -> value(name, LONG_LENGTH);
            default -> null;
        };
    }

    /**
     * A text in which each of them still shows where it was, and what form it had, but no longer its digits; null stays
     * null.
     */
    public static String silence(String text) {
        return text == null || !text.contains(SONG) ? text
                : DIGITS.matcher(text).replaceAll(found -> SONG + "0".repeat(found.group().length() - SONG.length()));
    }

    private String value(String name, int length) {
        StringBuilder value = new StringBuilder(SONG);
        for (int block = 0; value.length() < length; block++) {
            value.append(HexFormat.of().formatHex(hash(digits + "/" + name + "/" + block)));
        }
        return value.substring(0, length);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
