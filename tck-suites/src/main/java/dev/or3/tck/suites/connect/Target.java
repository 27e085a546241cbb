package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.backend.KitEnvironment;
import dev.or3.tck.suites.line.LineFault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A provider under test: one or more instances over the same storage. Calls may come from several threads;
 * {@link #restart}, {@link #setClock} and {@link #close} only while none is under way, {@link #kill} at any time.
 */
public interface Target extends AutoCloseable {

    /** How it is reached, in words. */
    String description();

    /** Where it is reached, one address of each instance; empty for those in this JVM. After a restart, ask again. */
    default List<URI> addresses() {
        return List.of();
    }

    /** What must not be written down of what it answers. */
    default Secrets secrets() {
        return Secrets.NONE;
    }

    /** What the provider said of itself when it was reached first. */
    Manifest manifest();

    /** How many instances there are, 1 or more. */
    int instances();

    /** An instance, 0 to {@link #instances} - 1; after a restart, ask again. */
    Provider instance(int index);

    /**
     * A call as JSON, for requests that the typed interfaces cannot express.
     *
     * @throws ProviderException   as the provider refuses or fails
     * @throws LostAnswerException if no answer came
     */
    JsonNode call(int instance, String component, String method, Caller caller, JsonNode input);

    /**
     * The sync component of an instance, over a line that does this to the call. Whoever uses it says {@link #calm} when the
     * line is to be as before.
     */
    default Sync disturbed(int instance, LineFault fault) {
        return new DisturbedSync(instance(instance).sync(), fault);
    }

    /** Gives back what disturbing the line took. */
    default void calm() {
    }

    /** Whether fresh workspaces can be made by getOrCreateUser and createWorkspace. */
    default boolean makesWorkspaces() {
        return manifest().hasComponent("workspaces");
    }

    /** A host's workspace with members of every role; empty for a provider, which knows no roles. */
    default Optional<Standing> standing() {
        return Optional.empty();
    }

    /**
     * @param workspaceId an existing workspace
     * @param roles       of users in it
     * @param users       all that can call, members or not
     * @param hasStorage  whether files can be stored in it
     */
    record Standing(String workspaceId, Map<String, Role> roles, List<String> users, boolean hasStorage) {
    }

    /** A call of a host with credentials that nobody has; throws as {@link #call}. */
    default JsonNode forged(String request, JsonNode input) {
        throw new IllegalStateException("this target asks for no credentials");
    }

    /** How long a call may wait for its turn before it is sent, where the target limits rates. */
    default Duration longestTurn() {
        return Duration.ZERO;
    }

    /** Seconds that provider time is ahead of real time. */
    long clockOffset();

    /** Moves the time of all instances; never lowered. */
    void setClock(long offsetSeconds);

    /** Restarts all instances on the same storage: gracefully, or by killing those that the kit started as processes. */
    void restart();

    /** Whether {@link #kill} works. */
    default boolean canKill() {
        return false;
    }

    /**
     * Ends all instances at once as SIGKILL does, and starts them again on the same storage. Calls under way, and those made
     * before the instances are back, get no answer.
     *
     * @throws UnreachableException if an instance does not come back
     */
    default void kill() {
        throw new IllegalStateException("this target cannot be killed");
    }

    /** Whether {@link #startFresh} and {@link #reopen} work. */
    default boolean canStartUnderOtherSchema() {
        return false;
    }

    /** Another target of the same provider, on fresh storage of its own, serving the given schema. The caller closes it. */
    default Target startFresh(WireSchema schema) {
        throw new IllegalStateException("this target cannot be started under another schema");
    }

    /** Ends all instances and starts them again on the same storage, serving another version of the wire schema. */
    default void reopen(WireSchema schema) {
        throw new IllegalStateException("this target cannot be started under another schema");
    }

    /** What the kit told the provider when it started it. */
    default KitEnvironment environment() {
        return KitEnvironment.NONE;
    }

    /** Whether {@link #startFresh(Map)} and {@link #reopen(Map, Runnable)} work. */
    default boolean canStartOtherwise() {
        return false;
    }

    /** Another target of the same provider, on fresh storage of its own, with other variables over its own. The caller closes it. */
    default Target startFresh(Map<String, String> variables) {
        throw new IllegalStateException("this target cannot be started with other variables");
    }

    /**
     * Ends all instances and starts them again on the same storage, with other variables over their own.
     *
     * @param meanwhile what is done while none of them runs
     * @throws UnreachableException if one does not start; then there is none until the next time
     */
    default void reopen(Map<String, String> variables, Runnable meanwhile) {
        throw new IllegalStateException("this target cannot be started with other variables");
    }

    /** Whether what runs there reaches what the kit plays on this machine. */
    default boolean reachesKit() {
        return true;
    }

    /** The directories and files where the provider keeps what it stores, as far as the kit can look into them; else empty. */
    default List<Path> storage() {
        return List.of();
    }

    /** The command lines of the processes that the kit started, with those that these started; else empty. */
    default List<String> commandLines() {
        return List.of();
    }

    /** The settings that place the provider's storage, where {@link #tryStart} works. */
    default Optional<ProviderFactory.StorageSettings> storageSettings() {
        return Optional.empty();
    }

    /** Files where an instance that {@link #tryStart} starts finds them. The caller closes the place. */
    default Place place(Map<String, String> files) {
        return Place.here(files);
    }

    /**
     * Starts an instance beside the others with settings of its own, and ends it at once.
     *
     * @throws RuntimeException as the provider refuses to start
     */
    default void tryStart(Map<String, String> settings) {
        throw new IllegalStateException("this target cannot be started");
    }

    /**
     * From now on, answers may take so long: over a line, one that takes longer is lost, with a word on how far it came. Who
     * calls within this JVM must bound the call.
     */
    default void limitCalls(Duration limit) {
    }

    /** How an instance ended that nobody ended, in a sentence; empty where all run, or the kit did not start them. */
    default Optional<String> obituary() {
        return Optional.empty();
    }

    /** What each instance wrote where the kit started it, the beginning and the end of it; else empty. */
    default List<String> output() {
        return List.of();
    }

    @Override
    void close();
}
