package dev.or3.tck.reference.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.notifications.Notifications.JobDone;
import dev.or3.tck.api.notifications.Notifications.JobFailed;
import dev.or3.tck.api.sync.Change;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotificationsTest {
    @TempDir
    Path directory;

    private static JobDone done(Caller caller) {
        return new JobDone(caller.workspaceId(), caller.userId(), "thread", "job");
    }

    @Test
    void aNotificationIsAVersionedRowOfItsUser() {
        try (Rig rig = Rig.in(directory)) {
            rig.push(Rig.put("a", 1));
            String id = rig.provider.notifications().emitBackgroundJobComplete(rig.owner, done(rig.owner));
            String failed = rig.provider.notifications().emitBackgroundJobError(rig.owner,
                    new JobFailed(rig.owner.workspaceId(), rig.owner.userId(), "thread", "job", "no \"model\""));
            rig.push(Rig.put("b", 1));
            assertThat(rig.log(rig.owner)).extracting(Change::serverVersion).containsExactly(1L, 2L, 3L, 4L);
            assertThat(rig.log(rig.owner, "notifications")).extracting(Change::pk).containsExactly(id, failed);
            JsonText row = rig.log(rig.owner, "notifications").get(0).payload();
            assertThat(row.parse().path("user_id").asText()).isEqualTo(rig.owner.userId());
            assertThat(row.parse().path("job_id").asText()).isEqualTo("job");
            assertThat(rig.log(rig.editor)).extracting(Change::serverVersion).containsExactly(1L, 4L);
        }
    }

    @Test
    void nobodyIsToldInAnotherWorkspaceOrForAnotherUser() {
        try (Rig rig = Rig.in(directory)) {
            Caller elsewhere = Caller.of(rig.owner.userId(), "another");
            assertThatThrownBy(() -> rig.provider.notifications().emitBackgroundJobComplete(elsewhere, done(rig.owner)))
                    .hasMessageContaining("workspace");
            assertThatThrownBy(() -> rig.provider.notifications().emitBackgroundJobComplete(rig.owner, done(rig.editor)))
                    .hasMessageContaining("userId");
            assertThat(rig.log(rig.owner)).isEmpty();
        }
    }
}
