package dev.or3.tck.suites.check.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.shape.Shape;
import dev.or3.tck.api.storage.Storage;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A history as the storage component sees it. */
final class FileHistory {
    static final String COMPONENT = "storage";
    /** Clocks of the kit and the provider may differ so much, in milliseconds. */
    static final long SLACK = 2_000;
    private static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}|md5:[0-9a-f]{32}");
    private static final Map<String, Shape> SHAPES = Map.of("presignUpload", Shape.of(Storage.UploadRequest.class),
            "presignDownload", Shape.of(Storage.DownloadRequest.class), "commit", Shape.of(Storage.Commit.class),
            "deleteObject", Shape.of(Storage.ObjectRef.class), "gc", Shape.of(Storage.CollectObjects.class));
    private static final Shape UNKNOWN = new Shape(List.of());

    final Manifest manifest;
    final boolean commits;
    private final List<History.Space> spaces;
    private final Map<List<String>, FileStory> stories = new LinkedHashMap<>();
    final List<AskCall> calls = new ArrayList<>();
    /** Calls that do not fit their shape. */
    final List<AskCall> malformed = new ArrayList<>();
    /** Calls about a hash that is none. */
    final List<AskCall> hashless = new ArrayList<>();
    /** Calls of those who are no members there, or have their session elsewhere. */
    final List<AskCall> foreign = new ArrayList<>();
    final List<AskCall> collections = new ArrayList<>();
    final List<Carried> transfers = new ArrayList<>();
    final List<Event> restarts = new ArrayList<>();

    FileHistory(History history) {
        manifest = history.header().manifest();
        commits = manifest.hasCapability(COMPONENT, "commit");
        spaces = history.header().spaces();
        Map<Integer, AskCall> presigns = new LinkedHashMap<>();
        for (Event event : history.events()) {
            AskCall.of(event).ifPresent(call -> take(call, presigns));
            if (event.call() instanceof Call.Transfer transfer && presigns.containsKey(transfer.presign())) {
                take(new Carried(event, transfer, presigns.get(transfer.presign())));
            } else if (event.call() instanceof Call.Restart) {
                restarts.add(event);
            }
        }
    }

    private void take(AskCall call, Map<Integer, AskCall> presigns) {
        if (call.is("sync", "push")) {
            call.input().path("ops").forEach(op -> row(call, op));
        } else if (call.component().equals(COMPONENT)) {
            presigns.put(call.seq(), call);
            calls.add(call);
            sort(call);
        }
    }

    private void row(AskCall push, JsonNode op) {
        if (op.path("tableName").asText().equals("file_meta")) {
            FileStory story = story(push.input().path("scope").path("workspaceId").asText(), op.path("pk").asText());
            (op.path("operation").asText().equals("put") ? story.rows : story.rowDeletes).add(push);
        }
    }

    private void sort(AskCall call) {
        if (!fits(call)) {
            malformed.add(call);
        } else if (!isInside(call)) {
            foreign.add(call);
        } else if (call.is("gc")) {
            collections.add(call);
        } else if (!HASH.matcher(call.text("hash")).matches()) {
            hashless.add(call);
        } else {
            FileStory story = story(workspace(call), call.text("hash"));
            switch (call.method()) {
                case "presignUpload" -> story.announced.add(call);
                case "presignDownload" -> story.asked.add(call);
                case "commit" -> story.commits.add(call);
                default -> story.deletes.add(call);
            }
        }
    }

    private static boolean fits(AskCall call) {
        return SHAPES.getOrDefault(call.method(), UNKNOWN).misfit(call.input(), call.caller(), Shape.LONGEST_NAME).isEmpty();
    }

    private void take(Carried carried) {
        transfers.add(carried);
        AskCall presign = carried.presign();
        boolean plain = !carried.transfer().altered() && fits(presign) && isInside(presign)
                && HASH.matcher(presign.text("hash")).matches();
        if (plain) {
            FileStory story = story(workspace(presign), presign.text("hash"));
            (carried.isUpload() ? story.uploads : story.fetches).add(carried);
        }
    }

    private FileStory story(String workspace, String hash) {
        return stories.computeIfAbsent(List.of(workspace, hash), key -> new FileStory(workspace, hash));
    }

    Collection<FileStory> stories() {
        return stories.values();
    }

    /** Those of one workspace. */
    List<FileStory> stories(String workspace) {
        return stories.values().stream().filter(story -> story.workspace.equals(workspace)).toList();
    }

    /** The workspace that a call is about, as it says itself. */
    static String workspace(AskCall call) {
        return call.text("workspaceId") == null ? call.text("workspace_id") : call.text("workspaceId");
    }

    /** Whether a member calls, from a session in that workspace. */
    boolean isInside(AskCall call) {
        String workspace = workspace(call);
        return call.caller() != null && workspace.equals(call.caller().workspaceId()) && spaces.stream()
                .filter(space -> space.workspaceId().equals(workspace)).flatMap(space -> space.members().stream())
                .anyMatch(member -> member.userId().equals(call.caller().userId()));
    }

    /** Whether a member calls who may write. */
    boolean mayWrite(AskCall call) {
        return spaces.stream().filter(space -> space.workspaceId().equals(workspace(call)))
                .flatMap(space -> space.members().stream()).filter(member -> member.userId().equals(call.caller().userId()))
                .anyMatch(member -> !member.role().wireName().equals("viewer"));
    }

    /** Collections of that workspace that may have taken effect between two moments. */
    List<AskCall> collections(String workspace, long from, long until) {
        return collections.stream().filter(gc -> workspace(gc).equals(workspace) && gc.mayTakeEffect() && gc.over() > from
                && gc.event().invoked() < until).toList();
    }

    boolean restarted(long from, long until) {
        return restarts.stream().anyMatch(restart -> restart.returned() > from && restart.invoked() < until);
    }

    /** Whether a collection may take the file that came then. */
    boolean mayBeCollected(FileStory story, Carried upload, long until) {
        boolean referenced = story.isNamed(upload.over()) || commits && story.rowDeletes.isEmpty();
        return !referenced && collections(story.workspace, upload.invoked(), until).stream()
                .anyMatch(gc -> gc.ended() == Long.MAX_VALUE || gc.ended() - upload.began() > retention(gc) - SLACK);
    }

    /** In milliseconds. */
    static long retention(AskCall gc) {
        return 1000 * gc.input().path("retention_seconds").asLong();
    }

    /** How the API names bytes. */
    static String named(Call.Bytes bytes) {
        return "sha256:" + bytes.sha256();
    }
}
