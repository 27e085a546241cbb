package dev.or3.tck.reference.convex.deployment.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.reference.convex.deployment.Values;
import dev.or3.tck.reference.convex.deployment.database.Document;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The functions {@code jobs:…}. Chunks are documents of their own, so that who appends is in nobody's way; their order is
 * the order in which they came.
 */
final class JobFunctions {
    static final int AT_ONCE = 20;
    static final int AT_ONCE_OF_USER = 5;
    private static final long SILENCE = 5 * 60 * 1000L;
    private static final long KEPT = 5 * 60 * 1000L;
    private static final String STREAMING = "streaming";

    private JobFunctions() {
    }

    static void register(Functions functions) {
        functions.mutation("jobs:createJob", JobFunctions::createJob);
        functions.query("jobs:getJob", JobFunctions::getJob);
        functions.mutation("jobs:updateJob", JobFunctions::updateJob);
        functions.mutation("jobs:completeJob", (context, args) -> {
            String content = whole(args, "finalContent");
            return end(context, args, "complete", fields -> fields.put("content", content));
        });
        functions.mutation("jobs:failJob", (context, args) -> {
            String error = whole(args, "error");
            return end(context, args, "error", fields -> fields.put("error", error));
        });
        functions.mutation("jobs:abortJob", JobFunctions::abortJob);
        functions.query("jobs:checkJobAborted", JobFunctions::checkJobAborted);
        functions.mutation("jobs:cleanupExpired", JobFunctions::cleanupExpired);
        functions.query("jobs:getActiveJobCount",
                (context, args) -> LongNode.valueOf(context.db().all("jobs", "by_status", STREAMING).size()));
    }

    private static String whole(Args args, String name) {
        String text = args.textOrNull(name);
        if (text == null) {
            throw FunctionError.badRequest(name + " is missing");
        }
        return text;
    }

    private static JsonNode createJob(Context context, Args args) {
        String userId = context.acting(args);
        List<Document> running = context.db().all("jobs", "by_status", STREAMING);
        long own = running.stream().filter(job -> userId.equals(job.text("userId"))).count();
        if (running.size() >= AT_ONCE || own >= AT_ONCE_OF_USER) {
            throw new FunctionError(429, "RATE_LIMITED", "too many jobs are running: at most " + AT_ONCE + ", and "
                    + AT_ONCE_OF_USER + " of one user");
        }
        String jobId = UUID.randomUUID().toString();
        context.db().insert("jobs", Values.object().put("jobId", jobId).put("userId", userId)
                .put("threadId", args.text("threadId")).put("messageId", args.text("messageId"))
                .put("model", args.text("model")).put("kind", args.textOrNull("kind")).put("status", STREAMING)
                .put("startedAt", context.now()));
        return Functions.text(jobId);
    }

    private static Document find(Context context, Args args) {
        return context.db().first("jobs", "by_job", args.text("jobId"));
    }

    /** The job, if it is there and, with a token, the user's own. */
    private static Document known(Context context, Args args) {
        Document job = find(context, args);
        if (job == null || context.identity() != null && !context.identity().equals(job.text("userId"))) {
            throw FunctionError.notFound("there is no such job");
        }
        return job;
    }

    private static Document streaming(Context context, Args args) {
        Document job = known(context, args);
        if (!STREAMING.equals(job.text("status"))) {
            throw FunctionError.conflict("the job has ended");
        }
        return job;
    }

    private static JsonNode getJob(Context context, Args args) {
        String userId = context.acting(args);
        Document job = find(context, args);
        if (job == null || !userId.equals(job.text("userId"))) {
            return Functions.nothing();
        }
        List<Document> chunks = chunks(context, job);
        ObjectNode shown = Values.object().put("id", job.text("jobId"));
        for (String field : List.of("userId", "threadId", "messageId", "model", "kind", "status", "startedAt",
                "completedAt", "error")) {
            shown.set(field, job.fields().get(field));
        }
        String streamed = chunks.stream().map(chunk -> chunk.text("content")).filter(Objects::nonNull)
                .collect(Collectors.joining());
        return shown.put("content", job.text("content") != null ? job.text("content") : streamed)
                .put("chunksReceived", chunks.stream().filter(chunk -> chunk.text("content") != null).count());
    }

    private static List<Document> chunks(Context context, Document job) {
        return context.db().all("jobChunks", "by_job", job.text("jobId"));
    }

    private static JsonNode updateJob(Context context, Args args) {
        String content = args.textOrNull("contentChunk");
        args.number("chunksReceived", 0, Long.MAX_VALUE, 0);
        Document job = streaming(context, args);
        context.db().insert("jobChunks", Values.object().put("jobId", job.text("jobId")).put("content", content)
                .put("at", context.now()));
        return Functions.nothing();
    }

    private interface Ending {
        ObjectNode write(ObjectNode fields);
    }

    private static JsonNode end(Context context, Args args, String status, Ending ending) {
        end(context, streaming(context, args), status, ending);
        return Functions.nothing();
    }

    private static void end(Context context, Document job, String status, Ending ending) {
        context.db().patch(job, fields -> ending.write(fields.put("status", status).put("completedAt", context.now())));
    }

    private static JsonNode abortJob(Context context, Args args) {
        String userId = context.acting(args);
        Document job = find(context, args);
        boolean aborts = job != null && userId.equals(job.text("userId")) && STREAMING.equals(job.text("status"));
        if (aborts) {
            end(context, job, "aborted", fields -> fields);
        }
        return BooleanNode.valueOf(aborts);
    }

    private static JsonNode checkJobAborted(Context context, Args args) {
        Document job = find(context, args);
        return BooleanNode.valueOf(job != null && "aborted".equals(job.text("status")));
    }

    private static JsonNode cleanupExpired(Context context, Args args) {
        long cleaned = 0;
        for (Document job : context.db().all("jobs", "by_status")) {
            if (STREAMING.equals(job.text("status"))) {
                if (lastSign(context, job) <= context.now() - SILENCE) {
                    end(context, job, "error", fields -> fields.put("error", "nothing was heard of the job for too long"));
                    cleaned++;
                }
            } else if (job.number("completedAt") <= context.now() - KEPT) {
                chunks(context, job).forEach(context.db()::delete);
                context.db().delete(job);
                cleaned++;
            }
        }
        return LongNode.valueOf(cleaned);
    }

    private static long lastSign(Context context, Document job) {
        return chunks(context, job).stream().mapToLong(chunk -> chunk.number("at")).max().orElse(job.number("startedAt"));
    }
}
