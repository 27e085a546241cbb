package dev.or3.tck.suites.run;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.suites.connect.Bounded;
import dev.or3.tck.suites.connect.Target;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ends what a plan left behind and others would stumble over: the jobs that it made and that nobody ended, because the limit
 * counts all of them. Not a part of the history.
 */
final class Aftercare {
    private static final String JOBS = "jobs";
    private static final Set<String> ENDS = Set.of("completeJob", "failJob", "abortJob");

    private Aftercare() {
    }

    /**
     * @param limit how long it may take in all; what is left then stays
     */
    static void after(List<Entry> entries, Target target, Duration limit) {
        Set<String> ended = new HashSet<>();
        entries.forEach(entry -> {
            if (entry.isOk() && entry.request instanceof Request.Ask ask && ask.component().equals(JOBS)
                    && ENDS.contains(ask.method()) && !isFalse(entry.answer)) {
                ended.add(ask.input().parse().path("jobId").asText());
            }
        });
        List<Entry> left = entries.stream().filter(entry -> entry.isOk() && entry.request instanceof Request.Ask ask
                && ask.component().equals(JOBS) && ask.method().equals("createJob")
                && !ended.contains(jobId(entry.answer))).toList();
        if (left.isEmpty()) {
            return;
        }
        try {
            Bounded.run("ending the jobs of a plan", limit, () -> left.forEach(entry -> abort(entry, target)));
        } catch (RuntimeException unwilling) {
            // A provider that ends no jobs has been seen to do so by the plan itself.
        }
    }

    private static boolean isFalse(Object answer) {
        return answer instanceof JsonText told && told.text().equals("false");
    }

    private static String jobId(Object answer) {
        return answer instanceof JsonText told ? told.parse().asText() : "";
    }

    private static void abort(Entry created, Target target) {
        Caller caller = ((Request.Ask) created.request).caller();
        if (caller != null) {
            target.call(created.client.instance, JOBS, "abortJob", caller,
                    Json.mapper().valueToTree(Map.of("jobId", jobId(created.answer), "userId", caller.userId())));
        }
    }
}
