package dev.or3.tck.matrix.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.suites.connect.Curl;
import dev.or3.tck.suites.connect.UnreachableException;
import dev.or3.tck.suites.connect.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The bridge before the provider: does it answer at all, in JSON, whole, in time, in this protocol, and does it know what it
 * does not know? Every request is harmless; those of a kind are under way at once.
 */
final class BridgeLook {
    private static final String NO_METHOD =
            "{\"component\":\"sync\",\"method\":\"or3TckUnknown\",\"as\":null,\"input\":{}}";
    private static final String NO_COMPONENT =
            "{\"component\":\"or3TckUnknown\",\"method\":\"or3TckUnknown\",\"as\":null,\"input\":{}}";
    /** Above this, a campaign hardly gets anywhere. */
    private static final long SLOW_MILLIS = 30;
    private static final int TRIES = 5;
    private static final int OK = 200;

    private final Wire wire;
    private final String subject;
    private final Duration limit;
    private final List<Finding> findings = new ArrayList<>();

    private BridgeLook(Wire wire, String subject, Duration limit) {
        this.wire = wire;
        this.subject = subject;
        this.limit = limit;
    }

    /**
     * Looks at one address.
     *
     * @param subject what it is called
     * @param limit   how long each of two rounds of requests may take
     */
    static List<Finding> look(Wire wire, String subject, Duration limit) {
        BridgeLook look = new BridgeLook(wire, subject, limit);
        if (look.manifest()) {
            look.unknown();
        }
        return look.findings;
    }

    private boolean manifest() {
        CompletableFuture<Wire.Seen> first = wire.manifest(limit);
        CompletableFuture<Wire.Seen> second = wire.manifest(limit);
        Curl request = wire.curl().manifest();
        for (Wire.Seen seen : List.of(first.join(), second.join())) {
            Optional<Finding> trouble = trouble(seen, "the manifest");
            if (trouble.isPresent()) {
                findings.add(trouble.get().repeatedBy(request));
                return false;
            }
            try {
                wire.read(seen);
            } catch (UnreachableException e) {
                findings.add(notRead(seen, e).repeatedBy(request));
                return false;
            }
        }
        difference("", json(first.join()), json(second.join())).ifPresent(place -> findings.add(Finding.fail(subject,
                "the manifest changes from call to call, at " + place, "answer the same manifest every time")
                .repeatedBy(request)));
        return true;
    }

    private Finding notRead(Wire.Seen seen, UnreachableException e) {
        JsonNode read = json(seen);
        if (read == null) {
            return Finding.broken(subject, e.getMessage(), seen.text().stripLeading().startsWith("<")
                    ? "this is a web page: give the address of the bridge itself, without a proxy or a login before it"
                    : "answer one JSON object in UTF-8, without a key twice");
        }
        return Finding.broken(subject, e.getMessage(), read.path("protocol").isMissingNode()
                ? "answer GET " + Wire.MANIFEST + " with a manifest that has \"protocol\": 1"
                : "use the bridge and the kit of one protocol, and answer the manifest in its shape");
    }

    /** What makes an answer none of the protocol, whatever was asked. */
    private Optional<Finding> trouble(Wire.Seen seen, String what) {
        if (seen.trouble().isPresent()) {
            String why = seen.trouble().get();
            return Optional.of(Finding.broken(subject, what + " does not come: " + why, advice(why)));
        }
        if (seen.status() == OK) {
            return Optional.empty();
        }
        String text = what + " comes with HTTP status " + seen.status()
                + seen.location().map(place -> ", a redirect to " + place + ", which is never followed").orElse("");
        return Optional.of(Finding.broken(subject, text, switch (seen.status()) {
            case 301, 302, 303, 307, 308 -> "give the address itself that it redirects to, or take the proxy away";
            case 401, 403, 407 -> "give the bridge's token with --header 'authorization: Bearer …'";
            case 404, 405 -> "give the address to which /tck/v1/… is added, and serve that path";
            default -> "answer with HTTP status 200 whatever the provider says: other statuses are lost answers";
        }));
    }

    private static String advice(String why) {
        if (why.startsWith("nobody listens")) {
            return "start the bridge, on the address and port that are given here";
        }
        if (why.contains("within")) {
            return "find out what it waits for; a bridge answers a manifest in a few milliseconds";
        }
        return why.contains("breaks off") ? "send as many bytes as content-length says, and end chunks by an empty one"
                : "see the log of the bridge: it must answer every request in HTTP/1.1";
    }

    /** What it does not know it must refuse, in an answer of the protocol. */
    private void unknown() {
        Map<String, CompletableFuture<Wire.Seen>> asked = new LinkedHashMap<>();
        long number = System.nanoTime() & 0xFFFF_FFFFL;
        for (String body : List.of(NO_METHOD, NO_COMPONENT, "[1]", "{\"component\":")) {
            asked.put(body, wire.post(body, number++, limit));
        }
        expect(asked, NO_METHOD, "a method that does not exist", 501);
        expect(asked, NO_COMPONENT, "a component that does not exist", 501);
        expect(asked, "[1]", "a body that is no object", 400);
        expect(asked, "{\"component\":", "a body that is no JSON", 400);
        if (findings.isEmpty()) {
            findings.add(Finding.ok(subject, "speaks protocol 1, and refuses what it does not know"));
        }
        if (findings.stream().noneMatch(finding -> finding.health() == Finding.Health.BROKEN)) {
            speed();
        }
    }

    /** The best of a few, one by one: the first ones may wait for a process that is just getting up. */
    private void speed() {
        long best = Long.MAX_VALUE;
        long began = System.nanoTime();
        for (int i = 0; i < TRIES && best >= SLOW_MILLIS && System.nanoTime() - began < limit.toNanos() / 2; i++) {
            best = Math.min(best, wire.post(NO_METHOD, i, limit).join().millis());
        }
        if (best >= SLOW_MILLIS) {
            findings.add(Finding.warn(subject, "takes " + best + " ms to refuse a call",
                    "answer in a few milliseconds, or little is tried in a campaign's time; 40 ms are often Nagle's"
                            + " algorithm: set TCP_NODELAY").repeatedBy(wire.curl().posting(NO_METHOD)));
        }
    }

    private void expect(Map<String, CompletableFuture<Wire.Seen>> asked, String body, String what, int status) {
        Wire.Seen seen = asked.get(body).join();
        Curl request = wire.curl().posting(body);
        Optional<Finding> trouble = trouble(seen, "the answer to " + what);
        if (trouble.isPresent()) {
            boolean silent = seen.trouble().isPresent();
            Finding lost = trouble.get();
            findings.add((silent ? lost : Finding.fail(subject, lost.text(), "answer HTTP status 200 with"
                    + " {\"ok\":false,\"error\":{\"status\":" + status + ",\"message\":\"…\"}}")).repeatedBy(request));
            return;
        }
        JsonNode answer = json(seen);
        if (answer == null) {
            findings.add(Finding.broken(subject, what + " is answered with what is not JSON: " + beginning(seen.text()),
                    "answer every call with one JSON object, also where something is wrong").repeatedBy(request));
            return;
        }
        JsonNode told = answer.path("error").path("status");
        if (!answer.path("ok").isBoolean() || answer.path("ok").booleanValue() || !told.isInt() || told.intValue() != status) {
            findings.add(Finding.fail(subject, what + " is answered with " + beginning(seen.text()) + " instead of ok false and"
                    + " status " + status, "refuse it: nothing that a bridge takes for something else is certified")
                    .repeatedBy(request));
        }
    }

    private static String beginning(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.isEmpty() ? "nothing" : line.length() <= 100 ? line : line.substring(0, 100) + "…";
    }

    /** Null if it is no JSON. */
    private static JsonNode json(Wire.Seen seen) {
        try {
            JsonNode read = Json.mapper().readTree(seen.body());
            return read == null || read.isMissingNode() ? null : read;
        } catch (IOException e) {
            return null;
        }
    }

    /** The first place at which two differ. */
    private static Optional<String> difference(String place, JsonNode one, JsonNode other) {
        if (one.equals(other)) {
            return Optional.empty();
        }
        if (one.isObject() && other.isObject()) {
            for (Iterator<String> names = one.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (!other.has(name)) {
                    return Optional.of(place + name);
                }
                Optional<String> inside = difference(place + name + ".", one.get(name), other.get(name));
                if (inside.isPresent()) {
                    return inside;
                }
            }
        }
        return Optional.of(place.isEmpty() ? "its top" : place.replaceAll("\\.$", ""));
    }
}
