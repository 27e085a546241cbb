package dev.or3.tck.suites.run;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.suites.line.LineFaults;
import java.util.List;

/** What was asked and what was answered. The answer's parts are null, or empty, unless the outcome is ok. */
public sealed interface Call {

    /** The workspace that a call is about; null for calls that are about none, or about several. */
    default String scope() {
        return null;
    }

    /**
     * @param scope         the workspace asked for
     * @param operations    indices into {@link History#operations()}, in the order of the batch
     * @param results       as answered, in the order answered; elements may be null
     * @param serverVersion as answered, or null
     */
    record Push(String scope, int[] operations, List<OperationResult> results, Long serverVersion) implements Call {
    }

    /**
     * @param scope            the workspace asked for
     * @param tables           the filter, or null
     * @param rows             the changes answered
     * @param oldestRetained   as answered, or null
     * @param requiresSnapshot as answered, or null
     */
    record Pull(String scope, long cursor, int limit, List<String> tables, Rows rows, long nextCursor, boolean hasMore,
            Long oldestRetained, Boolean requiresSnapshot) implements Call {
    }

    /**
     * The changes of a page. Row i shows {@code versions[i]}; what it shows is operation {@code operations[i]} exactly as it
     * was sent (payloads equal as JSON), or, if that number is negative, {@code others.get(-1 - operations[i])}.
     */
    record Rows(long[] versions, int[] operations, List<Change> others) {
        public static final Rows NONE = new Rows(new long[0], new int[0], List.of());

        public int size() {
            return versions.length;
        }

        public boolean isAsSent(int row) {
            return operations[row] >= 0;
        }

        /** The change as it was answered, where it differs from everything sent. */
        public Change other(int row) {
            return others.get(-1 - operations[row]);
        }
    }

    record MoveCursor(String scope, String device, long version) implements Call {
    }

    /**
     * @param tombstones tombstones if true, else the change log
     */
    record Collect(String scope, boolean tombstones, long retentionSeconds) implements Call {
    }

    /**
     * @param pageToken the token sent, or null
     * @param genuine   the seq of the event whose answer held that token; -1 if the kit made it up or sent none
     * @param page      as answered, or null
     */
    record Snapshot(String scope, int pageSize, String pageToken, int genuine, SnapshotPage page) implements Call {
    }

    record Inspect(String scope, String table, String pk, Controls.Inspection answer) implements Call {
    }

    /** A call made as JSON, because the typed interfaces cannot express it. */
    record Raw(String component, String method, JsonText input, JsonText answer) implements Call {
    }

    /** A call of a component other than sync. Answers of tokens are sealed: see {@link Seal}. */
    record Ask(String component, String method, JsonText input, JsonText answer) implements Call {
    }

    /**
     * Bytes went by a URL. Where the answer was 400 or more, it is told as the refusal or failure of the event.
     *
     * @param presign  the seq of the event whose answer held the URL; -1 if it is not in the history
     * @param altered  whether the URL was another than the one answered
     * @param sent     what was sent; null for a fetch
     * @param status   the HTTP status; 0 unless the outcome is ok
     * @param received what came; null unless a fetch is ok
     */
    record Transfer(int presign, boolean altered, Bytes sent, int status, Bytes received) implements Call {
        /** Whether bytes were sent, rather than fetched. */
        public boolean isUpload() {
            return sent != null;
        }

        /** Whether the server did what the URL is for; a redirect is nothing of that kind. */
        public boolean isDone() {
            return status >= 200 && status <= 299;
        }
    }

    /**
     * A body of bytes.
     *
     * @param size   in bytes
     * @param sha256 in hex, lower case
     */
    record Bytes(long size, String sha256) {
    }

    /**
     * The kit saw to something around the provider.
     *
     * @param with  how
     * @param found what it found; null if it looked for nothing, or failed
     */
    record Arranged(String what, JsonText with, JsonText found) implements Call {
    }

    /** Provider time was set. */
    record Clock(long offsetSeconds) implements Call {
    }

    /**
     * The provider was restarted.
     *
     * @param schema the version of the wire schema it serves from then on
     */
    record Restart(boolean killed, int schema) implements Call {
    }

    /** The line between kit and provider became faulty, or calm. Only calls of the sync component are touched. */
    record Disturb(LineFaults faults) implements Call {
    }

    /**
     * The kit tried to start the provider on storage that cannot be used.
     *
     * @param trouble what is wrong with the storage: missing, folder, not-a-database, unwritable
     * @param setting the setting that the error should name
     */
    record Start(String trouble, String setting) implements Call {
    }
}
