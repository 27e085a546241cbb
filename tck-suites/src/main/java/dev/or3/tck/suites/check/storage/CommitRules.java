package dev.or3.tck.suites.check.storage;

import static dev.or3.tck.suites.check.storage.FileHistory.SLACK;

import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Commits take what was announced and is there, once; collections take what nobody committed, once it is old (STOR-05,
 * -06).
 */
final class CommitRules {
    private static final Set<Integer> AGAIN = Set.of(404, 409);
    private static final int TOO_LARGE = 413;
    private static final int ENOUGH_COLLECTIONS = 3;

    private final FileHistory files;
    private final FileStory story;
    private final AskFindings found;

    CommitRules(FileHistory files, FileStory story, AskFindings found) {
        this.files = files;
        this.story = story;
        this.found = found;
    }

    void judge() {
        for (AskCall commit : story.commits) {
            if (commit.isOk()) {
                accepted(commit);
            } else if (commit.isTurnedDown()) {
                refused(commit);
            }
        }
    }

    private void accepted(AskCall commit) {
        if (!story.mayBeThere(commit.event().returned())) {
            Optional<Carried> other = story.uploads.stream().filter(upload -> upload.invoked() < commit.event().returned())
                    .findFirst();
            violated("STOR-05", "Because " + other.map(upload -> upload.called() + " sent other bytes than were announced")
                            .orElse("nothing was uploaded under that hash") + ", yet " + commit.called() + " was accepted.",
                    commit.outcome(), Stream.concat(other.stream().map(upload -> upload.event().seq()),
                    Stream.of(commit.seq())));
        } else if (!isSizeAnnounced(commit)) {
            violated("STOR-05", "Because no upload of that hash was announced with " + size(commit) + " bytes, yet "
                    + commit.called() + " was accepted.", commit.outcome(), Stream.of(commit.seq()));
        } else {
            collected(commit).ifPresent(gc -> uncollected(commit, gc));
            found.premise("STOR-05", isRepeated(commit) ? 1 : 0);
            found.premise("STOR-06", story.uploads.stream().anyMatch(upload -> files.collections(story.workspace,
                    upload.over(), commit.event().invoked()).stream().anyMatch(AskCall::isOk)) ? 1 : 0);
        }
    }

    private void uncollected(AskCall commit, AskCall gc) {
        long since = commit.event().returned();
        boolean there = story.fetches.stream().anyMatch(fetch -> fetch.isDone() && fetch.invoked() > since);
        violated(there ? "STOR-06" : "STOR-05", "Because what was uploaded was not committed, and older than the retention"
                + " when " + gc.called() + " collected, yet " + commit.called() + " was accepted"
                + (there ? ", and the file is there." : "."), commit.outcome(), Stream.of(gc.seq(), commit.seq()));
    }

    /** The collection after which what was uploaded is gone for sure, if it was over before the commit. */
    private Optional<AskCall> collected(AskCall commit) {
        long last = story.uploads.stream().filter(Carried::mayTakeEffect).filter(upload -> upload.invoked()
                < commit.event().returned()).mapToLong(upload -> upload.over()).max().orElse(Long.MAX_VALUE);
        boolean committed = story.commits.stream().anyMatch(other -> other != commit && other.mayTakeEffect()
                && !commit.precedes(other));
        long came = story.uploads.stream().mapToLong(upload -> upload.event().returnedMicros() / 1000).max().orElse(0);
        List<AskCall> able = files.collections.stream().filter(gc -> FileHistory.workspace(gc).equals(story.workspace))
                .filter(AskCall::isOk).filter(gc -> gc.event().invoked() > last && gc.precedes(commit))
                .filter(gc -> gc.began() > came + FileHistory.retention(gc) + SLACK).toList();
        boolean settled = able.size() >= ENOUGH_COLLECTIONS || able.stream()
                .anyMatch(gc -> gc.answer().path("deleted_count").asLong(1) == 0);
        return committed || !story.rows.isEmpty() || !settled ? Optional.empty() : Optional.of(able.get(able.size() - 1));
    }

    private boolean isRepeated(AskCall commit) {
        return story.commits.stream().anyMatch(other -> other.isOk() && other.precedes(commit));
    }

    private void refused(AskCall commit) {
        boolean again = isRepeated(commit);
        boolean right = isSizeAnnounced(commit) && story.mayBeThere(commit.event().returned());
        if (again && right) {
            if (!AGAIN.contains(commit.status())) {
                violated("STOR-05", "Because a commit that is repeated may succeed or be a 404 or 409, yet "
                        + commit.called() + " got " + commit.outcome() + ".", commit.outcome(), Stream.of(commit.seq()));
            }
            found.premise("STOR-05", AGAIN.contains(commit.status()) ? 1 : 0);
        } else if (!right) {
            found.premise("STOR-05", 1);
        } else if (collected(commit).isPresent()) {
            found.premise("STOR-06", 1);
        } else {
            ready(commit).ifPresent(upload -> unready(commit, upload));
        }
    }

    /** The upload that a commit must find: whole, fresh, and taken away by nobody. */
    private Optional<Carried> ready(AskCall commit) {
        long until = commit.event().returned();
        return story.uploads.stream().filter(upload -> upload.isDone() && upload.isAsAnnounced()
                        && upload.over() < commit.event().invoked() && !story.mayBeDeleted(upload.invoked(), until)
                        && !files.restarted(upload.invoked(), until) && !isOld(upload, commit)
                        && commit.ended() < Lifetime.of(upload.presign(), 0).sureUntil())
                .filter(upload -> commit.status() != TOO_LARGE)
                .filter(upload -> story.commits.stream().noneMatch(other -> other != commit && other.mayTakeEffect()
                        && !commit.precedes(other))).findFirst();
    }

    private boolean isOld(Carried upload, AskCall commit) {
        return files.collections(story.workspace, upload.invoked(), commit.event().returned()).stream()
                .anyMatch(gc -> gc.ended() - upload.began() > FileHistory.retention(gc) - SLACK);
    }

    private void unready(AskCall commit, Carried upload) {
        List<AskCall> between = files.collections(story.workspace, upload.invoked(), commit.event().invoked());
        violated(between.isEmpty() ? "STOR-01" : "STOR-06", "Because " + upload.called() + " brought what was announced"
                + (between.isEmpty() ? "" : ", and was younger than the retention of " + between.get(0).called()) + ", yet "
                + commit.called() + " got " + commit.outcome() + ".", commit.outcome(),
                Stream.concat(Stream.of(upload.event().seq(), commit.seq()), between.stream().map(AskCall::seq).limit(1)));
    }

    private boolean isSizeAnnounced(AskCall commit) {
        return story.announced.stream().filter(AskCall::mayTakeEffect)
                .anyMatch(presign -> presign.input().path("sizeBytes").asLong() == size(commit));
    }

    private static long size(AskCall commit) {
        return commit.input().path("size_bytes").asLong();
    }

    private void violated(String rule, String sentence, String actual, Stream<Integer> witnesses) {
        found.violated(rule, story.workspace, sentence, rule.equals("STOR-05") ? "a refusal" : "the file", actual,
                witnesses);
    }
}
