package dev.or3.tck.suites.check;

import dev.or3.tck.suites.check.store.StoreJudgement;
import java.util.List;

/** All judgements, in the order in which they run: those that tell what to trust come first. */
final class Judgements {
    static final List<Judgement> ALL = List.of(new StoreJudgement());

    private Judgements() {
    }
}
