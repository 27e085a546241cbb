package dev.or3.tck.matrix.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.suites.connect.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Whether calls that are under way together get their own answers: by the number that a bridge sends back, and by what they
 * hold, for every call pushes an operation of its own.
 */
final class ConcurrencyLook {
    private static final String SUBJECT = "concurrent calls";
    private static final int CALLS = 12;
    private static final int OK = 200;

    private final Ward ward;
    private final List<Wire> wires;
    private final Duration limit;

    private ConcurrencyLook(Ward ward, List<Wire> wires, Duration limit) {
        this.ward = ward;
        this.wires = wires;
        this.limit = limit;
    }

    /**
     * @param wires one to each address
     * @param limit how long the calls may take
     */
    static List<Finding> look(Ward ward, List<Wire> wires, Duration limit) {
        if (!ward.manifest().hasComponent("sync")) {
            return List.of();
        }
        return new ConcurrencyLook(ward, wires, limit).look();
    }

    /** A call under way. */
    private record Asked(Wire wire, long number, String opId, String body, CompletableFuture<Wire.Seen> answer) {
        Finding finding(String text) {
            return Finding.broken(SUBJECT, text, "keep request and answer together: nothing that belongs to one call may lie"
                    + " where another one finds it").repeatedBy(wire.curl().posting(body));
        }
    }

    private List<Finding> look() {
        long first = ThreadLocalRandom.current().nextLong(1L << 40);
        Optional<Finding> alone = judge(List.of(ask(first)));
        if (alone.isPresent()) {
            // Wrong also without company: the round trip tells.
            return List.of();
        }
        List<Asked> asked = new ArrayList<>();
        for (int i = 1; i <= CALLS; i++) {
            asked.add(ask(first + i));
        }
        return List.of(judge(asked).orElseGet(() -> Finding.ok(SUBJECT, CALLS + " at once, each with its own answer"
                + (asked.get(0).answer().join().callNumber().isPresent() ? " and number" : ""))));
    }

    private Asked ask(long number) {
        Operation put = ward.put();
        Wire wire = wires.get((int) (number % wires.size()));
        String body = new String(Json.writeUtf8(new Body("sync", "push", ward.owner(),
                new PushRequest(ward.scope(), List.of(put)))), StandardCharsets.UTF_8);
        return new Asked(wire, number, put.stamp().opId(), body, wire.post(body, number, limit));
    }

    private record Body(String component, String method, Caller as, PushRequest input) {
    }

    private static Optional<Finding> judge(List<Asked> asked) {
        for (Asked call : asked) {
            Wire.Seen seen = call.answer().join();
            if (seen.trouble().isPresent()) {
                return Optional.of(call.finding("of " + asked.size() + " calls at once, one is lost: " + seen.trouble().get()));
            }
            if (seen.status() != OK) {
                return Optional.of(call.finding("of " + asked.size() + " calls at once, one is answered with HTTP status "
                        + seen.status()));
            }
            Optional<String> echoed = seen.callNumber();
            if (echoed.isPresent() && !echoed.get().equals(Long.toString(call.number()))) {
                return Optional.of(call.finding("answers are mixed up: call " + call.number() + " got the answer of call "
                        + echoed.get()));
            }
            JsonNode answer = json(seen);
            if (answer.path("ok").isBoolean() && !answer.path("ok").booleanValue()) {
                return Optional.of(Finding.fail(SUBJECT, "of " + asked.size() + " pushes at once, one is refused: "
                        + answer.path("error").path("status").asText() + " " + answer.path("error").path("message").asText(),
                        "let calls wait for each other rather than fail").repeatedBy(call.wire().curl().posting(call.body())));
            }
            String told = answer.path("result").path("results").path(0).path("opId").asText("");
            if (!call.opId().equals(told)) {
                boolean another = asked.stream().anyMatch(other -> other.opId().equals(told));
                return Optional.of(call.finding("answers are mixed up: the push of " + call.opId() + " got a result "
                        + (another ? "for " + told + ", which another call pushed at the same time"
                                : "that does not name it, and alone it did")));
            }
        }
        return Optional.empty();
    }

    private static JsonNode json(Wire.Seen seen) {
        try {
            return Json.mapper().readTree(seen.body());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
