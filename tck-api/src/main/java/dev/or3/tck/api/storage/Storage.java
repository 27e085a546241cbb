package dev.or3.tck.api.storage;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.shape.OrNull;
import java.util.Map;

/**
 * The storage component (STOR rules). Called by several threads at once.
 *
 * <p>Files are named by their content: {@code sha256:} and 64 hex digits; {@code md5:} and 32 exist too. Bytes travel by
 * the URLs handed out here, not by these methods. Viewers may download, not upload. Refusals throw
 * {@link ProviderException} with a 4xx status and change nothing: 404 for an unknown file, 413 beyond the quota.
 */
public interface Storage {

    /** A URL by which the bytes of a file can be sent, until it expires (STOR-01, -02). */
    PresignedUrl presignUpload(Caller caller, UploadRequest input);

    /** A URL by which the bytes of a file of that workspace can be had, until it expires (STOR-01 to -03). */
    PresignedUrl presignDownload(Caller caller, DownloadRequest input);

    /** Makes an uploaded file readable, once (capability {@code commit}; STOR-05). */
    default void commit(Caller caller, Commit input) {
        throw ProviderException.unsupported("storage.commit");
    }

    /** Deletes a file of that workspace (capability {@code delete}). */
    default void deleteObject(Caller caller, ObjectRef input) {
        throw ProviderException.unsupported("storage.deleteObject");
    }

    /** Collects what is unreferenced and older than the retention (capability {@code gc}; STOR-06). */
    default Collected gc(Caller caller, CollectObjects input) {
        throw ProviderException.unsupported("storage.gc");
    }

    /**
     * @param hash        of the bytes to come
     * @param sizeBytes   how many will come
     * @param expiresInMs how long the URL is to live at most, in milliseconds; null for the provider's choice
     */
    record UploadRequest(String workspaceId, String hash, String mimeType, Long sizeBytes, @OrNull Long expiresInMs) {
    }

    /**
     * @param storageId   as an upload's answer named it, or null
     * @param expiresInMs how long the URL is to live at most, in milliseconds; null for the provider's choice
     */
    record DownloadRequest(String workspaceId, String hash, @OrNull String storageId, @OrNull Long expiresInMs) {
    }

    /**
     * A URL with what belongs to the request.
     *
     * @param url       absolute
     * @param expiresAt epoch seconds or milliseconds, told apart by size; null if not told
     * @param headers   to be sent along; null for none
     * @param method    to be used; null for PUT of an upload, GET of a download
     * @param storageId the provider's own name of the file, to be given to {@link Commit}; null if it has none
     * @param intentId  of the upload, to be given to {@link Commit}; null if it has none
     */
    record PresignedUrl(String url, Long expiresAt, Map<String, String> headers, String method, String storageId,
            String intentId) {
    }

    /**
     * An upload that is complete, in the words of the file_meta row.
     *
     * @param storageId         as the upload's answer, or that of its URL, named it; null if neither did
     * @param storageProviderId the id of the provider that keeps the bytes
     * @param sizeBytes         as announced
     * @param intentId          as the upload's answer named it; null if it did not
     */
    record Commit(@JsonProperty("workspace_id") String workspaceId, String hash,
            @OrNull @JsonProperty("storage_id") String storageId,
            @OrNull @JsonProperty("storage_provider_id") String storageProviderId,
            @OrNull @JsonProperty("mime_type") String mimeType, @JsonProperty("size_bytes") Long sizeBytes,
            @OrNull String name, @OrNull String kind, @OrNull @JsonProperty("intent_id") String intentId) {
    }

    /** A file of a workspace. */
    record ObjectRef(String workspaceId, String hash, @OrNull String storageId) {
    }

    /**
     * @param retentionSeconds only what is older goes, in seconds
     * @param limit            how many go at most; null for no limit
     */
    record CollectObjects(@JsonProperty("workspace_id") String workspaceId,
            @JsonProperty("retention_seconds") Long retentionSeconds, @OrNull Integer limit) {
    }

    /** How many files went. */
    record Collected(@JsonProperty("deleted_count") long deletedCount) {
    }
}
