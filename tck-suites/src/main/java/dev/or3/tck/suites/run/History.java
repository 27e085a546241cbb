package dev.or3.tck.suites.run;

import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.workspaces.Role;
import java.util.List;

/**
 * What happened when a plan ran: all that a verdict rests on.
 *
 * @param header     what it was run against
 * @param operations every operation that was sent, once for each workspace and content; replays refer to the same entry
 * @param events     in the order in which the calls began
 */
public record History(Header header, List<Sent> operations, List<Event> events) {

    /**
     * @param kit       the version of the kit
     * @param manifest  what the provider said of itself
     * @param profile   the profile it is held to
     * @param schema    the version of the wire schema in use
     * @param seed      the seed of the run
     * @param index     the number of the plan under that seed, or -1
     * @param name      the name of the plan
     * @param instances how many instances the clients were spread over
     * @param spaces    the workspaces that were provisioned
     * @param plan      the plan as JSON, for replays; a verdict never consults it
     */
    public record Header(String kit, Manifest manifest, Profile profile, int schema, long seed, int index, String name,
            int instances, List<Space> spaces, String plan) {
    }

    /** A workspace with its members, in the order of the plan. */
    public record Space(String workspaceId, List<Member> members) {
    }

    public record Member(String userId, Role role) {
    }

    /** An operation as it was sent to a workspace. */
    public record Sent(String workspaceId, Operation operation) {
    }
}
