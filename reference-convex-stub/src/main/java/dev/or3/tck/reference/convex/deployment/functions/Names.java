package dev.or3.tck.reference.convex.deployment.functions;

/** What people type, validated: lengths are counted in characters. */
final class Names {
    private static final int NAME = 100;
    private static final int DESCRIPTION = 1000;

    private Names() {
    }

    /** The argument {@code name} without surrounding white space. */
    static String name(Args args) {
        String given = args.textOrNull("name");
        String name = given == null ? "" : given.strip();
        if (name.isEmpty()) {
            throw FunctionError.badRequest("name is blank");
        }
        return bounded("name", name, NAME);
    }

    /** The argument {@code description}, or null. */
    static String description(Args args) {
        String given = args.textOrNull("description");
        return given == null ? null : bounded("description", given, DESCRIPTION);
    }

    /** A part of an identity is taken exactly as it is. */
    static String identity(String what, String given) {
        if (given.isBlank()) {
            throw FunctionError.badRequest(what + " is blank");
        }
        return given;
    }

    private static String bounded(String what, String text, int characters) {
        if (text.codePointCount(0, text.length()) > characters) {
            throw FunctionError.badRequest(what + " is longer than " + characters + " characters");
        }
        return text;
    }
}
