package dev.or3.tck.suites.backend;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds {@link Canaries} in bytes, however they are written there. Stateless. */
public final class CanarySearch {
    /** As many other bytes may come before it in a group of base 64. */
    private static final int GROUP = 3;
    private static final Map<String, byte[]> FORMS = forms();

    private CanarySearch() {
    }

    private static Map<String, byte[]> forms() {
        byte[] song = Canaries.SONG.getBytes(StandardCharsets.US_ASCII);
        String hex = HexFormat.of().formatHex(song);
        Map<String, byte[]> forms = new LinkedHashMap<>();
        forms.put("plain", song);
        forms.put("UTF-16", inUtf16(Canaries.SONG));
        forms.put("hex", ascii(hex));
        forms.put("upper case hex", ascii(hex.toUpperCase(Locale.ROOT)));
        for (int before = 0; before < GROUP; before++) {
            forms.put("base 64" + (before == 0 ? "" : ", shifted by " + before), ascii(inBase64(song, before)));
        }
        forms.put("reversed", ascii(new StringBuilder(Canaries.SONG).reverse().toString()));
        return forms;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What both byte orders have in common. */
    private static byte[] inUtf16(String text) {
        byte[] all = text.getBytes(StandardCharsets.UTF_16LE);
        return Arrays.copyOf(all, all.length - 1);
    }

    /** The digits that depend on the song alone. */
    private static String inBase64(byte[] song, int before) {
        byte[] shifted = new byte[before + song.length];
        System.arraycopy(song, 0, shifted, before, song.length);
        String digits = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        return digits.substring(before == 0 ? 0 : before + 1, shifted.length / GROUP * 4);
    }

    /** How the first one in there is written; empty if there is none. */
    public static Optional<String> in(byte[] bytes) {
        return FORMS.entrySet().stream().filter(form -> holds(bytes, form.getValue())).map(Map.Entry::getKey).findFirst();
    }

    /** As {@link #in(byte[])}, for a text; null holds none. */
    public static Optional<String> in(String text) {
        return text == null ? Optional.empty() : in(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean holds(byte[] bytes, byte[] sought) {
        int last = bytes.length - sought.length;
        for (int at = 0; at <= last; at++) {
            if (bytes[at] == sought[0] && isAt(bytes, at, sought)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(byte[] bytes, int at, byte[] sought) {
        for (int i = 1; i < sought.length; i++) {
            if (bytes[at + i] != sought[i]) {
                return false;
            }
        }
        return true;
    }
}
