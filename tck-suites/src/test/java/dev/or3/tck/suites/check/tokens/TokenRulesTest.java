package dev.or3.tck.suites.check.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.suites.check.ask.AskHistory;
import dev.or3.tck.suites.run.Seal;
import org.junit.jupiter.api.Test;

class TokenRulesTest {
    /** When histories written by hand begin, in seconds. */
    private static final long BEGIN = 1_700_006_420L;

    private final AskHistory history = new AskHistory("tokens");

    private static String input(String template) {
        return "{'providerId':'p'" + (template == null ? "" : ",'template':'" + template + "'") + "}";
    }

    private static String opaque(String hash) {
        return "{'hash':'" + hash + "','length':40}";
    }

    private static String jwt(String hash, String claims, String signature) {
        return "{'hash':'" + hash + "','length':300,'header':{'alg':'RS256'},'claims':{" + claims + "},'signature':'"
                + signature + "'}";
    }

    private static String claims(String subject, long exp) {
        return "'sub':'" + subject + "','exp':" + exp;
    }

    private AskHistory asks(String user, String answer) {
        return history.ask(user, "getProviderToken", input(null), answer);
    }

    private void grounded() {
        asks("u", jwt("a", claims("u", BEGIN + 60), "VERIFIED"));
        asks("v", jwt("b", claims("v", BEGIN + 60), "VERIFIED"));
        asks(null, "null");
    }

    @Test
    void each_with_a_token_of_their_own_and_nobody_with_none_is_right() {
        grounded();
        history.later(100);
        asks("u", jwt("c", claims("u", BEGIN + 160), "VERIFIED"));
        assertThat(history.violated()).isEmpty();
        assertThat(history.exercised()).containsExactly("TOK-01", "TOK-02", "TOK-03");
    }

    @Test
    void opaque_tokens_are_accepted_and_show_no_life() {
        asks("u", opaque("a"));
        asks("v", opaque("b"));
        asks(null, "null");
        history.later(1000);
        asks("u", opaque("a"));
        assertThat(history.violated()).isEmpty();
        assertThat(history.exercised()).containsExactly("TOK-01", "TOK-02");
    }

    @Test
    void a_token_for_nobody_is_one_too_many() {
        grounded();
        assertThat(asks(null, opaque("c")).violated()).containsExactly("TOK-01");
    }

    @Test
    void a_refusal_of_nobody_is_no_null() {
        grounded();
        assertThat(history.refused(500).ask(null, "getProviderToken", input(null), "").violated()).containsExactly("TOK-01");
    }

    @Test
    void what_one_gets_all_get() {
        grounded();
        assertThat(asks("w", "null").violated()).containsExactly("TOK-01");
    }

    @Test
    void a_backend_that_nobody_has_may_be_refused_or_answered_with_null() {
        grounded();
        history.ask("u", "getProviderToken", "{'providerId':'other'}", "null");
        history.refused(404).ask("v", "getProviderToken", "{'providerId':'other'}", "");
        assertThat(history.violated()).isEmpty();
    }

    @Test
    void who_mints_nothing_at_all_is_told() {
        asks("u", "null");
        asks(null, "null");
        assertThat(history.violated()).containsExactly("TOK-01");
        assertThat(history.exercised()).isEmpty();
    }

    @Test
    void an_error_that_tells_a_token_or_a_key_leaks() {
        for (String leak : new String[] {Seal.TOKEN, Seal.KEY}) {
            AskHistory one = new AskHistory("tokens").ask("u", "getProviderToken", input(null), opaque("a"));
            one.refused(404, "cannot sign with " + leak).ask("u", "getProviderToken", "{'providerId':'other'}", "");
            assertThat(one.violated()).containsExactly("TOK-01");
        }
    }

    @Test
    void the_same_token_for_two_is_wrong_by_itself() {
        asks("u", opaque("a"));
        assertThat(asks("v", opaque("a")).violated()).containsExactly("TOK-02");
    }

    @Test
    void a_token_that_names_another_user_is_theirs() {
        grounded();
        assertThat(asks("v", jwt("c", claims("u", BEGIN + 60), "VERIFIED")).violated()).contains("TOK-02");
    }

    @Test
    void users_may_have_other_names_there_but_each_one_of_their_own() {
        asks("u", jwt("a", claims("x|u", BEGIN + 60), "VERIFIED"));
        asks("v", jwt("b", claims("x|v", BEGIN + 60), "VERIFIED"));
        assertThat(history.violated()).isEmpty();
        assertThat(asks("w", jwt("c", claims("x|v", BEGIN + 60), "VERIFIED")).violated()).containsExactly("TOK-03");
    }

    @Test
    void a_jwt_must_be_signed_by_a_key_that_is_told() {
        for (String signature : new String[] {"WRONG", "UNKNOWN_KEY", "NONE"}) {
            assertThat(new AskHistory("tokens").ask("u", "getProviderToken", input(null),
                    jwt("a", claims("u", BEGIN + 60), signature)).violated()).as(signature).containsExactly("TOK-03");
        }
        assertThat(asks("u", jwt("a", claims("u", BEGIN + 60), "UNCHECKED")).violated()).isEmpty();
    }

    @Test
    void a_jwt_expires_but_not_before_it_is_handed_out() {
        for (String claims : new String[] {"'sub':'u'", claims("u", BEGIN - 60), claims("u", 1000 * BEGIN),
            "'exp':" + (BEGIN + 60),
            claims("u", BEGIN + 60) + ",'nbf':" + (BEGIN + 600)}) {
            assertThat(new AskHistory("tokens").ask("u", "getProviderToken", input(null), jwt("a", claims, "VERIFIED"))
                    .violated()).as(claims).containsExactly("TOK-03");
        }
    }

    @Test
    void a_template_that_is_named_is_that_of_the_request() {
        String session = claims("u", BEGIN + 60) + ",'template':'session'";
        history.ask("u", "getProviderToken", input("session"), jwt("a", session, "VERIFIED"));
        history.ask("u", "getProviderToken", input(null), jwt("a", session, "VERIFIED"));
        assertThat(history.violated()).isEmpty();
        history.ask("u", "getProviderToken", input("convex"), jwt("a", session, "VERIFIED"));
        assertThat(history.violated()).containsExactly("TOK-03");
    }

    @Test
    void a_malformed_question_is_refused() {
        grounded();
        history.refused(400).ask("u", "getProviderToken", "{}", "");
        assertThat(history.exercised()).contains("TOK-04");
        assertThat(history.ask("u", "getProviderToken", "{'providerId':{}}", "null").violated()).containsExactly("TOK-04");
    }
}
