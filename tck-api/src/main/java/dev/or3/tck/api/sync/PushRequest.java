package dev.or3.tck.api.sync;

import java.util.List;

/**
 * @param scope the workspace
 * @param ops   the operations, in the order in which they take effect
 */
public record PushRequest(Scope scope, List<Operation> ops) {
}
