package dev.or3.tck.suites.fault;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a URL of the {@link FileServer} allows.
 *
 * @param method    put or get
 * @param size      of an upload as announced, in bytes; 0 of a download
 * @param expiresAt provider time, in milliseconds since the epoch
 * @param intent    of an upload; empty of a download
 */
record FileUrl(String method, String workspaceId, String hash, long size, long expiresAt, String intent) {

    /** Path and query, behind the address of a server. */
    String text(String signature) {
        return "/" + method + "/" + coded(workspaceId) + "/" + coded(hash).replace("%3A", ":") + "?size=" + size
                + "&expires="
                + expiresAt + "&intent=" + intent + "&signature=" + signature;
    }

    private static String coded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }

    /** A URL with the signature it came with. */
    record Signed(FileUrl url, String signature) {
    }

    /**
     * @throws IllegalArgumentException if it is none of ours
     */
    static Signed parse(URI uri) {
        String[] path = uri.getRawPath().split("/", -1);
        if (path.length != 4 || uri.getRawQuery() == null) {
            throw new IllegalArgumentException("no such file");
        }
        Map<String, String> query = Arrays.stream(uri.getRawQuery().split("&")).map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2).collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> a));
        return new Signed(new FileUrl(path[1], URLDecoder.decode(path[2], StandardCharsets.UTF_8),
                URLDecoder.decode(path[3], StandardCharsets.UTF_8), Long.parseLong(query.getOrDefault("size", "")),
                Long.parseLong(query.getOrDefault("expires", "")), query.getOrDefault("intent", "")),
                query.getOrDefault("signature", ""));
    }
}
