package dev.or3.tck.reference.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.control.Controls.Provisioned;
import dev.or3.tck.api.jobs.Jobs.JobRef;
import dev.or3.tck.api.jobs.Jobs.NewJob;
import dev.or3.tck.api.notifications.Notifications.JobDone;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.tokens.Tokens;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.reference.convex.deployment.Deployment;
import dev.or3.tck.reference.convex.deployment.Weather;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that carry the token of their caller, which the deployment compares with what they say. */
class BrokerTest {
    private final Deployment deployment = Deployment.start(0, null, "key",
            token -> token.startsWith("token of ") ? token.substring("token of ".length()) : null, Weather.calm());
    @TempDir
    private Path directory;

    @AfterEach
    void end() {
        deployment.close();
    }

    private Provider open(Tokens broker) {
        return new ConvexProvider(ProviderConfig.in(directory).with(Map.of(Settings.URL, deployment.url().toString(),
                Settings.ADMIN_KEY, "key", Settings.CONTROLS, "true")), broker);
    }

    private static Caller member(Provisioned space, int number) {
        return Caller.of(space.userIds().get(number), space.workspaceId());
    }

    private static String emitted(Provider provider, Caller caller, String jobId) {
        return provider.notifications().emitBackgroundJobComplete(caller,
                new JobDone(caller.workspaceId(), caller.userId(), "t", jobId));
    }

    @Test
    void a_caller_acts_by_a_token_of_their_own() {
        try (Provider provider = open((caller, request) -> "token of " + caller.userId())) {
            Provisioned space = provider.controls().provision(List.of(Role.OWNER, Role.EDITOR));
            Caller me = member(space, 0);
            String jobId = provider.jobs().createJob(me, new NewJob(me.userId(), "t", "m", "model", null));
            String note = emitted(provider, me, jobId);
            PullRequest all = new PullRequest(new Scope(me.workspaceId()), 0, 10, null);
            assertThat(provider.sync().pull(me, all).changes()).extracting(Change::pk).containsExactly(note);
            assertThat(provider.sync().pull(member(space, 1), all).changes()).isEmpty();
            assertThat(provider.jobs().checkJobAborted(me, new JobRef(jobId))).isFalse();
        }
    }

    @Test
    void a_token_of_somebody_else_is_of_no_use_to_a_caller() {
        try (Provider honest = open(null)) {
            Provisioned space = honest.controls().provision(List.of(Role.OWNER, Role.EDITOR));
            try (Provider mixedUp = open((caller, request) -> "token of " + space.userIds().get(1))) {
                assertThat(catchThrowableOfType(ProviderException.class, () -> emitted(mixedUp, member(space, 0), "j"))
                        .status()).isEqualTo(403);
            }
            assertThat(honest.sync().pull(member(space, 0),
                    new PullRequest(new Scope(space.workspaceId()), 0, 10, null)).changes()).isEmpty();
        }
    }
}
