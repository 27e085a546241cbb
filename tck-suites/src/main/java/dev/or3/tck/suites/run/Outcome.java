package dev.or3.tck.suites.run;

/** What came back from a call. */
public enum Outcome {
    /** The provider did it. */
    OK,
    /** The provider refused with a 4xx: it left no trace. */
    REFUSED,
    /** The provider answered 5xx, or answered garbage: settles nothing by itself. */
    FAILED,
    /** No answer: it may have taken effect, now or later. */
    LOST
}
