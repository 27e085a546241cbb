package dev.or3.tck.matrix.host;

import dev.or3.tck.matrix.host.Route.Rate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * What a host may be asked for.
 *
 * @param perMinute    requests of a user in a minute, by what they count as
 * @param maxBodyBytes of a request
 */
record HostSettings(Map<Rate, Integer> perMinute, int maxBodyBytes) {
    static final String MAX_BODY = "OR3_HOST_MAX_BODY_BYTES";
    static final String PUSHES = "OR3_HOST_PUSHES_PER_MINUTE";
    static final String PULLS = "OR3_HOST_PULLS_PER_MINUTE";
    static final String COLLECTIONS = "OR3_HOST_COLLECTIONS_PER_MINUTE";
    private static final int USUAL_BODY = 8 << 20;

    /**
     * @throws ConfigurationException if a number is none
     */
    static HostSettings of(Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        Map<Rate, Integer> perMinute = new EnumMap<>(Map.of(Rate.PUSH, 200, Rate.PULL, 120, Rate.COLLECT, 10));
        Map.of(PUSHES, Rate.PUSH, PULLS, Rate.PULL, COLLECTIONS, Rate.COLLECT).forEach((variable, rate) ->
                number(environment, variable, problems, given -> perMinute.put(rate, (int) given)));
        int[] body = {USUAL_BODY};
        number(environment, MAX_BODY, problems, given -> body[0] = (int) given);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new HostSettings(perMinute, body[0]);
    }

    private static void number(Map<String, String> environment, String variable, List<String> problems, LongConsumer use) {
        String text = environment.getOrDefault(variable, "");
        if (text.matches("[1-9][0-9]{0,8}")) {
            use.accept(Long.parseLong(text));
        } else if (!text.isBlank()) {
            problems.add(variable + " must be a number from 1 to 999999999");
        }
    }
}
