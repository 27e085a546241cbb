package dev.or3.tck.suites.fault;

/** What happens at every start, before the first call: migrations, which may repeat (DUR-05). */
class Startup {
    final Parts parts;

    Startup(Parts parts) {
        this.parts = parts;
    }

    void start() {
        int old = parts.disk.schemaVersion();
        if (old < parts.schema.version()) {
            migrate(old, parts.schema.version());
        }
        parts.disk.schemaVersion(parts.schema.version());
    }

    /** What becomes of what the process has in hand when it is killed: nothing is, that counts. */
    void die() {
    }

    /** Brings the tables to a later schema: records are kept as JSON, so nothing has to change. */
    void migrate(int from, int to) {
    }
}
