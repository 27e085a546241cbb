package dev.or3.tck.suites.minimize;

import dev.or3.tck.suites.connect.Curl;
import dev.or3.tck.suites.connect.Headers;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The words of a script for a POSIX shell that makes calls by curl and shows the answers. */
final class ScriptText {
    private static final String FUNCTIONS = """
            answers=$(mktemp -d)
            trap 'rm -rf "$answers"' EXIT
            trap 'exit 130' INT
            trap 'exit 143' TERM
            # What makes ids fresh in every run.
            RUN=$(od -An -N4 -tx1 /dev/urandom | tr -d ' \\n')

            answer() {  # answer NUMBER TITLE: keeps an answer, and shows it
              cat > "$answers/$1"
              printf '%s\\n    %s\\n' "$2" "$(cut -c1-2000 < "$answers/$1")"
            }
            text_of() { { cat "$answers/$1"; echo; } | tr '\\n' ' '; echo; }
            field() {  # field NUMBER NAME: a text in an answer
              text_of "$1" | sed -n 's/.*"'"$2"'" *: *"\\([^"]*\\)".*/\\1/p'
            }
            member() {  # member NUMBER INDEX: one of the users in an answer
              text_of "$1" | sed -n 's/.*"userIds" *: *\\[\\([^]]*\\)\\].*/\\1/p' | tr ',' '\\n' | sed -n "$2p" | tr -d '" '
            }
            required() {  # required VALUE WHAT
              [ -n "$1" ] || { echo "no $2 came, so nothing more can be tried" >&2; exit 3; }
            }
            by_hand() {
              printf 'Now kill the provider, start it again, and press Enter. '
              read -r go || { echo 'nobody is here to do it' >&2; exit 3; }
            }
            """;

    private final List<String> lines = new ArrayList<>();
    private final String name;

    /**
     * @param name what its file is called
     */
    ScriptText(String name) {
        this.name = name;
    }

    /** A line that a shell passes over, whatever is in it. */
    static String comment(String text) {
        return "# " + plain(text);
    }

    /** A command whose output is kept under a name and shown. */
    static String answered(String command, String name, String title) {
        int document = command.indexOf(" <<");
        int end = document < 0 ? -1 : command.indexOf('\n', document);
        String shown = " | answer " + name + " " + Curl.quoted(plain(title));
        return end < 0 ? command + shown : command.substring(0, end) + shown + command.substring(end);
    }

    private static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\u2028\u2029]+", " ");
    }

    void head(String rule, String sentence, String expected, String actual) {
        lines.add("#!/bin/sh");
        for (String line : List.of(rule, sentence, "expected: " + expected, "actual:   " + actual)) {
            lines.add(comment(line));
        }
        lines.add("#");
        lines.add("# Makes the calls that showed it once more, by curl, and shows what is answered now.");
    }

    /** Where the instances are: what is given to the script, else what was known when it was written. */
    void addresses(int instances, List<URI> addresses, Headers headers) {
        lines.add("#   sh " + name + IntStream.rangeClosed(1, instances).mapToObj(i -> " URL").collect(Collectors.joining()));
        headers.list().forEach(header -> lines.add("# The variable " + header.variable() + " holds the header "
                + header.name() + ": export it first."));
        lines.add("set -eu");
        for (int i = 1; i <= instances; i++) {
            String known = i <= addresses.size() ? Curl.quoted(addresses.get(i - 1).toString()) : i == 1 ? "" : "$URL1";
            lines.add("URL" + i + "=${" + i + ":-" + known + "}");
        }
        lines.add("[ -n \"$URL1\" ] || { echo \"usage: sh $0 URL, such as http://127.0.0.1:4100\" >&2; exit 2; }");
        lines.addAll(FUNCTIONS.lines().toList());
        lines.add("restart() {");
        for (int i = 1; i <= instances; i++) {
            lines.add("  " + Curl.atVariable("URL" + i).with(headers).control("restart", Map.of())
                    .command(Map.of()));
        }
        lines.add("}");
    }

    void section(String title) {
        lines.add("");
        lines.add(comment(title));
    }

    void command(String command, String name, String title) {
        lines.add(answered(command, name, title));
    }

    void lines(List<String> more) {
        lines.addAll(more);
    }

    void workspace(String name, List<String> users) {
        lines.add(name + "=$(field " + name + " workspaceId)");
        lines.add("required \"$" + name + "\" workspaceId");
        for (int i = 0; i < users.size(); i++) {
            lines.add(users.get(i) + "=$(member " + name + " " + (i + 1) + ")");
            lines.add("required \"$" + users.get(i) + "\" userId");
        }
    }

    /** One user that plays all of them. */
    void user(List<String> users) {
        lines.add(users.get(0) + "=$(field " + users.get(0) + " userId)");
        lines.add("required \"$" + users.get(0) + "\" userId");
    }

    void madeUp(String name, List<String> users) {
        lines.add(name + "=" + "10000000-0000-4000-8000-${RUN}0000");
        for (int i = 0; i < users.size(); i++) {
            lines.add(users.get(i) + "=" + String.format("20000000-0000-4000-8000-${RUN}%04x", i));
        }
    }

    /** Lanes that run at the same time. */
    void atOnce(List<List<String>> lanes) {
        section("at the same time:");
        for (List<String> lane : lanes) {
            lines.add("{");
            lines.addAll(lane);
            lines.add("} &");
        }
        lines.add("wait");
    }

    void end(String expected, String actual) {
        lines.add("");
        lines.add("echo");
        lines.add("printf '%s\\n' " + Curl.quoted(plain("expected: " + expected)) + " "
                + Curl.quoted(plain("then came: " + actual)));
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
