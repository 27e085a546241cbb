package dev.or3.tck.suites.backend;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds {@link Canaries} in bytes, however they are written there. Stateless. */
public final class CanarySearch {
    /** As many other bytes may come before it in a group of base 64. */
    private static final int GROUP = 3;
    private static final List<Form> FORMS = forms().entrySet().stream().map(form -> Form.of(form.getKey(), form.getValue()))
            .toList();

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
        return FORMS.stream().filter(form -> form.isIn(bytes)).map(Form::name).findFirst();
    }

    /** As {@link #in(byte[])}, for a text; null holds none. */
    public static Optional<String> in(String text) {
        return text == null ? Optional.empty() : in(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A way to write the song, sought as Horspool does: files are large, and most of their bytes need no look.
     *
     * @param steps by the byte at the end of a window, how far the next window is
     */
    private record Form(String name, byte[] digits, int[] steps) {

        static Form of(String name, byte[] digits) {
            int[] steps = new int[256];
            Arrays.fill(steps, digits.length);
            for (int i = 0; i < digits.length - 1; i++) {
                steps[digits[i] & 0xff] = digits.length - 1 - i;
            }
            return new Form(name, digits, steps);
        }

        boolean isIn(byte[] bytes) {
            for (int end = digits.length; end <= bytes.length; end += steps[bytes[end - 1] & 0xff]) {
                if (Arrays.equals(bytes, end - digits.length, end, digits, 0, digits.length)) {
                    return true;
                }
            }
            return false;
        }
    }
}
