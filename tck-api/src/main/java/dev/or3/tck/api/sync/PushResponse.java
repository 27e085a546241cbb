package dev.or3.tck.api.sync;

import java.util.List;

/**
 * @param results       one result for each operation, matched by op id, in any order
 * @param serverVersion the highest version the batch was given (PUSH-16); 0, an old one or the head if it was given none
 */
public record PushResponse(List<OperationResult> results, Long serverVersion) {
}
