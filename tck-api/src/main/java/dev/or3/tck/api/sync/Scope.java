package dev.or3.tck.api.sync;

/** The workspace that a call is about. */
public record Scope(String workspaceId) {
}
