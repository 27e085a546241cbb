package dev.or3.tck.suites.minimize;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which texts of a recorded run are to be others in the next one, and the variables of a shell that stand for them: ids
 * that the provider gave, and the digits by which the kit made its own ids fresh. Immutable.
 */
final class ScriptIds {
    /** Eight digits, fresh in every run of the script. */
    static final String RUN = "RUN";

    private static final String RUN_PLACEHOLDER = "${run}";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}");
    private static final Pattern FRESH_ID = Pattern.compile("[0-9a-fx]{8}-[0-9a-fx-]{14}-x{8}[0-9a-fx]{4}");
    private static final int DIGITS_FROM = 24;
    private static final int DIGITS_TO = 32;

    /**
     * An id that an answer gave.
     *
     * @param seq   the call
     * @param field where it stands in the answer
     */
    record Given(int seq, String field) {
    }

    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, Given> given = new TreeMap<>();

    ScriptIds(History history, Plan plan) {
        List<History.Space> spaces = history.header().spaces();
        for (int i = 0; i < spaces.size(); i++) {
            put(spaces.get(i).workspaceId(), workspace(i));
            for (int k = 0; k < spaces.get(i).members().size(); k++) {
                put(spaces.get(i).members().get(k).userId(), user(i, k));
            }
        }
        for (Event event : history.events()) {
            take(event);
        }
        List<String> templates = new ArrayList<>();
        texts(Json.mapper().valueToTree(plan), templates);
        List<String> filled = filled(history);
        put(runDigits(templates, filled), RUN);
        put(idDigits(templates, filled), RUN);
    }

    /** The variable of a provisioned workspace. */
    static String workspace(int index) {
        return "W" + (index + 1);
    }

    /** The variable of one of its members. */
    static String user(int space, int member) {
        return "U" + (space + 1) + "_" + (member + 1);
    }

    private void put(String text, String variable) {
        if (text != null && !text.isEmpty()) {
            variables.putIfAbsent(text, variable);
        }
    }

    private void take(Event event) {
        if (event.call() instanceof Call.Snapshot snapshot && snapshot.page() != null) {
            give(event.seq(), "nextPageToken", snapshot.page().nextPageToken());
        } else if (event.call() instanceof Call.Ask ask && ask.answer() != null) {
            JsonNode answer = ask.answer().parse();
            for (String field : List.of("workspaceId", "userId")) {
                give(event.seq(), field, answer.path(field).textValue());
            }
        }
    }

    private void give(int seq, String field, String id) {
        if (id != null && !id.isEmpty() && !variables.containsKey(id)) {
            String name = "ID" + (given.size() + 1);
            variables.put(id, name);
            given.put(name, new Given(seq, field));
        }
    }

    /** All of them, by the texts as they stand in JSON. */
    Map<String, String> variables() {
        Map<String, String> escaped = new LinkedHashMap<>();
        variables.forEach((text, name) -> {
            String json = Json.write(text);
            escaped.put(json.substring(1, json.length() - 1), name);
        });
        return escaped;
    }

    /** Those of given ids that a command uses, by their variables. */
    Map<String, Given> usedBy(String command) {
        Map<String, Given> used = new TreeMap<>(given);
        used.keySet().removeIf(name -> !command.contains("\"$" + name + '"') && !command.contains("${" + name + '}'));
        return used;
    }

    private static void texts(JsonNode node, List<String> into) {
        if (node.isTextual()) {
            into.add(node.textValue());
        }
        node.forEach(child -> texts(child, into));
    }

    private static List<String> filled(History history) {
        List<String> filled = new ArrayList<>();
        for (History.Sent sent : history.operations()) {
            filled.add(sent.operation().pk());
            filled.add(sent.operation().payload() == null ? null : sent.operation().payload().text());
            filled.add(sent.operation().stamp() == null ? null : sent.operation().stamp().opId());
        }
        for (Event event : history.events()) {
            if (event.call() instanceof Call.Ask ask) {
                filled.add(ask.input().text());
            } else if (event.call() instanceof Call.Raw raw) {
                filled.add(raw.input().text());
            } else if (event.call() instanceof Call.Inspect inspect) {
                filled.add(inspect.pk());
            }
        }
        filled.removeIf(text -> text == null);
        return filled;
    }

    /** What stood for the run in a text that was made from a template. */
    private static String runDigits(List<String> templates, List<String> filled) {
        return templates.stream().filter(template -> template.contains(RUN_PLACEHOLDER))
                .map(ScriptIds::pattern).flatMap(pattern -> filled.stream().map(pattern::matcher))
                .filter(Matcher::matches).map(found -> found.group(1)).findFirst().orElse(null);
    }

    private static Pattern pattern(String template) {
        StringBuilder pattern = new StringBuilder();
        int from = 0;
        boolean first = true;
        for (Matcher found = PLACEHOLDER.matcher(template); found.find(); from = found.end()) {
            boolean run = found.group().equals(RUN_PLACEHOLDER);
            pattern.append(Pattern.quote(template.substring(from, found.start())))
                    .append(!run ? ".*?" : first ? "([0-9a-f]{8})" : "\\1");
            first &= !run;
        }
        return Pattern.compile(pattern.append(Pattern.quote(template.substring(from))).toString(), Pattern.DOTALL);
    }

    /** The digits in the middle of an id that the plan left open. */
    private static String idDigits(List<String> templates, List<String> filled) {
        List<Pattern> patterns = templates.stream().filter(template -> FRESH_ID.matcher(template).matches()).distinct()
                .map(template -> Pattern.compile(template.replace("x", "[0-9a-f]"))).toList();
        return filled.stream().filter(text -> patterns.stream().anyMatch(pattern -> pattern.matcher(text).matches()))
                .map(text -> text.substring(DIGITS_FROM, DIGITS_TO)).findFirst().orElse(null);
    }
}
