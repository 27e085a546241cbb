package dev.or3.tck.suites.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.or3.tck.suites.line.LineFaults;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a client does in one step. {@code space} is the index of the workspace that the call is about. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Action.Push.class, name = "push"),
    @JsonSubTypes.Type(value = Action.Pull.class, name = "pull"),
    @JsonSubTypes.Type(value = Action.Drain.class, name = "drain"),
    @JsonSubTypes.Type(value = Action.MoveCursor.class, name = "moveCursor"),
    @JsonSubTypes.Type(value = Action.Collect.class, name = "collect"),
    @JsonSubTypes.Type(value = Action.Snapshot.class, name = "snapshot"),
    @JsonSubTypes.Type(value = Action.Inspect.class, name = "inspect"),
    @JsonSubTypes.Type(value = Action.Raw.class, name = "raw"),
    @JsonSubTypes.Type(value = Action.Ask.class, name = "ask"),
    @JsonSubTypes.Type(value = Action.Transfer.class, name = "transfer"),
    @JsonSubTypes.Type(value = Action.Arrange.class, name = "arrange"),
    @JsonSubTypes.Type(value = Action.AdvanceClock.class, name = "advanceClock"),
    @JsonSubTypes.Type(value = Action.Restart.class, name = "restart"),
    @JsonSubTypes.Type(value = Action.Reopen.class, name = "reopen"),
    @JsonSubTypes.Type(value = Action.Disturb.class, name = "disturb"),
    @JsonSubTypes.Type(value = Action.Kill.class, name = "kill"),
    @JsonSubTypes.Type(value = Action.Barrier.class, name = "barrier")})
public sealed interface Action {

    /** Pushes a batch; the runner retries it when its outcome is unknown, as {@link #leaveOpen} allows. */
    record Push(int space, List<PlannedOperation> operations, boolean leaveOpen) implements Action {
        public Push {
            operations = List.copyOf(operations);
        }
    }

    /** One page. From {@link Base#OWN} it moves the client's own position. */
    record Pull(int space, Position from, int limit, List<String> tables) implements Action {
    }

    /** Pages until nothing remains. */
    record Drain(int space, Position from, int limit, List<String> tables) implements Action {
    }

    /**
     * @param device the device whose cursor moves; null for the client's own
     */
    record MoveCursor(int space, String device, Position to) implements Action {
    }

    /**
     * Collects garbage.
     *
     * @param tombstones   tombstones if true, else the change log
     * @param untilSettled whether to repeat while the log's floor still moves, a bounded number of times
     */
    record Collect(int space, boolean tombstones, long retentionSeconds, boolean untilSettled) implements Action {
    }

    /**
     * Reads a snapshot.
     *
     * @param handle  names the snapshot, so that later steps of any client can go on with it
     * @param reading how much of it, or with which token
     */
    record Snapshot(int space, String handle, int pageSize, Reading reading) implements Action {
    }

    /** How a snapshot is read: the first page, the next one, what remains, all of it, or with a token nobody gave out. */
    enum Reading { FIRST, NEXT, REST, WHOLE, FORGED }

    /** Looks at one record through the inspect control. */
    record Inspect(int space, String table, String pk) implements Action {
    }

    /** A call that the typed interfaces cannot express: its input is JSON text with placeholders. */
    record Raw(int space, String component, String method, String input) implements Action {
    }

    /**
     * A call of a component other than sync.
     *
     * @param as    the signed-in user, a text with placeholders; null for nobody
     * @param in    the workspace of the session, a text with placeholders; null for none
     * @param input JSON text with placeholders
     * @param binds variables, each with the JSON pointer to its value in the answer, {@code ""} for the whole of it; a
     *              segment {@code [name!=text]} stands for the first element of a list whose field is not that
     */
    record Ask(String component, String method, String as, String in, String input, Map<String, String> binds)
            implements Action {
        public Ask {
            // In one order, so that equal plans have equal texts in every JVM.
            binds = Collections.unmodifiableMap(new TreeMap<>(binds));
        }
    }

    /**
     * Sends or fetches bytes by a URL that a presign answered.
     *
     * @param url  the variable that holds the whole answer of the presign
     * @param body what is sent; null to fetch
     * @param swap what is tried on the URL; null for nothing
     */
    record Transfer(String url, Body body, Swap swap) implements Action {
    }

    /**
     * The bytes of a file, made up when the plan runs: fresh in every run, and the same throughout it. A smaller body of
     * the same seed is the beginning of a larger one. Its SHA-256 is {@code ${sha256:SIZE:SEED}}.
     *
     * @param size in bytes
     */
    record Body(int size, int seed) {
    }

    /**
     * A text in a URL and what somebody puts in its place, both with placeholders. Where the URL does not hold it, the step
     * is left out.
     */
    record Swap(String from, String to) {
    }

    /**
     * The kit sees to something around the provider, and looks what is there: it plays a backend, registers a type of
     * backends, searches for secrets.
     *
     * @param what one of the things that {@code dev.or3.tck.suites.run.Backstage} can see to
     * @param with how, in texts with placeholders
     */
    record Arrange(String what, Map<String, String> with) implements Action {
        public Arrange {
            // In one order, so that equal plans have equal texts in every JVM.
            with = Collections.unmodifiableMap(new TreeMap<>(with));
        }
    }

    /** Moves provider time forward. */
    record AdvanceClock(long seconds) implements Action {
    }

    /** Restarts the provider gracefully; stands alone in a stage that is not parallel. */
    record Restart() implements Action {
    }

    /**
     * Ends the provider and starts it again on the same storage, serving the wire schema as of a version (WIRE-05); stands
     * alone in a stage that is not parallel, in a plan that runs on a target of its own.
     */
    record Reopen(int schema) implements Action {
    }

    /**
     * Sets what the line does to calls of the sync component from then on (DUR-07); stands in a stage that is not parallel.
     * A plan that disturbs the line calms it before it ends.
     */
    record Disturb(LineFaults faults) implements Action {
    }

    /**
     * Kills all instances of the provider at once, with calls of the other clients under way, and starts them again on the
     * same storage. In a stage that is not parallel nothing is under way, and it is done without waiting.
     *
     * @param afterCalls how many calls the stage must have made, with a push among those under way
     * @param micros     so much later, if a push is under way then too: the moment is drawn, not the same in all plans
     */
    record Kill(int afterCalls, int micros) implements Action {
    }

    /** Waits until every client of the stage that has a barrier of this number has come to it. */
    record Barrier(int number) implements Action {
    }

    /**
     * A version that is known only when the plan runs.
     *
     * @param base   where to count from
     * @param offset added to it; the result is not lowered below 0 here
     */
    record Position(Base base, long offset) {
        public static final Position START = new Position(Base.ZERO, 0);
        public static final Position OWN = new Position(Base.OWN, 0);
        public static final Position HEAD = new Position(Base.HEAD, 0);
    }

    /** Zero, the client's own position in that workspace, or the highest version that this client has seen there. */
    enum Base { ZERO, OWN, HEAD }
}
