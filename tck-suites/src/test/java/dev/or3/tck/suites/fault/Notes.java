package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.ProviderException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/** Answers in the order in which they came; ids are numbered and times left out, so that two walks can be compared. */
final class Notes {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TIMES = Pattern.compile("(\"(?:serverDeletedAt|createdAt)\"):\\d+");

    private final List<String> lines = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();

    void note(String what, Callable<?> call) {
        String answer;
        try {
            answer = Json.write(call.call());
        } catch (ProviderException e) {
            answer = "refused with " + e.status();
        } catch (Exception e) {
            answer = "failed with " + e.getClass().getSimpleName();
        }
        String named = UUID.matcher(answer).replaceAll(
                id -> names.computeIfAbsent(id.group(), ignored -> "id" + names.size()));
        lines.add(what + ": " + TIMES.matcher(named).replaceAll("$1:T"));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
