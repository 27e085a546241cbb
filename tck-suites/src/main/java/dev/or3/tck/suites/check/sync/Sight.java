package dev.or3.tck.suites.check.sync;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.SnapshotPage;
import java.util.List;

/**
 * What one call showed of one record.
 *
 * @param event      the call
 * @param live       whether the record is there and not deleted
 * @param clock      the clock of the stamp shown: the record's, or, if it is dead, the tombstone's; null if none is shown
 * @param hlc        its hlc, or null
 * @param opId       its op id; null if not told
 * @param payload    the record, if it is live
 * @param tombstones how many tombstones are shown
 */
record Sight(int event, boolean live, Long clock, String hlc, String opId, JsonText payload, int tombstones) {

    static Sight nothing(int event) {
        return new Sight(event, false, null, null, null, null, 0);
    }

    static Sight of(int event, Controls.Inspection seen) {
        Controls.StoredRecord record = seen.record();
        List<Controls.Tombstone> tombstones = seen.tombstones();
        if (record != null && !record.deleted()) {
            return new Sight(event, true, record.clock(), record.hlc(), record.opId(), record.payload(), tombstones.size());
        }
        if (!tombstones.isEmpty() && tombstones.get(0) != null) {
            Controls.Tombstone tombstone = tombstones.get(0);
            return new Sight(event, false, tombstone.clock(), tombstone.hlc(), tombstone.opId(), null, tombstones.size());
        }
        return record == null ? nothing(event)
                : new Sight(event, false, record.clock(), record.hlc(), record.opId(), null, 1);
    }

    static Sight of(int event, SnapshotPage.Item item) {
        boolean live = SnapshotPage.Item.ROW.equals(item.kind());
        SnapshotPage.Revision revision = item.revision();
        return new Sight(event, live, revision == null ? null : revision.clock(), revision == null ? null : revision.hlc(),
                revision == null ? null : revision.opId(), live ? item.payload() : null, live ? 0 : 1);
    }

    boolean isNothing() {
        return !live && clock == null;
    }

    String inWords() {
        if (isNothing()) {
            return "nothing";
        }
        return (live ? "a record" : "a tombstone") + " with clock " + clock + ", hlc " + hlc
                + (opId == null ? "" : ", op " + Docket.id(opId)) + (live ? ", payload " + Docket.cut(payload) : "");
    }
}
