package dev.or3.tck.suites.check.storage;

import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.run.Call;

/** Judges the storage component: STOR-01 to -08, hash by hash, and a part of STOR-09. */
public final class StorageJudgement implements Judgement {

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        boolean concerned = index.history().events().stream().anyMatch(event -> event.call() instanceof Call.Ask ask
                && ask.component().equals(FileHistory.COMPONENT));
        if (!concerned) {
            return;
        }
        FileHistory files = new FileHistory(index.history());
        AskFindings found = new AskFindings();
        QuotaRules quota = new QuotaRules(files, found);
        files.stories().forEach(story -> {
            new UploadRules(files, story, quota, found).judge();
            new CommitRules(files, story, found).judge();
            new DownloadRules(files, story, found).judge();
        });
        quota.judge();
        new BorderRules(files, found).judge();
        found.moveTo(findings, files.stories().stream().anyMatch(story -> story.fetches.stream()
                .anyMatch(fetch -> fetch.isDone() && FileHistory.named(fetch.transfer().received()).equals(story.hash))));
    }
}
