package dev.or3.tck.matrix.cli;

import dev.or3.tck.suites.connect.Headers;
import dev.or3.tck.suites.connect.HttpTarget;
import dev.or3.tck.suites.connect.Secrets;
import dev.or3.tck.suites.connect.UnreachableException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A provider that runs already.
 *
 * @param addresses one of each instance
 * @param headers   sent with every request
 */
record UrlChoice(List<URI> addresses, List<HeaderOption> headers) implements TargetChoice {
    static final String URLS = "urls";
    private static final String HEADERS = "headers";

    UrlChoice {
        addresses = List.copyOf(addresses);
        headers = List.copyOf(headers);
    }

    /** The same provider, with other headers where some are given. */
    UrlChoice with(List<HeaderOption> others) {
        return others.isEmpty() ? this : new UrlChoice(addresses, others);
    }

    /** The headers by the variables that stand for their values where requests are shown. */
    Headers shownHeaders() {
        return new Headers(headers.stream().map(HeaderOption::shown).toList());
    }

    /** The headers with their values, which the console shows no more from now on. */
    Headers resolveHeaders(Console console) {
        Headers resolved = new Headers(headers.stream().map(header -> header.resolve(console)).toList());
        console.hide(Secrets.of(resolved));
        return resolved;
    }

    /**
     * @throws IllegalArgumentException if it is no address of a server, or holds more than one
     */
    static URI checked(URI address) {
        return HttpTarget.base(address);
    }

    @Override
    public Running start(Console console, Duration limit) {
        Headers resolved = resolveHeaders(console);
        TemporaryData data = TemporaryData.create();
        try {
            return new Running(HttpTarget.open(addresses, resolved, console.secrets(), limit), data);
        } catch (UnreachableException e) {
            data.close();
            throw Trouble.unreachable("the provider cannot be reached: " + e.getMessage(), e);
        }
    }

    @Override
    public Map<String, String> toMap() {
        Map<String, String> map = new TreeMap<>();
        map.put(URLS, addresses.stream().map(URI::toString).collect(Collectors.joining(" ")));
        if (!headers.isEmpty()) {
            map.put(HEADERS, headers.stream().map(HeaderOption::written).collect(Collectors.joining("\n")));
        }
        return map;
    }

    static UrlChoice fromMap(Map<String, String> map) {
        return new UrlChoice(Arrays.stream(map.get(URLS).split(" ")).map(text -> checked(URI.create(text))).toList(),
                map.getOrDefault(HEADERS, "").lines().map(HeaderOption::ofWritten).toList());
    }
}
