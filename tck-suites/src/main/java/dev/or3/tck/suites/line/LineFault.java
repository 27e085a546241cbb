package dev.or3.tck.suites.line;

/** What the line does to one call. */
public enum LineFault {
    /** It passes request and answer on. */
    NONE("passed on"),
    /** It is cut before anything of the request reaches the provider. */
    CUT_BEFORE("the connection was cut before the request"),
    /** Half of the request reaches the provider. */
    CUT_IN_REQUEST("the connection was cut in the middle of the request"),
    /** The provider answers, and nothing of it comes back. */
    ANSWER_DROPPED("the answer was dropped"),
    /** The provider answers, and half of it comes back. */
    CUT_IN_ANSWER("the connection was cut in the middle of the answer"),
    /** The request is held for {@link #DELAY_MILLIS} before it goes on. */
    DELAYED("the request was held"),
    /** The request is sent twice at the same time, and one of the answers comes back. */
    DUPLICATED("the request was sent a second time beside this one, whose answer nobody reads");

    /** How long a delayed request is held, in milliseconds: long enough for a few others to overtake it. */
    public static final int DELAY_MILLIS = 5;

    private final String words;

    LineFault(String words) {
        this.words = words;
    }

    /** What happened, as a clause. */
    public String words() {
        return words;
    }

    /** Whether no answer comes back. */
    public boolean isLossy() {
        return this == CUT_BEFORE || this == CUT_IN_REQUEST || isAnswered();
    }

    /** Whether no answer comes back although the provider gave one: whatever it did is done. */
    public boolean isAnswered() {
        return this == ANSWER_DROPPED || this == CUT_IN_ANSWER;
    }
}
