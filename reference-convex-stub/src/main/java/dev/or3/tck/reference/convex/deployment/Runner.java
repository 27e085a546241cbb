package dev.or3.tck.reference.convex.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.reference.convex.deployment.database.ConflictException;
import dev.or3.tck.reference.convex.deployment.database.Database;
import dev.or3.tck.reference.convex.deployment.database.Document;
import dev.or3.tck.reference.convex.deployment.database.Transaction;
import dev.or3.tck.reference.convex.deployment.functions.Context;
import dev.or3.tck.reference.convex.deployment.functions.FileStore;
import dev.or3.tck.reference.convex.deployment.functions.Function;
import dev.or3.tck.reference.convex.deployment.functions.Functions;
import dev.or3.tck.reference.convex.deployment.functions.Transfers;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Runs functions, each in a transaction, by a clock that tests can move ahead. Safe for use by several threads. */
final class Runner implements Transfers.Transactor {
    /** After so many mutations the crons run. */
    private static final int BETWEEN_CRONS = 2000;
    private static final String CLOCK = "clock";

    private final Database database;
    private final Functions functions;
    private final AtomicLong mutations = new AtomicLong();
    private volatile long aheadMillis;
    private final FileStore files;
    private volatile Supplier<String> url;

    Runner(Database database, Functions functions, FileStore files) {
        this.database = database;
        this.functions = functions;
        this.files = files;
        this.aheadMillis = database.read(transaction -> {
            Document clock = transaction.first(CLOCK, "by_name", CLOCK);
            return clock == null ? 0 : clock.number("aheadMillis");
        });
    }

    void servedAt(Supplier<String> where) {
        this.url = where;
    }

    /** The function of a path, if functions of its kind are called by that URL; else null. */
    Function find(String path, String url) {
        Function function = functions.find(path);
        return function == null || !url.endsWith("/" + function.kind().wireName()) ? null : function;
    }

    /**
     * @throws ConflictException if other functions were in the way at every try
     */
    JsonNode run(Function function, String identity, JsonNode args) {
        if (function.kind() == Function.Kind.QUERY) {
            return database.read(transaction -> function.run(context(transaction, identity), args));
        }
        if (mutations.incrementAndGet() % BETWEEN_CRONS == 0) {
            runCrons();
        }
        return database.write(transaction -> function.run(context(transaction, identity), args));
    }

    private Context context(Transaction transaction, String identity) {
        return new Context(transaction, now(), identity, url.get(), files);
    }

    @Override
    public <T> T read(java.util.function.Function<Context, T> work) {
        return database.read(transaction -> work.apply(context(transaction, null)));
    }

    @Override
    public <T> T write(java.util.function.Function<Context, T> work) {
        return database.write(transaction -> work.apply(context(transaction, null)));
    }

    private void runCrons() {
        Function sweep = functions.find("crons:sweep");
        try {
            while (write(context -> sweep.run(context, Values.object())).booleanValue()) {
                // A few hundred at a time, so that others can go on.
            }
        } catch (ConflictException e) {
            // They run again soon.
        }
    }

    long now() {
        return System.currentTimeMillis() + aheadMillis;
    }

    /** Sets how far its clock is ahead, also for who runs the deployment on; the time afterwards, in epoch seconds. */
    long ahead(long seconds) {
        long millis = Math.multiplyExact(seconds, 1000L);
        database.write(transaction -> {
            Document clock = transaction.first(CLOCK, "by_name", CLOCK);
            return clock == null
                    ? transaction.insert(CLOCK, Values.object().put("name", CLOCK).put("aheadMillis", millis))
                    : transaction.patch(clock, fields -> fields.put("aheadMillis", millis));
        });
        aheadMillis = millis;
        return now() / 1000;
    }
}
