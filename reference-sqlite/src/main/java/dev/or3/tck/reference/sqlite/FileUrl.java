package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.ProviderException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a URL allows, until it expires.
 *
 * @param method    PUT or GET
 * @param size      of an upload as announced, in bytes; 0 of a download
 * @param expiresAt provider time, in milliseconds since the epoch
 * @param intentId  of an upload; empty of a download
 */
record FileUrl(String method, String workspaceId, String hash, long size, long expiresAt, String intentId) {
    /** Where all of them begin, behind the address of a server. */
    static final String ROOT = "/files/";
    private static final Pattern FORM = Pattern.compile(ROOT + "([^/?]+)/([^/?]+)\\?size=([0-9]{1,15})&expires=([0-9]{1,15})"
            + "&intent=([0-9a-f-]*)&signature=([A-Za-z0-9_-]+)");

    /** Path and query, signed with the secret of the storage. */
    String text(byte[] secret) {
        return place() + "&signature=" + Seal.of(signed(), secret);
    }

    private String place() {
        return ROOT + URLEncoder.encode(workspaceId, StandardCharsets.UTF_8) + "/" + hash + "?size=" + size + "&expires="
                + expiresAt + "&intent=" + intentId;
    }

    private String signed() {
        return method + " " + place();
    }

    /**
     * Reads a request.
     *
     * @throws ProviderException 404 if it is no URL of a file, 403 if it is not as it was handed out for that method, or has
     *                           expired
     */
    static FileUrl of(String method, URI requested, byte[] secret, long now) {
        Matcher parts = FORM.matcher(requested.getRawPath() + "?" + requested.getRawQuery());
        if (!parts.matches()) {
            throw ProviderException.notFound("there is no such file");
        }
        FileUrl url = new FileUrl(method, URLDecoder.decode(parts.group(1), StandardCharsets.UTF_8), parts.group(2),
                Long.parseLong(parts.group(3)), Long.parseLong(parts.group(4)), parts.group(5));
        if (!Seal.fits(parts.group(6), url.signed(), secret)) {
            throw ProviderException.forbidden("this URL is not as it was handed out");
        }
        if (now >= url.expiresAt()) {
            throw ProviderException.forbidden("this URL has expired");
        }
        return url;
    }
}
