package dev.or3.tck.suites.check.storage;

import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.run.Call;
import java.util.stream.Stream;

/** What comes from outside gets nothing: strangers, changed URLs, hashes that are none (STOR-03, -04). */
final class BorderRules {
    private static final int FAILURES = 500;
    private static final int NOT_IMPLEMENTED = 501;

    private final FileHistory files;
    private final AskFindings found;

    BorderRules(FileHistory files, AskFindings found) {
        this.files = files;
        this.found = found;
    }

    void judge() {
        files.foreign.stream().filter(BorderRules::isPresign)
                .forEach(call -> found.premise("STOR-03", call.isTurnedDown() ? 1 : 0));
        files.transfers.forEach(this::judgeTransfer);
        files.hashless.stream().filter(call -> !call.is("deleteObject")).forEach(this::judgeHash);
    }

    private static boolean isPresign(AskCall call) {
        return call.is("presignUpload") || call.is("presignDownload");
    }

    private void judgeTransfer(Carried carried) {
        AskCall presign = carried.presign();
        boolean foreign = files.foreign.contains(presign);
        if (carried.isTurnedDown()) {
            found.premise("STOR-03", foreign || carried.transfer().altered() ? 1 : 0);
        } else if (carried.isDone() && foreign) {
            String who = presign.caller() == null ? "nobody was signed in" : "the caller's session is not in that workspace";
            violated("STOR-03", "Because " + who + " when " + presign.called() + " asked for a URL, yet " + carried.called()
                    + " got " + carried.outcome() + ".", "a refusal", carried.outcome(), presign, carried);
        } else if (carried.isDone() && carried.transfer().altered() && !carried.isUpload()) {
            judgeAltered(carried, carried.transfer().received());
        }
    }

    /** Where the change changes nothing, the server does not look at that part. */
    private void judgeAltered(Carried carried, Call.Bytes received) {
        if (!FileHistory.named(received).equals(carried.presign().text("hash"))) {
            violated("STOR-03", "Because the URL of " + carried.presign().called() + " is for one file, yet "
                    + carried.called()
                            + ", by that URL with another name in it, got another one of " + received.size() + " bytes.",
                    "a refusal", carried.outcome(), carried.presign(), carried);
        }
    }

    private void judgeHash(AskCall call) {
        boolean failed = call.status() >= FAILURES && call.status() != NOT_IMPLEMENTED && call.isTurnedDown();
        if (call.isOk() || failed) {
            found.violated("STOR-04", FileHistory.workspace(call), "Because '" + brief(call.text("hash"))
                    + "' is no hash, yet " + call.called() + " got " + call.outcome() + ".", "a refusal with a 4xx",
                    call.outcome(), call);
        } else {
            found.premise("STOR-04", call.isTurnedDown() ? 1 : 0);
        }
    }

    private static String brief(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private void violated(String rule, String sentence, String expected, String actual, AskCall presign, Carried carried) {
        found.violated(rule, FileHistory.workspace(presign), sentence, expected, actual,
                Stream.of(presign.seq(), carried.event().seq()));
    }
}
