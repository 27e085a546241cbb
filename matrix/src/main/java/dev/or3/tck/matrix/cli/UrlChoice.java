package dev.or3.tck.matrix.cli;

import dev.or3.tck.suites.connect.HttpTarget;
import dev.or3.tck.suites.connect.UnreachableException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A provider that runs already.
 *
 * @param addresses one of each instance
 */
record UrlChoice(List<URI> addresses) implements TargetChoice {
    static final String URLS = "urls";

    UrlChoice {
        addresses = List.copyOf(addresses);
    }

    /**
     * @throws IllegalArgumentException if it is no address of a server, or holds more than one
     */
    static URI checked(URI address) {
        return HttpTarget.base(address);
    }

    @Override
    public Running start(Console console, Duration limit) {
        TemporaryData data = TemporaryData.create();
        try {
            return new Running(HttpTarget.open(addresses), data);
        } catch (UnreachableException e) {
            data.close();
            throw Trouble.unreachable("the provider cannot be reached: " + e.getMessage(), e);
        }
    }

    @Override
    public Map<String, String> toMap() {
        return Map.of(URLS, addresses.stream().map(URI::toString).collect(Collectors.joining(" ")));
    }

    static UrlChoice fromMap(Map<String, String> map) {
        return new UrlChoice(Arrays.stream(map.get(URLS).split(" ")).map(text -> checked(URI.create(text))).toList());
    }
}
