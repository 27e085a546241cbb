package dev.or3.tck.suites.check.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.suites.backend.Mood;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a history tells of the world around the config component: backends, their moods, and who is an admin. */
final class ConfigWorld {
    static final String COMPONENT = "config";

    private static final List<String> ADDRESSES = List.of("deploymentUrl", "baseUrl", "url");
    private static final Pattern MARK = Pattern.compile("^https?://[^/]+/([^/?#]+)");

    final History history;
    final List<AskCall> all;
    final List<AskCall> calls;
    private final List<Event> arranged = new ArrayList<>();

    ConfigWorld(History history) {
        this.history = history;
        this.all = AskCall.all(history);
        this.calls = all.stream().filter(call -> call.component().equals(COMPONENT)).toList();
        history.events().stream().filter(event -> event.call() instanceof Call.Arranged).forEach(arranged::add);
    }

    /**
     * A backend as answers show it.
     *
     * @param mark what is in all it answers
     */
    record Use(String type, String mark) {
        /** Whether an answer of the query method came from there. */
        boolean answers(JsonNode answer) {
            return type.equals(answer.path("type").asText()) && Pattern.compile(Pattern.quote(mark) + "(?![\\w-])")
                    .matcher(answer.path("result").toString()).find();
        }
    }

    /** The backend of organizations that chose none, if the kit knows it. */
    Optional<Use> standard() {
        return arranged.stream().filter(event -> what(event).equals("environment")).map(ConfigWorld::found)
                .filter(found -> found.has("type"))
                .map(found -> new Use(found.path("type").asText(), found.path("backend").asText())).findFirst();
    }

    /** The backend that a configuration leads to; without a mark where no address tells. */
    static Use use(JsonNode config) {
        String mark = ADDRESSES.stream().map(field -> MARK.matcher(config.path(field).asText())).filter(Matcher::find)
                .map(found -> found.group(1)).findFirst().orElse(config.path("name").asText());
        return new Use(config.path("type").asText(), mark);
    }

    /** How the played backend behaved all through a call; empty if it was not played, or changed meanwhile. */
    Optional<Mood> mood(Use use, AskCall during) {
        Mood mood = use.mark().equals(standard().map(Use::mark).orElse(null)) ? new Mood(200, 0, false) : null;
        for (Event event : arranged) {
            if (!what(event).equals("play") || event.invoked() > during.event().returned()
                    || !use.mark().endsWith("-" + with(event).path("backend").asText())) {
                continue;
            }
            if (event.returned() > during.event().invoked()) {
                return Optional.empty();
            }
            mood = Mood.of(Json.mapper().convertValue(with(event),
                    Json.mapper().getTypeFactory().constructMapType(Map.class, String.class, String.class)));
        }
        return Optional.ofNullable(mood);
    }

    /** Whether the backend was well all through a call. */
    boolean isWell(Use use, AskCall during) {
        return mood(use, during).filter(mood -> mood.status() == 200 && !mood.dead()).isPresent();
    }

    List<Event> arranged(String what) {
        return arranged.stream().filter(event -> what(event).equals(what)).toList();
    }

    private static String what(Event event) {
        return ((Call.Arranged) event.call()).what();
    }

    static JsonNode with(Event event) {
        return ((Call.Arranged) event.call()).with().parse();
    }

    /** An empty object where nothing was found. */
    static JsonNode found(Event event) {
        Call.Arranged call = (Call.Arranged) event.call();
        return call.found() == null ? Json.mapper().createObjectNode() : call.found().parse();
    }

    /** Whether there is such an organization, as far as the history knows. */
    boolean isOrganization(String orgId) {
        return history.header().spaces().stream().anyMatch(space -> space.workspaceId().equals(orgId));
    }

    /** The role of a user in an organization: owner, editor, viewer; null for strangers. */
    String role(String user, String orgId) {
        return history.header().spaces().stream().filter(space -> space.workspaceId().equals(orgId))
                .flatMap(space -> space.members().stream()).filter(member -> member.userId().equals(user))
                .map(member -> member.role().wireName()).findFirst().orElse(null);
    }

    /** Whether the user was made an admin before the call, and nobody began to take that back; empty if nobody can tell. */
    Optional<Boolean> isAdmin(String user, AskCall during) {
        Optional<Boolean> admin = Optional.of(false);
        for (AskCall call : all) {
            boolean grant = call.is("admin", "grantAdmin");
            if (!(grant || call.is("admin", "revokeAdmin")) || !user.equals(call.text("userId"))
                    || during.isAnsweredBefore(call)) {
                continue;
            }
            admin = call.isOk() && call.isAnsweredBefore(during) ? Optional.of(grant)
                    : call.mayTakeEffect() ? Optional.empty() : admin;
        }
        return admin;
    }
}
