package dev.or3.tck.reference.convex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.shape.Shape;
import dev.or3.tck.api.storage.Storage;
import dev.or3.tck.api.sync.Scope;

/** The storage component, by the functions {@code storage:…}; bytes go between client and deployment. */
final class ConvexStorage implements Storage {
    private final Calls calls;

    ConvexStorage(Calls calls) {
        this.calls = calls;
    }

    private <T> T mutate(Caller caller, String function, Record input, String workspaceId, Class<T> type) {
        Shape.check(caller, input);
        Acting.inScope(caller, new Scope(workspaceId));
        ObjectNode args = Calls.args(input);
        return calls.mutation(caller, function, args.put("workspaceId", workspaceId).put("userId", caller.userId()), type);
    }

    @Override
    public PresignedUrl presignUpload(Caller caller, UploadRequest input) {
        return mutate(caller, "storage:presignUpload", input, input.workspaceId(), PresignedUrl.class);
    }

    @Override
    public PresignedUrl presignDownload(Caller caller, DownloadRequest input) {
        return mutate(caller, "storage:presignDownload", input, input.workspaceId(), PresignedUrl.class);
    }

    @Override
    public void commit(Caller caller, Commit input) {
        mutate(caller, "storage:commit", input, input.workspaceId(), Void.class);
    }

    @Override
    public void deleteObject(Caller caller, ObjectRef input) {
        mutate(caller, "storage:deleteObject", input, input.workspaceId(), Void.class);
    }

    @Override
    public Collected gc(Caller caller, CollectObjects input) {
        return mutate(caller, "storage:gc", input, input.workspaceId(), Collected.class);
    }
}
