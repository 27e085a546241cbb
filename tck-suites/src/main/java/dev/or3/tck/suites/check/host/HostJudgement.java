package dev.or3.tck.suites.check.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.run.History;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a host lets its callers do, and what it does for those who may. The calls come one after another, so that who is a
 * member of what is known at each.
 */
public final class HostJudgement implements Judgement {
    private static final String ENDPOINTS = "WIR-06";
    private static final String ACCESS = "WIR-07";
    private static final Set<Integer> KEPT_OUT = Set.of(403, 404, 410);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int FAILURES = 500;
    private static final String NOWHERE = "a request that was refused";

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        List<HostCall> calls = HostCall.all(index.history());
        if (!calls.isEmpty()) {
            AskFindings found = new AskFindings();
            new Story(index.history(), calls, found).tell();
            found.moveTo(findings, true);
        }
    }

    /** The calls in their order, with what is known at each. */
    private static final class Story {
        private final Map<String, Map<String, Role>> members = new HashMap<>();
        private final Map<String, String> names = new HashMap<>();
        /** Where a mark belongs: a workspace, or nowhere. */
        private final Map<String, String> homes = new HashMap<>();
        private final Map<String, String> active = new HashMap<>();
        private final Set<String> twins;
        private final List<HostCall> calls;
        private final AskFindings found;

        Story(History history, List<HostCall> calls, AskFindings found) {
            history.header().spaces().forEach(space -> members.put(space.workspaceId(), space.members().stream()
                    .collect(Collectors.toMap(History.Member::userId, History.Member::role))));
            this.calls = calls;
            this.found = found;
            this.twins = calls.stream().filter(HostCall::isOk).filter(call -> call.user() != null).map(HostCall::endpoint)
                    .collect(Collectors.toSet());
        }

        void tell() {
            for (HostCall call : calls) {
                if (call.saysNothing()) {
                    continue;
                }
                judgeStatus(call);
                judgeMarks(call);
                if (!call.isOk()) {
                    check(call.isWellRefused(), ENDPOINTS, call, "an error has a body of statusCode and message",
                            "{statusCode, message}");
                }
                learn(call);
                if (call.isOk()) {
                    judgeAnswer(call);
                }
            }
        }

        private Role role(HostCall call) {
            return call.workspace() == null ? null : role(call.workspace(), call.user());
        }

        private Role role(String workspace, String user) {
            return user == null ? null : members.getOrDefault(workspace, Map.of()).get(user);
        }

        private void judgeStatus(HostCall call) {
            if (call.endpoint().contains("/nowhere")) {
                check(call.status() == NOT_FOUND, ENDPOINTS, call, "nothing is there", "404");
            } else if (call.endpoint().equals(HostCall.SESSION)) {
                check(call.isOk(), ENDPOINTS, call, "everybody may ask who they are", "200");
            } else if (call.user() == null) {
                boolean absent = call.endpoint().startsWith("GET /api/admin") && KEPT_OUT.contains(call.status());
                refused(call.status() == UNAUTHORIZED || absent, call, "nobody is signed in", "401");
            } else if (call.needsWorkspace() && call.workspace() == null) {
                check(call.status() == BAD_REQUEST, ENDPOINTS, call, "it names no workspace", "400");
            } else if (call.needsWorkspace() && call.isBeyond(role(call))) {
                refused(KEPT_OUT.contains(call.status()), call, role(call) == null
                        ? "the caller is no member of the workspace" : "the caller is a " + role(call).wireName()
                        + " of the workspace", "403 or 404");
            } else if (!call.needsWorkspace() || !call.mayGoEitherWay(role(call))) {
                boolean served = call.isOk() || call.isChoosy() && call.status() < FAILURES
                        && call.status() != UNAUTHORIZED && call.status() != FORBIDDEN;
                check(served, ENDPOINTS, call, "the caller may do this, and the request is well formed", "a 2xx");
            }
        }

        /** What is refused counts beside a twin that was accepted. */
        private void refused(boolean well, HostCall call, String why, String expected) {
            if (!well) {
                violated(ACCESS, call, why, expected);
            } else if (twins.contains(call.endpoint())) {
                found.premise(ACCESS, 1);
            }
        }

        private void check(boolean holds, String rule, HostCall call, String why, String expected) {
            if (holds) {
                found.premise(rule, 1);
            } else {
                violated(rule, call, why, expected);
            }
        }

        private void violated(String rule, HostCall call, String why, String expected) {
            String outcome = call.ask().outcome();
            found.violated(rule, call.workspace(), "Because " + why + ", yet " + call.called() + " got " + outcome + ".",
                    expected, outcome, call.ask());
        }

        private void learn(HostCall call) {
            String home = call.isOk() ? call.workspace() : NOWHERE;
            if (call.isOk()) {
                switch (call.endpoint()) {
                    case HostCall.CREATE -> {
                        home = id(call.ask().answer());
                        members.put(home, Map.of(call.user() == null ? "" : call.user(), Role.OWNER));
                        names.put(home, call.ask().text("name"));
                    }
                    case HostCall.RENAME -> names.put(home, call.ask().text("name"));
                    case HostCall.REMOVE -> members.put(home, Map.of());
                    case HostCall.ACTIVATE -> active.put(call.user(), home);
                    default -> { }
                }
            }
            for (String mark : call.marks()) {
                homes.put(mark, home);
            }
        }

        private static String id(JsonNode made) {
            return String.valueOf(made.path(made.has("workspaceId") ? "workspaceId" : "id").textValue());
        }

        /** Marks are seen by members of the workspace to which they went, and in that workspace. */
        private void judgeMarks(HostCall call) {
            for (String mark : call.marksAnswered()) {
                String home = homes.get(mark);
                if (home != null && role(home, call.user()) == null) {
                    violated(ACCESS, call, mark + " is in " + (home.equals(NOWHERE) ? home
                            : "workspace " + home + ", which is none of the caller's"), "nothing of it");
                } else if (home != null && call.endpoint().equals(HostCall.PULL) && !home.equals(call.workspace())) {
                    violated(ACCESS, call, mark + " went to workspace " + home, "only what went to this workspace");
                }
            }
        }

        private void judgeAnswer(HostCall call) {
            JsonNode answer = call.ask().answer();
            switch (call.endpoint()) {
                case HostCall.SESSION -> judgeSession(call, answer);
                case HostCall.LIST -> judgeList(call, answer);
                case HostCall.PULL -> judgePull(call, answer);
                case HostCall.PUSH -> check(answer.at("/results/0/success").asBoolean(), ENDPOINTS, call,
                        "the operation is well formed", "success");
                default -> { }
            }
        }

        private void judgeSession(HostCall call, JsonNode answer) {
            JsonNode user = answer.at("/session/user/id");
            if (call.user() == null) {
                check(user.isMissingNode() || user.isNull(), ACCESS, call, "nobody is signed in", "no session");
                return;
            }
            check(call.user().equals(user.textValue()), ENDPOINTS, call, "this is user " + call.user(), call.user());
            String activated = active.get(call.user());
            if (activated != null) {
                check(activated.equals(answer.at("/session/workspace/id").textValue()), ENDPOINTS, call,
                        "workspace " + activated + " was made the active one", activated);
            }
        }

        /** A list has what is the caller's, by the name it got last, and nothing else that is known. */
        private void judgeList(HostCall call, JsonNode answer) {
            Map<String, String> listed = new HashMap<>();
            (answer.isArray() ? answer : answer.path("workspaces"))
                    .forEach(entry -> listed.put(entry.path("id").asText(), entry.path("name").asText()));
            members.forEach((workspace, roles) -> {
                boolean own = role(workspace, call.user()) != null;
                check(own == listed.containsKey(workspace), own ? ENDPOINTS : ACCESS, call, "workspace " + workspace + " is "
                        + (own ? "" : "none ") + "of the caller's", own ? "listed" : "not listed");
                String name = names.get(workspace);
                if (own && listed.containsKey(workspace) && name != null && !name.equals(listed.get(workspace))) {
                    violated(ENDPOINTS, call, "workspace " + workspace + " was named " + name, name);
                }
            });
        }

        private void judgePull(HostCall call, JsonNode answer) {
            if (answer.path("hasMore").asBoolean()) {
                return;
            }
            Set<String> shown = HostCall.marksIn(answer.path("changes").toString());
            homes.forEach((mark, home) -> {
                if (home.equals(call.workspace()) && isPushed(mark)) {
                    check(shown.contains(mark), ENDPOINTS, call, mark + " was pushed to this workspace", "to be shown");
                }
            });
        }

        private boolean isPushed(String mark) {
            return calls.stream().anyMatch(call -> call.endpoint().equals(HostCall.PUSH) && call.marks().contains(mark));
        }
    }
}
