package dev.or3.tck.suites.fault;

import dev.or3.tck.api.schema.WireSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What an instance is made of. Every part is replaceable, once; the parts find each other here, so that a twin of one
 * part is seen by all others. Built anew at every start, so that whatever a part keeps in fields is a cache.
 */
final class Parts {
    final Disk disk;
    final MemorySettings settings;
    final WireSchema schema;
    final ProviderClock clock;
    final Life life;
    private final Set<Class<?>> replaced = new HashSet<>();

    Access access;
    Admission admission;
    Privacy privacy;
    Deduplication deduplication;
    Numbering numbering;
    Resolution resolution;
    Pushing pushing;
    Paging paging;
    Cursors cursors;
    Collection collection;
    Snapshots snapshots;
    Members members;
    Administration administration;
    RequestLimits limits;
    Minting minting;
    /** Null unless the settings hold a key. */
    Configurations configurations;
    private Function<Parts, Configurations> configuring = Configurations::new;
    BackgroundJobs jobs;
    Emission emission;
    Depot depot;
    Startup startup;
    /** What payloads lose, as the manifest tells. */
    List<String> normalizes = List.of();
    /** What the storage component can do, as the manifest tells. */
    Set<String> filing = Set.of("commit", "gc", "delete", "quota");
    /** Where bytes come in and go out; outlives a restart. */
    FileServer files;

    Parts(Disk disk, MemorySettings settings, WireSchema schema, ProviderClock clock, Life life) {
        this.disk = disk;
        this.settings = settings;
        this.schema = schema;
        this.clock = clock;
        this.life = life;
        access = new Access(this);
        admission = new Admission(this);
        privacy = new Privacy(this);
        deduplication = new Deduplication(this);
        numbering = new Numbering(this);
        resolution = new Resolution(this);
        pushing = new Pushing(this);
        paging = new Paging(this);
        cursors = new Cursors(this);
        collection = new Collection(this);
        snapshots = new Snapshots(this);
        members = new Members(this);
        administration = new Administration(this);
        limits = new RequestLimits(this);
        minting = new Minting(this);
        jobs = new BackgroundJobs(this);
        emission = new Emission(this);
        depot = new Depot(this);
        startup = new Startup(this);
    }

    Parts use(Access twin) {
        access = claim(Access.class, twin);
        return this;
    }

    Parts use(Admission twin) {
        admission = claim(Admission.class, twin);
        return this;
    }

    Parts use(Privacy twin) {
        privacy = claim(Privacy.class, twin);
        return this;
    }

    Parts use(Deduplication twin) {
        deduplication = claim(Deduplication.class, twin);
        return this;
    }

    Parts use(Numbering twin) {
        numbering = claim(Numbering.class, twin);
        return this;
    }

    Parts use(Resolution twin) {
        resolution = claim(Resolution.class, twin);
        return this;
    }

    Parts use(Pushing twin) {
        pushing = claim(Pushing.class, twin);
        return this;
    }

    Parts use(Paging twin) {
        paging = claim(Paging.class, twin);
        return this;
    }

    Parts use(Cursors twin) {
        cursors = claim(Cursors.class, twin);
        return this;
    }

    Parts use(Collection twin) {
        collection = claim(Collection.class, twin);
        return this;
    }

    Parts use(Snapshots twin) {
        snapshots = claim(Snapshots.class, twin);
        return this;
    }

    Parts use(Members twin) {
        members = claim(Members.class, twin);
        return this;
    }

    Parts use(Administration twin) {
        administration = claim(Administration.class, twin);
        return this;
    }

    Parts use(RequestLimits twin) {
        limits = claim(RequestLimits.class, twin);
        return this;
    }

    Parts use(Minting twin) {
        minting = claim(Minting.class, twin);
        return this;
    }

    Parts use(BackgroundJobs twin) {
        jobs = claim(BackgroundJobs.class, twin);
        return this;
    }

    Parts use(Emission twin) {
        emission = claim(Emission.class, twin);
        return this;
    }

    Parts configureBy(Function<Parts, Configurations> twin) {
        configuring = claim(Configurations.class, twin);
        return this;
    }

    /** Comes last, for here the start fails if the environment is wrong. */
    void configure() {
        configurations = settings.configures() ? configuring.apply(this) : null;
    }

    Parts use(Depot twin) {
        depot = claim(Depot.class, twin);
        return this;
    }

    Parts use(Startup twin) {
        startup = claim(Startup.class, twin);
        return this;
    }

    /** Runs a transaction: wholly, or not at all if the process died before. */
    <T> T transact(Space space, Supplier<T> work) {
        return space.transact(() -> {
            life.step();
            return work.get();
        });
    }

    /** As for a workspace. */
    <T> T transact(Accounts accounts, Supplier<T> work) {
        return accounts.transact(() -> {
            life.step();
            return work.get();
        });
    }

    Parts normalizes(List<String> what) {
        normalizes = what;
        return this;
    }

    Parts filing(Set<String> capabilities) {
        filing = capabilities;
        return this;
    }

    private <T> T claim(Class<?> part, T twin) {
        if (!replaced.add(part)) {
            throw new IllegalArgumentException("two of the chosen faults or variants replace the same part ("
                    + part.getSimpleName().toLowerCase(Locale.ROOT) + "): choose one of them");
        }
        return twin;
    }
}
