package dev.or3.tck.api.sync;

/**
 * @param scope            the workspace
 * @param retentionSeconds what is younger stays, in seconds of the provider's time
 */
public record CollectRequest(Scope scope, long retentionSeconds) {
}
