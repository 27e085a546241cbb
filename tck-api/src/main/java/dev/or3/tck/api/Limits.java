package dev.or3.tck.api;

/**
 * The limits that a provider declares; null means that no limit is known.
 *
 * @param maxOpsPerPush       operations in one push
 * @param maxPullLimit        changes in one pull; a higher limit is clamped or refused
 * @param maxPayloadBytes     bytes of a payload's compact JSON in UTF-8
 * @param minRetentionSeconds the shortest retention a collection accepts, in seconds
 * @param maxRetentionSeconds the longest retention a collection accepts, in seconds
 * @param snapshotSeconds     how long the page tokens of a snapshot live, in seconds; 3600 if null
 * @param maxJobs             jobs that stream at once, of all users; 20 if null
 * @param maxJobsPerUser      jobs of one user that stream at once; 5 if null
 * @param maxUrlSeconds       how long a presigned URL lives at most, in seconds; 3600 if null
 * @param storageQuotaBytes   bytes that a workspace may store; null if it has no quota
 */
public record Limits(Integer maxOpsPerPush, Integer maxPullLimit, Integer maxPayloadBytes,
        Long minRetentionSeconds, Long maxRetentionSeconds, Long snapshotSeconds, Integer maxJobs, Integer maxJobsPerUser,
        Long maxUrlSeconds, Long storageQuotaBytes) {

    /** No limit known. */
    public static final Limits UNKNOWN = new Limits(null, null, null, null, null, null);

    /** The limits of the sync component alone. */
    public Limits(Integer maxOpsPerPush, Integer maxPullLimit, Integer maxPayloadBytes, Long minRetentionSeconds,
            Long maxRetentionSeconds, Long snapshotSeconds) {
        this(maxOpsPerPush, maxPullLimit, maxPayloadBytes, minRetentionSeconds, maxRetentionSeconds, snapshotSeconds, null,
                null, null, null);
    }

    /** How many operations the kit puts into one push at most. */
    public int opsPerPush() {
        return maxOpsPerPush == null ? 100 : maxOpsPerPush;
    }

    /** How many changes the kit asks for in one pull at most. */
    public int pullLimit() {
        return maxPullLimit == null ? 500 : maxPullLimit;
    }

    /** How large, in bytes, the payloads of the kit grow at most. */
    public int payloadBytes() {
        return maxPayloadBytes == null ? 60 * 1024 : maxPayloadBytes;
    }

    /** How long page tokens of a snapshot live, in seconds. */
    public long snapshotLifeSeconds() {
        return snapshotSeconds == null ? 3600 : snapshotSeconds;
    }

    /** How many jobs may stream at once, of all users. */
    public int jobs() {
        return maxJobs == null ? 20 : maxJobs;
    }

    /** How many jobs of one user may stream at once. */
    public int jobsPerUser() {
        return maxJobsPerUser == null ? 5 : maxJobsPerUser;
    }

    /** How long a presigned URL lives at most, in seconds. */
    public long urlSeconds() {
        return maxUrlSeconds == null ? 3600 : maxUrlSeconds;
    }
}
