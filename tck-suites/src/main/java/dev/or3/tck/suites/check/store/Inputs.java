package dev.or3.tck.suites.check.store;

import dev.or3.tck.suites.check.store.StoreCall.Method;

/** Which names and descriptions are well formed: 1 to 100 characters after trimming, and up to 1000. */
final class Inputs {
    private static final int NAME = 100;
    private static final int DESCRIPTION = 1000;

    private Inputs() {
    }

    /** Whether name and description certainly fit, however characters are counted. */
    static boolean fits(StoreCall call) {
        return !isNameless(call) && call.name().strip().length() <= NAME
                && (call.description() == null || call.description().length() <= DESCRIPTION);
    }

    /** Whether name or description certainly do not fit, however characters are counted. */
    static boolean isBad(StoreCall call) {
        return isNameless(call) || points(call.name().strip()) > NAME
                || call.description() != null && points(call.description()) > DESCRIPTION;
    }

    /** Whether it fits, but only just. */
    static boolean isAtEdge(StoreCall call) {
        return fits(call) && (call.name().strip().length() == NAME || !call.name().equals(call.name().strip())
                || call.description() != null && call.description().length() == DESCRIPTION);
    }

    static boolean carriesName(StoreCall call) {
        return call.method() == Method.CREATE || call.method() == Method.UPDATE;
    }

    /** The input in words. */
    static String words(StoreCall call) {
        String name = call.name() == null ? "no name" : call.name().isBlank() ? "a blank name"
                : "a name of " + points(call.name().strip()) + " characters";
        return call.description() == null ? name : name + " and a description of " + points(call.description());
    }

    private static boolean isNameless(StoreCall call) {
        return call.name() == null || call.name().isBlank();
    }

    private static int points(String text) {
        return text.codePointCount(0, text.length());
    }
}
