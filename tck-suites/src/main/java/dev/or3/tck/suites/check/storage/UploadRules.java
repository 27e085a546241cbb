package dev.or3.tck.suites.check.storage;

import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import java.util.stream.Stream;

/** URLs are handed out to members, do what they are for, and end (STOR-01, -02). */
final class UploadRules {
    private static final int TOO_LARGE = 413;

    private final FileHistory files;
    private final FileStory story;
    private final QuotaRules quota;
    private final AskFindings found;
    /** How long any URL may live, in milliseconds. */
    private final long most;

    UploadRules(FileHistory files, FileStory story, QuotaRules quota, AskFindings found) {
        this.files = files;
        this.story = story;
        this.quota = quota;
        this.found = found;
        this.most = 1000 * files.manifest.limits().urlSeconds();
    }

    void judge() {
        story.announced.forEach(this::judgePresign);
        Stream.concat(story.announced.stream(), story.asked.stream()).filter(AskCall::isOk).forEach(this::judgeExpiry);
        story.uploads.forEach(this::judgeUpload);
        Stream.concat(story.uploads.stream(), story.fetches.stream()).forEach(this::judgeEnd);
    }

    private void judgePresign(AskCall presign) {
        long size = presign.input().path("sizeBytes").asLong();
        long asked = presign.input().path("expiresInMs").asLong(most);
        if (presign.isOk() && !presign.answer().path("url").isTextual()) {
            violated("STOR-01", "Because an upload needs a URL, yet " + presign.called() + " got " + presign.outcome() + ".",
                    "a URL", presign.outcome(), Stream.of(presign.seq()));
        }
        // Providers may have no empty files, and refuse lives that are none of theirs.
        if (!presign.isTurnedDown() || !files.mayWrite(presign) || size == 0 || asked > most || asked < 1000) {
            return;
        }
        if (presign.status() == TOO_LARGE) {
            quota.judgeRefusal(presign, presign.event(), story, size, presign.called(), presign.outcome());
        } else {
            violated("STOR-01", "Because a member asked to upload a file of " + size + " bytes, yet " + presign.called()
                    + " got "
                    + presign.outcome() + ".", "a URL", presign.outcome(), Stream.of(presign.seq()));
        }
    }

    private void judgeExpiry(AskCall presign) {
        if (Lifetime.of(presign, most).tellsTooFar()) {
            violated("STOR-02", "Because a URL lives at most " + most / 1000 + " s, yet " + presign.called()
                            + " says that its URL expires at " + presign.answer().path("expiresAt").asText() + ".",
                    "an end within " + most / 1000 + " s", presign.answer().path("expiresAt").asText(),
                    Stream.of(presign.seq()));
        }
    }

    private void judgeUpload(Carried upload) {
        boolean first = story.uploads.stream().noneMatch(other -> other != upload && other.invoked() < upload.event()
                .returned());
        boolean live = upload.event().returnedMicros() / 1000 < Lifetime.of(upload.presign(), most).sureUntil()
                && !files.restarted(upload.presign().event().invoked(), upload.event().returned());
        if (!upload.isAsAnnounced()) {
            found.premise("STOR-05", upload.isTurnedDown() ? 1 : 0);
        } else if (first && live && upload.isTurnedDown()) {
            long size = upload.transfer().sent().size();
            if (upload.status() == TOO_LARGE) {
                quota.judgeRefusal(upload.presign(), upload.event(), story, size, upload.called(), upload.outcome());
            } else {
                violated("STOR-01", "Because the URL of " + upload.presign().called() + " takes the " + size
                                + " bytes that were announced, yet " + upload.called() + " got " + upload.outcome() + ".",
                                "success",
                        upload.outcome(), Stream.of(upload.presign().seq(), upload.event().seq()));
            }
        }
    }

    private void judgeEnd(Carried carried) {
        Lifetime life = Lifetime.of(carried.presign(), most);
        if (carried.began() < life.goneFrom()) {
            return;
        }
        found.premise("STOR-02", carried.isTurnedDown() ? 1 : 0);
        if (carried.isDone()) {
            violated("STOR-02", "Because the URL of " + carried.presign().called() + " ended "
                            + (carried.began() - life.goneFrom()) / 1000 + " s before, yet " + carried.called() + " got "
                            + carried.outcome() + ".", "a refusal", carried.outcome(),
                    Stream.of(carried.presign().seq(), carried.event().seq()));
        }
    }

    private void violated(String rule, String sentence, String expected, String actual, Stream<Integer> witnesses) {
        found.violated(rule, story.workspace, sentence, expected, actual, witnesses);
    }
}
