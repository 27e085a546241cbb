package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.AskScript.CLIENTS;
import static dev.or3.tck.suites.plan.AskScript.EDITOR;
import static dev.or3.tck.suites.plan.AskScript.FOREIGN;
import static dev.or3.tck.suites.plan.AskScript.OWNER;
import static dev.or3.tck.suites.plan.AskScript.SHARED;
import static dev.or3.tck.suites.plan.AskScript.STRANGER;
import static dev.or3.tck.suites.plan.AskScript.VIEWER;
import static dev.or3.tck.suites.plan.AskScript.fields;

import dev.or3.tck.api.Manifest;
import dev.or3.tck.suites.plan.Action.Body;
import dev.or3.tck.suites.plan.Action.Swap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Plans for the storage component: files of all sizes, sent and fetched by real URLs. What a workspace stores stays far
 * below
 * its quota, unless a plan is about that.
 */
public final class FilePlans {
    /** Apart from other streams of plans under the same seed. */
    private static final long STREAM = 9_000_000_000L;
    private static final int LARGEST = 1 << 20;
    /** The sizes in bytes around which buffers end. */
    private static final List<Integer> SIZES = List.of(1, 2, 4095, 4096, 4097, 8193, 65535, 65536, 65537);
    /** What is filled up in a plan; quotas beyond are not verifiable in a reasonable time. */
    private static final long FILLED_AT_MOST = 32 << 20;
    private static final long DAY = 24 * 3600;
    private static final List<String> NO_HASHES = List.of("sha256:../../../../etc/passwd", "../../../../etc/passwd",
            "sha256:..%2f..%2f..%2fetc%2fpasswd", "sha256:" + "a".repeat(63), "sha256:" + "a".repeat(65), "a".repeat(64),
            "sha256:" + "g".repeat(64), "sha1:" + "a".repeat(40), "sha256:", "sha256:" + "a".repeat(62) + "/a", "/",
            "sha256:" + "a".repeat(63) + (char) 0);

    private final Manifest manifest;
    private final boolean commits;
    private final Long quota;
    private final long lifeSeconds;

    private FilePlans(Manifest manifest) {
        this.manifest = manifest;
        this.commits = has("commit");
        this.quota = has("quota") ? manifest.limits().storageQuotaBytes() : null;
        this.lifeSeconds = manifest.limits().urlSeconds();
    }

    /** The plans that the provider's manifest allows. */
    public static FilePlans of(Manifest manifest) {
        return new FilePlans(manifest);
    }

    private boolean has(String capability) {
        return manifest.hasCapability(FileScript.COMPONENT, capability);
    }

    private boolean hasQuota() {
        return quota != null && quota >= CLIENTS && quota <= FILLED_AT_MOST;
    }

    /** Plans written by hand that leave provider time alone. */
    public List<Plan> examples() {
        List<Plan> examples = new ArrayList<>();
        examples.add(example("STOR-01-sizes", Feature.FILES, files -> {
            files.store(OWNER, SHARED, files.file(0));
            SIZES.forEach(size -> roundTrip(files, OWNER, size));
            roundTrip(files, EDITOR, largest());
        }));
        examples.add(example("STOR-01-together", Feature.RACES, files -> together(files, new Dice(0, STREAM))));
        examples.add(example("STOR-03-apart", Feature.FOREIGN_SCOPES, this::apart));
        examples.add(example("STOR-04-unknown", Feature.MALFORMED, files -> unknown(files, NO_HASHES)));
        examples.add(example("STOR-05-bytes", Feature.FILES, files -> otherBytes(files, 100)));
        examples.add(example("STOR-09-input", Feature.MALFORMED, files -> input(files, 100, new Dice(0, STREAM))));
        if (commits) {
            examples.add(example("STOR-05-commits", Feature.FILES, files -> commits(files, 1000)));
        }
        if (has("gc")) {
            examples.add(example("STOR-06-young", Feature.COLLECTIONS, files -> young(files, 500)));
        }
        if (hasQuota()) {
            examples.add(example("STOR-07-full", Feature.FILES, files -> full(files, 3)));
            examples.add(example("STOR-07-race", Feature.RACES, files -> crowd(files, 2)));
        }
        if (manifest.hasControl("restart")) {
            examples.add(example("STOR-08-restart", Feature.RESTARTS, files -> restart(files, 3000)));
        }
        return List.copyOf(examples);
    }

    /** Plans written by hand that move provider time. */
    public List<Plan> movingExamples() {
        List<Plan> examples = new ArrayList<>();
        examples.add(example("STOR-02-expiry", Feature.CLOCK_JUMPS, files -> expiry(files, 100, null)));
        examples.add(example("STOR-02-asked", Feature.CLOCK_JUMPS, files -> expiry(files, 10, 30 * DAY * 1000)));
        if (has("gc")) {
            examples.add(example("STOR-06-old", Feature.COLLECTIONS, files -> old(files, 700)));
        }
        if (hasQuota()) {
            examples.add(example("STOR-07-given-up", Feature.CLOCK_JUMPS, files -> givenUp(files, 6)));
        }
        return List.copyOf(examples);
    }

    private Plan example(String name, Feature feature, Consumer<FileScript> act) {
        FileScript files = script();
        act.accept(files);
        return files.plan("example/" + name, 0, -1, EnumSet.of(Feature.FILES, feature));
    }

    private FileScript script() {
        return new FileScript(manifest.provider().id(), commits);
    }

    /** Plan number {@code index} under that seed, always the same one. */
    public Plan generate(long seed, int index) {
        Dice dice = new Dice(seed, STREAM + index);
        FileScript files = script();
        Set<Feature> features = EnumSet.of(Feature.FILES);
        roundTrip(files, OWNER, size(dice));
        if (hasQuota() && dice.percent(8)) {
            if (dice.percent(50)) {
                full(files, dice.between(2, 4));
            } else {
                features.add(Feature.RACES);
                crowd(files, dice.between(2, 3));
            }
        } else {
            for (int act = dice.between(1, 3); act > 0; act--) {
                act(files, dice, features);
            }
        }
        return files.plan("storage/" + (features.contains(Feature.RACES) ? "race" : "sequence"), seed, index, features);
    }

    private void act(FileScript files, Dice dice, Set<Feature> features) {
        files.script.then();
        switch (dice.below(manifest.hasControl("restart") ? 8 : 7)) {
            case 0 -> roundTrip(files, dice.pick(List.of(OWNER, EDITOR)), dice.percent(3) ? largest() : size(dice));
            case 1 -> {
                features.add(Feature.RACES);
                together(files, dice);
            }
            case 2 -> apart(files);
            case 3 -> unknown(files, dice.some(NO_HASHES, 4));
            case 4 -> otherBytes(files, size(dice) + 1);
            case 5 -> {
                if (commits) {
                    commits(files, size(dice));
                }
                if (has("gc")) {
                    young(files, size(dice));
                }
            }
            case 6 -> {
                features.add(Feature.MALFORMED);
                input(files, 4, dice);
            }
            default -> {
                features.add(Feature.RESTARTS);
                restart(files, size(dice));
            }
        }
    }

    /** As {@link #generate}, for plans that move provider time. */
    public Plan moving(long seed, int index) {
        Dice dice = new Dice(seed, 2 * STREAM + index);
        FileScript files = script();
        switch (dice.below(4)) {
            case 0 -> expiry(files, size(dice), dice.percent(50) ? null : dice.pick(List.of(60_000L, 30 * DAY * 1000)));
            case 1, 2 -> {
                if (has("gc")) {
                    old(files, size(dice));
                } else {
                    expiry(files, size(dice), null);
                }
            }
            default -> {
                if (hasQuota()) {
                    givenUp(files, dice.between(5, 9));
                } else {
                    expiry(files, size(dice), null);
                }
            }
        }
        return files.plan("storage/time", seed, index, EnumSet.of(Feature.FILES, Feature.CLOCK_JUMPS));
    }

    private int size(Dice dice) {
        return Math.min(dice.percent(50) ? dice.pick(SIZES) : dice.between(1, 20_000), largest());
    }

    private int largest() {
        return quota == null ? LARGEST : (int) Math.min(LARGEST, quota / 3);
    }

    /** One file up, and down again for all members. */
    private void roundTrip(FileScript files, String user, int size) {
        Body file = files.file(size);
        String url = files.store(user, SHARED, file);
        List.of(OWNER, EDITOR, VIEWER).forEach(reader -> files.read(reader, SHARED, file, url));
    }

    /** Files of all sizes at the same time, some of them the same one. */
    private void together(FileScript files, Dice dice) {
        Body same = files.file(size(dice));
        List<Body> sent = new ArrayList<>();
        files.script.race().align(CLIENTS);
        for (int thread = 0; thread < CLIENTS; thread++) {
            files.script.to(thread);
            for (Body file : List.of(files.file(size(dice)), same)) {
                String url = files.announce(OWNER, SHARED, file);
                files.send(thread, url, file, null);
                files.script.to(thread);
                files.commit(OWNER, SHARED, file, url);
                sent.add(file);
            }
        }
        files.script.then();
        sent.stream().distinct().forEach(file -> files.read(EDITOR, SHARED, file, null));
    }

    /** Strangers and changed URLs at files of one workspace, with a workspace that has files of its own. */
    private void apart(FileScript files) {
        Body ours = files.file(300);
        Body second = files.file(301);
        Body theirs = files.file(302);
        Body both = files.file(303);
        files.store(OWNER, SHARED, ours);
        files.store(OWNER, SHARED, second);
        files.store(STRANGER, FOREIGN, theirs);
        files.store(OWNER, SHARED, both);
        files.store(STRANGER, FOREIGN, both);
        String known = files.ask(STRANGER, FOREIGN, FileScript.hash(ours), null, null);
        files.fetch(known, null);
        for (String user : Arrays.asList(STRANGER, null)) {
            files.fetch(files.ask(user, SHARED, FileScript.hash(ours), null, null), null);
            Body intruder = files.file(304);
            String url = files.announce(user, SHARED, intruder);
            files.send(url, intruder);
            files.commit(user, SHARED, intruder, url);
            files.commit(OWNER, SHARED, intruder, url);
            files.read(OWNER, SHARED, intruder, null);
        }
        String own = files.ask(STRANGER, FOREIGN, FileScript.hash(theirs), null, null);
        files.fetch(own, null);
        files.fetch(own, new Swap(bare(theirs), bare(ours)));
        files.fetch(own, new Swap(FOREIGN, SHARED));
        files.fetch(files.ask(OWNER, SHARED, FileScript.hash(ours), null, null), new Swap(bare(ours), bare(second)));
        Body smuggled = files.file(305);
        String up = files.announce(STRANGER, FOREIGN, smuggled);
        files.send(0, up, smuggled, new Swap(FOREIGN, SHARED));
        files.commit(OWNER, SHARED, smuggled, up);
        files.read(OWNER, SHARED, smuggled, null);
        if (has("delete")) {
            files.delete(STRANGER, SHARED, second);
            files.script.ask(FileScript.ask("deleteObject", STRANGER, fields("workspaceId", FOREIGN, "hash",
                    FileScript.hash(both))));
        }
        List.of(ours, second, both).forEach(file -> files.read(OWNER, SHARED, file, null));
    }

    /** The digest alone, which is how it stands in a URL however the rest of the hash is written there. */
    private static String bare(Body file) {
        return FileScript.hash(file).substring("sha256:".length());
    }

    /** What is not there, or no longer, and what can not be. */
    private void unknown(FileScript files, List<String> noHashes) {
        Body there = files.file(50);
        files.store(OWNER, SHARED, there);
        files.read(OWNER, SHARED, there, null);
        for (int i = 0; i < 2; i++) {
            Body never = files.file(60 + i);
            files.read(OWNER, SHARED, never, null);
        }
        Body announced = files.file(70);
        files.announce(OWNER, SHARED, announced);
        files.read(OWNER, SHARED, announced, null);
        for (String hash : noHashes) {
            files.ask(OWNER, SHARED, hash, null, null);
            files.announce(OWNER, SHARED, hash, 10, null);
        }
        if (has("delete")) {
            for (int i = 0; i < 2; i++) {
                files.delete(EDITOR, SHARED, there);
                files.read(OWNER, SHARED, there, null);
            }
            files.store(OWNER, SHARED, there);
            files.read(EDITOR, SHARED, there, null);
        }
    }

    /** Bytes other than announced: of the same size, fewer, more; and an announcement that contradicts itself. */
    private void otherBytes(FileScript files, int size) {
        Body good = files.file(size);
        files.store(OWNER, SHARED, good);
        files.read(OWNER, SHARED, good, null);
        for (int change : new int[] {0, -1, 1}) {
            Body file = files.file(size);
            Body other = change == 0 ? files.file(size) : new Body(size + change, file.seed());
            String url = files.announce(EDITOR, SHARED, file);
            files.send(url, other);
            readUnlessRefused(files, file, url);
        }
        Body file = files.file(size + 1);
        String shorter = files.announce(OWNER, SHARED, FileScript.hash(file), size, null);
        files.send(shorter, file);
        readUnlessRefused(files, file, shorter);
        String again = files.announce(OWNER, SHARED, good);
        files.send(again, files.file(size));
        files.read(OWNER, SHARED, good, null);
    }

    private void readUnlessRefused(FileScript files, Body file, String url) {
        files.commit(OWNER, SHARED, file, url);
        files.read(OWNER, SHARED, file, url);
    }

    /** Commits twice, at the same time, without an upload, with another size. */
    private void commits(FileScript files, int size) {
        Body twice = files.file(size);
        String url = files.store(OWNER, SHARED, twice);
        files.commit(OWNER, SHARED, twice, url);
        files.commit(EDITOR, SHARED, twice, url);
        files.read(OWNER, SHARED, twice, url);
        Body never = files.file(size);
        files.commit(OWNER, SHARED, never, "nothing");
        files.read(OWNER, SHARED, never, null);
        Body announced = files.file(size);
        files.commit(OWNER, SHARED, announced, files.announce(OWNER, SHARED, announced));
        files.read(OWNER, SHARED, announced, null);
        Body larger = files.file(size);
        String up = files.announce(OWNER, SHARED, larger);
        files.send(up, larger);
        files.script.ask(files.committing(OWNER, SHARED, FileScript.hash(larger), size + 1, up));
        files.commit(OWNER, SHARED, larger, up);
        files.read(OWNER, SHARED, larger, up);
        Body raced = files.file(size);
        String race = files.announce(OWNER, SHARED, raced);
        files.send(race, raced);
        files.script.race().align(CLIENTS);
        for (int thread = 0; thread < CLIENTS; thread++) {
            files.script.to(thread);
            files.commit(OWNER, SHARED, raced, race);
        }
        files.script.then();
        files.read(OWNER, SHARED, raced, race);
        if (has("delete")) {
            files.delete(OWNER, SHARED, twice);
            files.read(OWNER, SHARED, twice, null);
        }
    }

    /** A collection between upload and commit, and over what is stored. */
    private void young(FileScript files, int size) {
        Body stored = files.file(size);
        files.store(OWNER, SHARED, stored);
        Body fresh = files.file(size);
        String url = files.announce(OWNER, SHARED, fresh);
        files.send(url, fresh);
        files.collect(OWNER, SHARED, DAY);
        files.commit(OWNER, SHARED, fresh, url);
        List.of(stored, fresh).forEach(file -> files.read(OWNER, SHARED, file, null));
    }

    /** Files up to the quota and one beyond, some of them sent or committed twice. */
    private void full(FileScript files, int fit) {
        int part = (int) (quota / fit);
        files.script.then();
        for (int i = 0; i < fit + 1; i++) {
            Body file = files.file(i < fit ? part : part / 2);
            String url = files.announce(OWNER, SHARED, file);
            files.send(url, file);
            files.commit(OWNER, SHARED, file, url);
            files.commit(OWNER, SHARED, file, url);
            files.read(OWNER, SHARED, file, url);
        }
        files.announce(OWNER, SHARED, files.file((int) (quota + 1)));
        Body apart = files.file(100);
        files.store(STRANGER, FOREIGN, apart);
        files.read(STRANGER, FOREIGN, apart, null);
    }

    /** More at once than fits. */
    private void crowd(FileScript files, int fit) {
        int part = (int) (quota / (fit + 1)) + 1;
        List<Body> sent = new ArrayList<>();
        files.script.race().align(CLIENTS);
        for (int thread = 0; thread < CLIENTS; thread++) {
            files.script.to(thread);
            Body file = files.file(part);
            sent.add(file);
            String url = files.announce(OWNER, SHARED, file);
            files.send(thread, url, file, null);
            files.script.to(thread);
            files.commit(OWNER, SHARED, file, url);
        }
        files.script.then();
        sent.forEach(file -> files.read(OWNER, SHARED, file, null));
    }

    /** Stored before a restart, read after it; and in between begun. */
    private void restart(FileScript files, int size) {
        Body stored = files.file(size);
        Body second = files.file(size + 1);
        files.store(OWNER, SHARED, stored);
        files.store(EDITOR, SHARED, second);
        files.script.restart();
        List.of(stored, second).forEach(file -> files.read(OWNER, SHARED, file, null));
        roundTrip(files, OWNER, size);
        files.script.restart();
        files.read(VIEWER, SHARED, stored, null);
    }

    private void input(FileScript files, int most, Dice dice) {
        Body file = files.file(20);
        String url = files.store(OWNER, SHARED, file);
        files.read(OWNER, SHARED, file, url);
        List<Action.Ask> good = new ArrayList<>(List.of(
                FileScript.ask("presignUpload", OWNER, fields("workspaceId", SHARED, "hash", FileScript.hash(files.file(21)),
                        "mimeType", "text/plain", "sizeBytes", 21, "expiresInMs", 60_000)),
                FileScript.ask("presignDownload", OWNER, fields("workspaceId", SHARED, "hash", FileScript.hash(file),
                        "expiresInMs", 60_000))));
        if (commits) {
            good.add(files.committing(OWNER, SHARED, FileScript.hash(file), file.size(), url));
        }
        if (has("gc")) {
            good.add(FileScript.ask("gc", OWNER, fields("workspace_id", SHARED, "retention_seconds", DAY, "limit", 10)));
        }
        if (has("delete")) {
            good.add(FileScript.ask("deleteObject", OWNER, fields("workspaceId", SHARED, "hash",
                    FileScript.hash(files.file(22)))));
        }
        good.forEach(call -> Misshapen.play(files.script, call, STRANGER, List.of(), most, dice));
        files.read(OWNER, SHARED, file, url);
    }

    /** URLs in their life, and after it. */
    private void expiry(FileScript files, int size, Long asked) {
        Body file = files.file(size);
        Body late = files.file(size + 1);
        String up = files.store(OWNER, SHARED, file);
        String down = files.ask(OWNER, SHARED, FileScript.hash(file), up, asked);
        String open = files.announce(OWNER, SHARED, FileScript.hash(late), late.size(), asked);
        files.fetch(down, null);
        files.script.later(20);
        files.fetch(down, null);
        files.script.later(lifeSeconds + 60);
        files.fetch(down, null);
        files.send(open, late);
        files.commit(OWNER, SHARED, late, open);
        files.read(OWNER, SHARED, late, null);
        files.read(OWNER, SHARED, file, up);
    }

    /** Old files: stored, named by a row of file_meta, never committed, deleted. */
    private void old(FileScript files, int size) {
        Body stored = files.file(size);
        Body named = files.file(size);
        Body left = files.file(size);
        Body deleted = files.file(size);
        files.store(OWNER, SHARED, stored);
        files.store(OWNER, SHARED, named);
        if (manifest.hasComponent("sync")) {
            files.row(OWNER, SHARED, named);
        }
        String url = files.announce(OWNER, SHARED, left);
        files.send(url, left);
        if (has("delete")) {
            files.store(OWNER, SHARED, deleted);
            files.delete(OWNER, SHARED, deleted);
        }
        files.script.later(2 * DAY);
        Body fresh = files.file(size);
        String freshly = files.announce(OWNER, SHARED, fresh);
        files.send(freshly, fresh);
        files.collect(OWNER, SHARED, DAY);
        files.commit(OWNER, SHARED, fresh, freshly);
        files.commit(OWNER, SHARED, left, url);
        List.of(stored, named, fresh, left).forEach(file -> files.read(OWNER, SHARED, file, null));
    }

    /** Uploads that are announced and never come hold no room for ever. */
    private void givenUp(FileScript files, int tenths) {
        int most = (int) (quota * tenths / 10);
        Body small = files.file(100);
        files.store(OWNER, SHARED, small);
        files.read(OWNER, SHARED, small, null);
        files.announce(OWNER, SHARED, files.file(most));
        files.announce(OWNER, SHARED, files.file((int) (quota - 50)));
        files.script.later(lifeSeconds + 60);
        Body file = files.file(most);
        files.store(OWNER, SHARED, file);
        files.read(OWNER, SHARED, file, null);
    }
}
