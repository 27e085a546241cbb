package dev.or3.tck.suites.check;

import dev.or3.tck.suites.check.admin.AdminJudgement;
import dev.or3.tck.suites.check.ask.InputJudgement;
import dev.or3.tck.suites.check.config.ConfigJudgement;
import dev.or3.tck.suites.check.host.HostJudgement;
import dev.or3.tck.suites.check.jobs.JobJudgement;
import dev.or3.tck.suites.check.limits.LimitJudgement;
import dev.or3.tck.suites.check.notes.NoteJudgement;
import dev.or3.tck.suites.check.storage.StorageJudgement;
import dev.or3.tck.suites.check.store.StoreJudgement;
import dev.or3.tck.suites.check.sync.CollectionJudgement;
import dev.or3.tck.suites.check.sync.ContentJudgement;
import dev.or3.tck.suites.check.sync.CrashJudgement;
import dev.or3.tck.suites.check.sync.DurabilityJudgement;
import dev.or3.tck.suites.check.sync.Evidence;
import dev.or3.tck.suites.check.sync.LostAnswerJudgement;
import dev.or3.tck.suites.check.sync.PageJudgement;
import dev.or3.tck.suites.check.sync.PushJudgement;
import dev.or3.tck.suites.check.sync.RefusalJudgement;
import dev.or3.tck.suites.check.sync.RefusedJudgement;
import dev.or3.tck.suites.check.sync.ReplayJudgement;
import dev.or3.tck.suites.check.sync.RequestJudgement;
import dev.or3.tck.suites.check.sync.StateJudgement;
import dev.or3.tck.suites.check.sync.VersionJudgement;
import dev.or3.tck.suites.check.tokens.TokenJudgement;
import java.util.List;

/** All judgements, in the order in which they run: those that tell what to trust come first. */
final class Judgements {
    static final List<Judgement> ALL = List.of(
            new PushJudgement(), new RefusedJudgement(), new ReplayJudgement(), new LostAnswerJudgement(),
            new VersionJudgement(),
            new ContentJudgement(), new Evidence(), new PageJudgement(), new CollectionJudgement(),
            new StateJudgement(), new RequestJudgement(),
            new RefusalJudgement(), new DurabilityJudgement(), new CrashJudgement(), new StoreJudgement(),
            new AdminJudgement(),
            new LimitJudgement(), new TokenJudgement(), new JobJudgement(), new NoteJudgement(), new ConfigJudgement(),
            new StorageJudgement(), new InputJudgement(), new HostJudgement());

    private Judgements() {
    }
}
