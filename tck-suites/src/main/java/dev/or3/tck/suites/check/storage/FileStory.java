package dev.or3.tck.suites.check.storage;

import dev.or3.tck.suites.check.AskCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that members of a workspace did about one hash, each list in the order in which it began. */
final class FileStory {
    final String workspace;
    final String hash;
    /** Calls of presignUpload. */
    final List<AskCall> announced = new ArrayList<>();
    final List<Carried> uploads = new ArrayList<>();
    final List<AskCall> commits = new ArrayList<>();
    final List<AskCall> deletes = new ArrayList<>();
    /** Calls of presignDownload. */
    final List<AskCall> asked = new ArrayList<>();
    final List<Carried> fetches = new ArrayList<>();
    /** Pushes of the row of file_meta that names it. */
    final List<AskCall> rows = new ArrayList<>();
    /** Pushes that delete that row. */
    final List<AskCall> rowDeletes = new ArrayList<>();

    FileStory(String workspace, String hash) {
        this.workspace = workspace;
        this.hash = hash;
    }

    /**
     * What shows that the file was readable.
     *
     * @param upload the bytes came
     * @param commit null where none is needed
     */
    record Proof(Carried upload, AskCall commit) {
        long over() {
            return commit == null ? upload.over() : commit.over();
        }
    }

    /** The latest proof that the file was there from before one moment until another, unless it was collected. */
    Optional<Proof> stored(long from, long until, boolean commits) {
        Proof found = null;
        for (Carried upload : uploads) {
            if (upload.isDone() && upload.isAsAnnounced() && upload.over() < from && !mayBeDeleted(upload.invoked(),
                    until)) {
                AskCall commit = commits ? committed(upload.over(), from) : null;
                found = commits && commit == null ? found : new Proof(upload, commit);
            }
        }
        return Optional.ofNullable(found);
    }

    private AskCall committed(long after, long before) {
        return commits.stream().filter(commit -> commit.isOk() && commit.event().invoked() > after
                && commit.over() < before).findFirst().orElse(null);
    }

    /** Whether a deletion may have taken effect between two moments. */
    boolean mayBeDeleted(long from, long until) {
        return deletes.stream().anyMatch(delete -> delete.mayTakeEffect() && delete.over() > from
                && delete.event().invoked() < until);
    }

    /** Whether bytes may have come before that moment. */
    boolean mayBeUploaded(long before) {
        return uploads.stream().anyMatch(upload -> upload.mayTakeEffect() && upload.invoked() < before);
    }

    /** Whether the very bytes that were announced may have come before that moment. */
    boolean mayBeThere(long before) {
        return uploads.stream().anyMatch(upload -> upload.mayTakeEffect() && upload.isAsAnnounced()
                && upload.invoked() < before);
    }

    /** The deletion after which nothing came again, over before that moment. */
    Optional<AskCall> deleted(long before) {
        return deletes.stream().filter(AskCall::isOk).filter(delete -> delete.over() < before)
                .filter(delete -> uploads.stream().noneMatch(upload -> upload.mayTakeEffect()
                        && upload.over() >= delete.event().invoked() && upload.invoked() < before))
                .filter(delete -> commits.stream().noneMatch(commit -> commit.mayTakeEffect()
                        && commit.over() >= delete.event().invoked() && commit.event().invoked() < delete.over()))
                .reduce((first, second) -> second);
    }

    /** Whether a live row of file_meta named it, for sure, since before that moment. */
    boolean isNamed(long since) {
        return rowDeletes.isEmpty() && rows.stream().anyMatch(row -> row.isOk() && row.over() < since);
    }
}
