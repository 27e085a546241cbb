package dev.or3.tck.suites.backend;

import java.util.Map;

/**
 * How a played backend behaves, whatever it is asked.
 *
 * @param status      what it answers with, if the credentials are right
 * @param delayMillis how long it takes to
 * @param dead        whether it breaks every connection instead
 */
public record Mood(int status, int delayMillis, boolean dead) {

    /** As a plan writes it down: {@code status}, {@code delay} and {@code dead}, all of which may be left out. */
    public static Mood of(Map<String, String> written) {
        return new Mood(Integer.parseInt(written.getOrDefault("status", "200")),
                Integer.parseInt(written.getOrDefault("delay", "0")), Boolean.parseBoolean(written.get("dead")));
    }
}
