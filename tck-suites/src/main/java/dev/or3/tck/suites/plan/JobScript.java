package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.AskScript.bound;
import static dev.or3.tck.suites.plan.AskScript.fields;

import dev.or3.tck.api.Json;
import java.util.Map;

/** Writes down calls of the jobs component. A job is known by a tag; whoever writes to it is its user. */
final class JobScript {
    private static final String COMPONENT = "jobs";

    final AskScript script = new AskScript();
    private int texts;

    /** Asks first how many jobs stream already, which tells how many of them are others'. */
    JobScript() {
        count();
    }

    JobScript create(String user, String tag) {
        return ask(creation(user, tag, tag));
    }

    /**
     * @param bind the tag that takes the id, or null
     */
    static Action.Ask creation(String user, String tag, String bind) {
        return new Action.Ask(COMPONENT, "createJob", user, AskScript.session(user), Json.write(fields("userId", user,
                "threadId", "thread-" + tag + "-${run}", "messageId", "message-" + tag, "model", "model/of-" + tag,
                "kind", "chat")), bind == null ? Map.of() : Map.of(bind, ""));
    }

    static Action.Ask looking(String user, String tag) {
        return call("getJob", user, "jobId", bound(tag), "userId", user);
    }

    static Action.Ask counting() {
        return call("getActiveJobCount", AskScript.OWNER);
    }

    /** A chunk that no other call sends. */
    Action.Ask writing(String user, String tag) {
        return call("updateJob", user, "jobId", bound(tag), "contentChunk", fresh());
    }

    Action.Ask completing(String user, String tag) {
        return call("completeJob", user, "jobId", bound(tag), "finalContent", "final " + fresh());
    }

    static Action.Ask failing(String user, String tag) {
        return call("failJob", user, "jobId", bound(tag), "error", "the model is gone");
    }

    static Action.Ask aborting(String user, String tag) {
        return call("abortJob", user, "jobId", bound(tag), "userId", user);
    }

    static Action.Ask checking(String user, String tag) {
        return call("checkJobAborted", user, "jobId", bound(tag));
    }

    JobScript get(String user, String tag) {
        return ask(looking(user, tag));
    }

    JobScript write(String user, String tag) {
        return ask(writing(user, tag));
    }

    /** A sign of activity without content. */
    JobScript touch(String user, String tag) {
        return ask(call("updateJob", user, "jobId", bound(tag), "chunksReceived", texts));
    }

    JobScript complete(String user, String tag) {
        return ask(completing(user, tag));
    }

    JobScript fail(String user, String tag) {
        return ask(failing(user, tag));
    }

    JobScript abort(String user, String tag) {
        return ask(aborting(user, tag));
    }

    JobScript check(String user, String tag) {
        return ask(checking(user, tag));
    }

    JobScript cleanup() {
        return ask(call("cleanupExpired", AskScript.OWNER));
    }

    JobScript count() {
        return ask(counting());
    }

    JobScript ask(Action.Ask ask) {
        script.ask(ask);
        return this;
    }

    private static Action.Ask call(String method, String as, Object... input) {
        return new Action.Ask(COMPONENT, method, as, AskScript.session(as), Json.write(fields(input)), Map.of());
    }

    /** Also with what is easily lost: blanks at the ends, marks, characters beyond the first plane. */
    private String fresh() {
        String text = switch (texts % 4) {
            case 0 -> "a ";
            case 1 -> "\n";
            case 2 -> "e\u0301\ud83d\ude80";
            default -> "\"\\";
        };
        return "[" + texts++ + ":" + text + "]";
    }
}
