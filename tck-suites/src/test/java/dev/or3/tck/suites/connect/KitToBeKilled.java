package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A kit that has started two instances, and has no chance to end them. */
final class KitToBeKilled {
    private KitToBeKilled() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        CommandTarget target = CommandTarget.start(new CommandTarget.Launch(arguments[0], Path.of("").toAbsolutePath(),
                Path.of(arguments[1]), Map.of(), Duration.ofSeconds(60)), 2);
        StringBuilder line = new StringBuilder("pids");
        for (int i = 0; i < 2; i++) {
            JsonNode told = target.call(i, "sync", "pull", Caller.of("u", "w"), Json.parse("{}"));
            line.append(' ').append(told.get("pid").asLong());
        }
        System.out.println(line);
        new CountDownLatch(1).await();
    }
}
