package dev.or3.tck.reference.convex.deployment.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.reference.convex.deployment.Values;
import dev.or3.tck.reference.convex.deployment.database.Document;
import java.util.ArrayList;
import java.util.List;

/** {@code rateLimits:checkAndRecord} and {@code rateLimits:getStats}: sliding windows, one document for each key. */
final class RateLimitFunctions {
    /** A hundred years, in milliseconds. */
    private static final long FOREVER = 100L * 366 * 24 * 3600 * 1000;

    private RateLimitFunctions() {
    }

    static void register(Functions functions) {
        functions.mutation("rateLimits:checkAndRecord", RateLimitFunctions::checkAndRecord);
        functions.query("rateLimits:getStats", RateLimitFunctions::getStats);
    }

    private record Window(String key, long millis, int max, Document known, List<Long> inside) {

        static Window of(Context context, Args args) {
            String key = args.text("key");
            Args config = new Args(args.values().path("config"));
            long millis = Math.min(config.number("windowMs", 1, Long.MAX_VALUE), FOREVER);
            int max = (int) config.number("maxRequests", 1, Integer.MAX_VALUE);
            Document known = context.db().first("limits", "by_key", key);
            List<Long> inside = new ArrayList<>();
            if (known != null) {
                known.fields().path("at").forEach(at -> {
                    if (at.longValue() > context.now() - millis) {
                        inside.add(at.longValue());
                    }
                });
            }
            return new Window(key, millis, max, known, inside);
        }

        /** In how many milliseconds the request of that place has left the window. */
        long untilFree(int place, long now) {
            return inside.get(place) + millis - now;
        }
    }

    private static JsonNode checkAndRecord(Context context, Args args) {
        Window window = Window.of(context, args);
        int used = window.inside().size();
        if (used >= window.max()) {
            return Values.object().put("allowed", false).put("remaining", 0)
                    .put("retryAfterMs", window.untilFree(used - window.max(), context.now()));
        }
        record(context, window);
        return Values.object().put("allowed", true).put("remaining", window.max() - used - 1);
    }

    /** What the longest window seen of the key still needs is kept. */
    private static void record(Context context, Window window) {
        long longest = Math.max(window.millis(), window.known() == null ? 0 : window.known().number("longest"));
        ObjectNode fields = Values.object().put("key", window.key()).put("longest", longest);
        var kept = fields.putArray("at");
        if (window.known() != null) {
            window.known().fields().path("at").forEach(at -> {
                if (at.longValue() > context.now() - longest) {
                    kept.add(at);
                }
            });
        }
        kept.add(context.now());
        if (window.known() == null) {
            context.db().insert("limits", fields);
        } else {
            context.db().patch(window.known(), old -> old.setAll(fields));
        }
    }

    private static JsonNode getStats(Context context, Args args) {
        Window window = Window.of(context, args);
        int used = window.inside().size();
        return Values.object().put("limit", window.max()).put("remaining", Math.max(0, window.max() - used))
                .put("resetMs", used == 0 ? 0 : window.untilFree(0, context.now()));
    }
}
