package dev.or3.tck.api.sync;

/**
 * @param scope    the workspace
 * @param deviceId the device
 * @param version  the version up to which the device has applied everything, 0 or more
 */
public record CursorUpdate(Scope scope, String deviceId, long version) {
}
