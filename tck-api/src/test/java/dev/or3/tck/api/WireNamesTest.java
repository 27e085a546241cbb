package dev.or3.tck.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.Hlc;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.SnapshotRequest;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.workspaces.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The names that travel are those of the contract, letter by letter. */
class WireNamesTest {

    private static final String STAMP = "{\"deviceId\":\"d1\",\"opId\":\"o1\",\"hlc\":\"h\",\"clock\":1}";
    private static final Map<Class<?>, String> WIRE = new LinkedHashMap<>();

    static {
        WIRE.put(Scope.class, "{\"workspaceId\":\"w1\"}");
        WIRE.put(Stamp.class, STAMP);
        WIRE.put(Operation.class, "{\"id\":\"i1\",\"tableName\":\"kv\",\"operation\":\"put\",\"pk\":\"k\","
                + "\"payload\":{\"a\":1.0},\"stamp\":" + STAMP + ",\"createdAt\":5,\"attempts\":1,\"status\":\"pending\"}");
        WIRE.put(PushRequest.class, "{\"scope\":{\"workspaceId\":\"w1\"},\"ops\":[]}");
        WIRE.put(OperationResult.class, "{\"opId\":\"o1\",\"success\":true,\"serverVersion\":1,\"applied\":false,"
                + "\"payload\":{\"a\":1},\"error\":\"e\",\"errorCode\":\"CONFLICT\"}");
        WIRE.put(PushResponse.class, "{\"results\":[],\"serverVersion\":3}");
        WIRE.put(PullRequest.class, "{\"scope\":{\"workspaceId\":\"w1\"},\"cursor\":0,\"limit\":10,\"tables\":[\"kv\"]}");
        WIRE.put(Change.class, "{\"serverVersion\":1,\"tableName\":\"kv\",\"pk\":\"k\",\"op\":\"put\",\"payload\":{\"a\":1},"
                + "\"stamp\":" + STAMP + "}");
        WIRE.put(PullResponse.class, "{\"changes\":[],\"nextCursor\":1,\"hasMore\":false,\"oldestRetainedVersion\":1,"
                + "\"requiresSnapshot\":false}");
        WIRE.put(CursorUpdate.class, "{\"scope\":{\"workspaceId\":\"w1\"},\"deviceId\":\"d1\",\"version\":7}");
        WIRE.put(CollectRequest.class, "{\"scope\":{\"workspaceId\":\"w1\"},\"retentionSeconds\":3600}");
        WIRE.put(SnapshotRequest.class,
                "{\"scope\":{\"workspaceId\":\"w1\"},\"pageSize\":5,\"pageToken\":\"t\",\"tables\":[\"kv\"]}");
        WIRE.put(SnapshotPage.class, "{\"workspaceId\":\"w1\",\"snapshotId\":\"s\",\"highWatermark\":9,\"items\":[],"
                + "\"nextPageToken\":\"t\"}");
        WIRE.put(SnapshotPage.Item.class, "{\"kind\":\"row\",\"tableName\":\"kv\",\"pk\":\"k\",\"payload\":{\"a\":1},"
                + "\"revision\":{\"clock\":1,\"hlc\":\"h\",\"opId\":\"o1\"},\"serverDeletedAt\":5}");
        WIRE.put(SnapshotPage.Revision.class, "{\"clock\":1,\"hlc\":\"h\",\"opId\":\"o1\"}");

        WIRE.put(Workspaces.Identity.class, "{\"provider\":\"clerk\",\"providerUserId\":\"p\"}");
        WIRE.put(Workspaces.NewUser.class,
                "{\"provider\":\"clerk\",\"providerUserId\":\"p\",\"email\":\"e\",\"displayName\":\"n\"}");
        WIRE.put(Workspaces.UserRef.class, "{\"userId\":\"u1\"}");
        WIRE.put(Workspaces.User.class, "{\"userId\":\"u1\",\"email\":\"e\",\"displayName\":\"n\"}");
        WIRE.put(Workspaces.DefaultWorkspace.class, "{\"workspaceId\":\"w1\",\"workspaceName\":\"n\",\"created\":true}");
        WIRE.put(Workspaces.Membership.class, "{\"userId\":\"u1\",\"workspaceId\":\"w1\"}");
        WIRE.put(Workspaces.WorkspaceRef.class, "{\"workspaceId\":\"w1\"}");
        WIRE.put(Workspaces.NewWorkspace.class, "{\"userId\":\"u1\",\"name\":\"n\",\"description\":\"d\"}");
        WIRE.put(Workspaces.WorkspaceUpdate.class,
                "{\"userId\":\"u1\",\"workspaceId\":\"w1\",\"name\":\"n\",\"description\":\"d\"}");
        WIRE.put(Workspaces.WorkspaceEntry.class, "{\"id\":\"w1\",\"name\":\"n\",\"description\":\"d\",\"role\":\"viewer\","
                + "\"createdAt\":5,\"isActive\":true}");

        WIRE.put(Controls.Provisioned.class, "{\"workspaceId\":\"w1\",\"userIds\":[\"u1\"]}");
        WIRE.put(Controls.Inspection.class, "{\"record\":{\"payload\":{\"a\":1},\"deleted\":false,\"clock\":1,\"hlc\":\"h\","
                + "\"opId\":\"o1\"},\"tombstones\":[{\"clock\":1,\"hlc\":\"h\",\"opId\":\"o1\",\"serverVersion\":4}]}");
        WIRE.put(Controls.StoredRecord.class,
                "{\"payload\":{\"a\":1},\"deleted\":false,\"clock\":1,\"hlc\":\"h\",\"opId\":\"o1\"}");
        WIRE.put(Controls.Tombstone.class, "{\"clock\":1,\"hlc\":\"h\",\"opId\":\"o1\",\"serverVersion\":4}");

        WIRE.put(Caller.class, "{\"userId\":\"u1\",\"workspaceId\":\"w1\"}");
        WIRE.put(Manifest.class, "{\"protocol\":1,\"provider\":{\"id\":\"sqlite\",\"name\":\"n\",\"version\":\"1\"},"
                + "\"profile\":\"or3-sync/1.0\",\"components\":{\"sync\":{\"capabilities\":[\"gc\"],\"scope\":\"process\"}},"
                + "\"limits\":{\"maxOpsPerPush\":1,\"maxPullLimit\":2,\"maxPayloadBytes\":3,\"minRetentionSeconds\":4,"
                + "\"maxRetentionSeconds\":5,\"snapshotSeconds\":6},\"normalizes\":[\"nulls\"],\"strictSchema\":true,"
                + "\"controls\":[\"clock\"]}");
    }

    @TestFactory
    Stream<DynamicTest> a_record_reads_and_writes_the_names_of_the_contract() {
        return WIRE.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey().getSimpleName(), () -> {
            assertThat(Json.write(read(entry.getValue(), entry.getKey()))).isEqualTo(entry.getValue());
        }));
    }

    @TestFactory
    Stream<DynamicTest> unknown_fields_are_ignored() {
        return WIRE.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey().getSimpleName(), () -> {
            String more = entry.getValue().replaceFirst("^\\{", "{\"__more\":{\"a\":[1]},");
            assertThat(read(more, entry.getKey())).isEqualTo(read(entry.getValue(), entry.getKey()));
        }));
    }

    @Test
    void no_record_of_the_components_is_forgotten_here() throws Exception {
        for (Class<?> anchor : List.of(Sync.class, Workspaces.class, Controls.class)) {
            for (Class<?> type : classesBeside(anchor)) {
                if (type.isRecord() && type != Hlc.class) {
                    assertThat(WIRE).as("%s is a record that travels", type.getName()).containsKey(type);
                }
            }
        }
    }

    private static Object read(String json, Class<?> type) throws IOException {
        return Json.mapper().readerFor(type).readValue(json);
    }

    private static List<Class<?>> classesBeside(Class<?> anchor) throws Exception {
        Path directory = Path.of(anchor.getResource(anchor.getSimpleName() + ".class").toURI()).getParent();
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".class"))
                    .<Class<?>>map(name -> {
                try {
                    return Class.forName(anchor.getPackageName() + "." + name.substring(0, name.length() - 6));
                } catch (ClassNotFoundException e) {
                    throw new IllegalStateException(e);
                }
            }).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
