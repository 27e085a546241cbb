package dev.or3.tck.suites.check.storage;

import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.check.storage.FileStory.Proof;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What was stored comes back equal; what was not does not come (STOR-01, -04, and whatever explains a loss). */
final class DownloadRules {
    private static final Set<Integer> NOT_FOUND = Set.of(404, 410);

    private final FileHistory files;
    private final FileStory story;
    private final AskFindings found;

    DownloadRules(FileHistory files, FileStory story, AskFindings found) {
        this.files = files;
        this.story = story;
        this.found = found;
    }

    void judge() {
        story.asked.forEach(this::judge);
        story.fetches.forEach(this::judge);
    }

    private void judge(AskCall ask) {
        Optional<Proof> proof = stored(ask.event().invoked(), ask.event().returned());
        if (proof.isPresent()) {
            if (ask.isTurnedDown()) {
                lost(proof.get(), ask.event().invoked(), ask.called() + " got " + ask.outcome(), ask.outcome(), ask.seq());
            }
        } else if (!story.mayBeUploaded(ask.event().returned())) {
            found.premise("STOR-04", NOT_FOUND.contains(ask.status()) ? 1 : 0);
            if (ask.isTurnedDown() && !NOT_FOUND.contains(ask.status())) {
                violated("STOR-04", "Because nothing was ever uploaded under " + brief() + ", yet " + ask.called() + " got "
                        + ask.outcome() + " rather than not-found.", "404", ask.outcome(), Stream.of(ask.seq()));
            }
        }
    }

    private void judge(Carried fetch) {
        Lifetime life = Lifetime.of(fetch.presign(), 1000 * files.manifest.limits().urlSeconds());
        if (fetch.isDone()) {
            came(fetch);
        } else if (fetch.isTurnedDown() && fetch.event().returnedMicros() / 1000 < life.sureUntil()
                && !files.restarted(fetch.presign().event().invoked(), fetch.event().returned())) {
            stored(fetch.presign().event().invoked(), fetch.event().returned()).ifPresent(proof -> lost(proof,
                    fetch.invoked(), fetch.called() + " got " + fetch.outcome(), fetch.outcome(), fetch.event().seq()));
        }
    }

    private Optional<Proof> stored(long from, long until) {
        return story.stored(from, until, files.commits)
                .filter(proof -> !files.mayBeCollected(story, proof.upload(), until));
    }

    private void came(Carried fetch) {
        String received = FileHistory.named(fetch.transfer().received());
        Stream<Integer> witnesses = Stream.of(fetch.presign().seq(), fetch.event().seq());
        if (!story.mayBeUploaded(fetch.event().returned())) {
            boolean elsewhere = files.transfers.stream().anyMatch(other -> other.mayTakeEffect()
                    && FileHistory.named(other.transfer().sent()).equals(received));
            violated(elsewhere ? "STOR-03" : "STOR-04", "Because no bytes were ever sent to " + brief()
                    + " of that workspace" + (elsewhere ? ", only elsewhere" : "") + ", yet " + fetch.called() + " got "
                    + fetch.transfer().received().size() + " bytes.", "not found", fetch.outcome(), witnesses);
        } else if (!received.equals(story.hash)) {
            wrong(fetch, received);
        } else {
            Optional<AskCall> deleted = story.deleted(fetch.presign().event().invoked())
                    .filter(delete -> story.rows.isEmpty());
            deleted.ifPresent(delete -> violated("STOR-04", "Because " + delete.called() + " deleted " + brief()
                    + " and nothing was sent since, yet " + fetch.called() + " still got it by a URL asked for later.",
                    "not found", fetch.outcome(), Stream.concat(Stream.of(delete.seq()), witnesses)));
            Optional<Proof> proof = stored(fetch.presign().event().invoked(), fetch.event().returned());
            found.premise("STOR-01", proof.isPresent() ? 1 : 0);
            found.premise("STOR-08", proof.filter(there -> files.restarted(there.over(), fetch.presign().event().invoked()))
                    .isPresent() ? 1 : 0);
            found.premise("STOR-06", proof.filter(there -> files.collections(story.workspace, there.over(),
                    fetch.presign().event().invoked()).stream().anyMatch(gc -> gc.isOk()
                            && gc.began() - there.upload().began() > FileHistory.retention(gc))).isPresent() ? 1 : 0);
        }
    }

    private void wrong(Carried fetch, String received) {
        Optional<Carried> culprit = story.uploads.stream().filter(upload -> !upload.isAsAnnounced()
                && FileHistory.named(upload.transfer().sent()).equals(received)).findFirst();
        boolean judged = culprit.isPresent() && files.commits;
        violated(judged ? "STOR-05" : "STOR-01", "Because " + brief() + " names its bytes by their digest"
                        + culprit.map(upload -> ", and " + upload.called() + " sent others").orElse("") + ", yet "
                        + fetch.called() + " got bytes whose digest is " + received.substring(0, 15) + "….",
                story.hash, received,
                Stream.concat(culprit.stream().map(upload -> upload.event().seq()),
                        Stream.of(fetch.presign().seq(), fetch.event().seq())));
    }

    /** What was there for sure is not found: whatever came between explains it. */
    private void lost(Proof proof, long when, String what, String actual, int seq) {
        long since = Math.max(proof.over(), story.fetches.stream().filter(fetch -> fetch.isDone() && fetch.over() < when)
                .mapToLong(Carried::over).max().orElse(0));
        String rule = explanation(since, when);
        violated(rule, "Because " + proof.upload().called() + " brought " + brief() + (proof.commit() == null ? ""
                        : " and " + proof.commit().called() + " made it readable") + between(rule) + ", yet " + what + ".",
                "the file", actual, Stream.concat(Stream.of(proof.upload().event().seq(), seq),
                        Stream.ofNullable(proof.commit()).map(AskCall::seq)));
    }

    private String explanation(long since, long when) {
        if (files.restarted(since, when)) {
            return "STOR-08";
        }
        if (files.foreign.stream().anyMatch(call -> isWithin(call, since, when))) {
            return "STOR-03";
        }
        if (!files.collections(story.workspace, since, when).isEmpty()) {
            return "STOR-06";
        }
        if (files.malformed.stream().anyMatch(call -> isWithin(call, since, when))) {
            return "STOR-09";
        }
        return files.commits && story.commits.stream().filter(AskCall::isOk).count() > 1
                || files.commits && story.uploads.stream().anyMatch(upload -> !upload.isAsAnnounced()) ? "STOR-05"
                : "STOR-01";
    }

    /** Whether such a call, of a kind that may take a file away, was made then. */
    private static boolean isWithin(AskCall call, long since, long when) {
        return (call.is("deleteObject") || call.is("gc") || call.is("commit")) && call.over() > since
                && call.event().invoked() < when;
    }

    private static String between(String rule) {
        return switch (rule) {
            case "STOR-08" -> " before a restart";
            case "STOR-03" -> ", and only strangers did anything about it since";
            case "STOR-06" -> ", and a collection may not take it";
            case "STOR-09" -> ", and what came since was malformed";
            default -> "";
        };
    }

    private String brief() {
        return "'" + story.hash.substring(0, 15) + "…'";
    }

    private void violated(String rule, String sentence, String expected, String actual, Stream<Integer> witnesses) {
        found.violated(rule, story.workspace, sentence, expected, actual, witnesses);
    }
}
