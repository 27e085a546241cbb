package dev.or3.tck.suites.check.storage;

import static dev.or3.tck.suites.check.storage.FileHistory.SLACK;

import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.run.Event;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What a workspace may store, and does (STOR-07): never more than its quota, and no less for what is not there. */
final class QuotaRules {
    private final FileHistory files;
    private final AskFindings found;
    private final Long quota;

    QuotaRules(FileHistory files, AskFindings found) {
        this.files = files;
        this.found = found;
        this.quota = files.manifest.hasCapability(FileHistory.COMPONENT, "quota")
                ? files.manifest.limits().storageQuotaBytes() : null;
    }

    /** Never more than the quota is there, for sure. */
    void judge() {
        if (quota == null) {
            return;
        }
        List<String> workspaces = files.stories().stream().map(story -> story.workspace).distinct().toList();
        workspaces.forEach(workspace -> {
            List<FileStory> there = files.stories(workspace);
            long last = 1 + LongStream.concat(files.transfers.stream().mapToLong(Carried::over),
                    files.calls.stream().mapToLong(AskCall::over)).filter(over -> over < Event.NEVER).max().orElse(0);
            List<FileStory> stored = there.stream().filter(story -> story.stored(last, last, files.commits)
                    .filter(proof -> !files.mayBeCollected(story, proof.upload(), last)).isPresent()).toList();
            long sum = stored.stream().mapToLong(QuotaRules::size).sum();
            if (sum > quota) {
                found.violated("STOR-07", workspace, "Because the workspace may store " + quota + " bytes, yet "
                                + stored.size() + " files with " + sum + " bytes were taken.", "at most " + quota + " bytes",
                        sum + " bytes", stored.stream().skip(Math.max(0, stored.size() - 4))
                                .map(story -> story.uploads.get(0).event().seq()));
            }
        });
    }

    private static long size(FileStory story) {
        return story.uploads.stream().filter(Carried::isAsAnnounced).mapToLong(upload -> upload.transfer().sent().size())
                .max().orElse(0);
    }

    /**
     * A refusal for want of room needs a want of room.
     *
     * @param presign the call that asked for the room
     * @param event   that, or the upload: what was refused
     */
    void judgeRefusal(AskCall presign, Event event, FileStory refused, long size, String called, String outcome) {
        long now = event.invokedMicros() / 1000;
        long until = event.returned();
        long taken = files.stories(refused.workspace).stream()
                .mapToLong(story -> taken(story, refused, presign, event, now)).sum();
        if (quota != null && taken + size > quota) {
            found.premise("STOR-07", 1);
            return;
        }
        List<AskCall> twice = files.stories(refused.workspace).stream()
                .map(story -> story.commits.stream().filter(AskCall::isOk).limit(2).toList())
                .filter(commits -> commits.size() > 1).findFirst().orElse(List.of());
        boolean collected = !files.collections(refused.workspace, 0, until).isEmpty();
        String rule = quota == null ? "STOR-01" : !twice.isEmpty() ? "STOR-05" : collected ? "STOR-06" : "STOR-07";
        String room = quota == null ? " bytes are stored or on their way"
                : " of " + quota + " bytes can be stored or on their way";
        found.violated(rule, refused.workspace, "Because at most " + taken + room
                        + (twice.isEmpty() ? "" : ", what was committed twice counted once") + ", yet " + called
                        + " was refused for its " + size + " bytes.", "success", outcome,
                Stream.concat(twice.stream().map(AskCall::seq), Stream.of(event.seq())));
    }

    /** How many bytes a hash may hold, stored or kept room for. */
    private long taken(FileStory story, FileStory refused, AskCall presign, Event event, long now) {
        long until = event.returned();
        long stored = story == refused || !story.mayBeUploaded(until) || isCollected(story, until) ? 0
                : story.uploads.stream().mapToLong(upload -> Math.max(upload.transfer().sent().size(),
                        upload.presign().input().path("sizeBytes").asLong())).max().orElse(0);
        long most = 1000 * files.manifest.limits().urlSeconds();
        long open = story.announced.stream().filter(other -> other != presign && other.mayTakeEffect()
                        && other.event().invoked() < until && now < Lifetime.of(other, most).goneFrom())
                .filter(other -> story.uploads.stream().noneMatch(upload -> Objects.equals(upload.presign(), other)
                        && upload.isDone() && upload.over() < event.invoked()))
                .mapToLong(other -> other.input().path("sizeBytes").asLong()).sum();
        return stored + open;
    }

    /** Whether what was uploaded is collected for sure: unreferenced, and old when a collection began. */
    private boolean isCollected(FileStory story, long until) {
        boolean kept = story.commits.stream().anyMatch(AskCall::mayTakeEffect) || !story.rows.isEmpty();
        long came = story.uploads.stream().mapToLong(upload -> upload.event().returnedMicros() / 1000).max().orElse(0);
        return !kept && files.commits && files.collections(story.workspace, 0, until).stream().anyMatch(gc -> gc.isOk()
                && gc.input().path("limit").isMissingNode() && gc.began() > came + FileHistory.retention(gc) + SLACK);
    }
}
