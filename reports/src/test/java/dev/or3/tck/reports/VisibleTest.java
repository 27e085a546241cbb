package dev.or3.tck.reports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTest {

    @Test
    void terminal_escapes_become_text() {
        assertThat(Visible.line("\u001b[31mred\u0007\u009b", 100)).isEqualTo("\\u001b[31mred\\u0007\\u009b");
    }

    @Test
    void marks_that_turn_the_direction_of_writing_become_text() {
        assertThat(Visible.line("a\u202eb\u2066c\u200fd", 100)).isEqualTo("a\\u202eb\\u2066c\\u200fd");
    }

    @Test
    void line_breaks_become_text_in_a_line_and_stay_in_a_block() {
        assertThat(Visible.line("a\r\nb\tc\u2028d", 100)).isEqualTo("a\\r\\nb\\tc\\u2028d");
        assertThat(Visible.block("a\nb\tc\u2028d", 100)).isEqualTo("a\nb    c\\u2028d");
    }

    @Test
    void half_surrogates_non_characters_and_tags_become_text() {
        assertThat(Visible.line("\ud800x\udc00\ufffe\udb40\udc41", 100)).isEqualTo("\\ud800x\\udc00\\ufffe\\u{e0041}");
    }

    @Test
    void letters_of_every_script_stay() {
        assertThat(Visible.line("añ漢שׁ😀", 100)).isEqualTo("añ漢שׁ😀");
    }

    @Test
    void a_megabyte_is_cut_and_says_so() {
        assertThat(Visible.line("x".repeat(1 << 20), 10)).isEqualTo("xxxxxxxxxx… (1,048,566 more characters)");
    }

    @Test
    void nothing_is_shown_for_null() {
        assertThat(Visible.line(null, 10)).isEmpty();
    }
}
