package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.ProviderException;

/** What people type: names and descriptions, checked (STORE-10). Their length is counted in characters, not code units. */
final class Texts {
    private static final int NAME = 100;
    private static final int DESCRIPTION = 1000;

    private Texts() {
    }

    /** The name without surrounding white space. */
    static String name(String given) {
        String name = given == null ? "" : given.strip();
        if (name.isEmpty()) {
            throw ProviderException.badRequest("name is blank");
        }
        if (length(name) > NAME) {
            throw ProviderException.badRequest("name is longer than " + NAME + " characters");
        }
        return wellFormed("name", name);
    }

    static String description(String given) {
        if (given != null && length(given) > DESCRIPTION) {
            throw ProviderException.badRequest("description is longer than " + DESCRIPTION + " characters");
        }
        return wellFormed("description", given);
    }

    static String wellFormed(String what, String given) {
        if (given != null && CodeUnits.hasLoneSurrogate(given)) {
            throw ProviderException.badRequest(what + " is no valid Unicode");
        }
        return given;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
