package dev.or3.tck.suites.minimize;

import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names that a person can keep apart, for all that a history names by long ids: operations a1, a2, b1 by the client that
 * sent them first, workspaces w1, users u1, devices d1, keys k1. The same history always gives the same names.
 */
final class ShortNames {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern PLAIN_KEY = Pattern.compile("(?!k\\d)[\\w.-]{1,10}");
    private static final Pattern CLIENT = Pattern.compile("\\bclient (\\d{1,3})\\b");
    private static final int LETTERS = 26;
    /** Shorter ids are words of their own, and could stand in any sentence. */
    private static final int SHORTEST_REPLACED = 8;

    private final String[] operations;
    private final Map<String, String> byOpId = new HashMap<>();
    private final Map<String, String> workspaces = new LinkedHashMap<>();
    private final Map<String, String> users = new LinkedHashMap<>();
    private final Map<String, String> devices = new LinkedHashMap<>();
    private final Map<String, String> keys = new LinkedHashMap<>();

    ShortNames(History history) {
        operations = new String[history.operations().size()];
        for (History.Space space : history.header().spaces()) {
            name(space.workspaceId(), "w", workspaces);
            space.members().forEach(member -> name(member.userId(), "u", users));
        }
        Map<Integer, Integer> sent = new HashMap<>();
        for (Event event : history.events()) {
            name(event.workspace(), "w", workspaces);
            name(event.user(), "u", users);
            name(event.device(), "d", devices);
            if (event.call() instanceof Call.Push push) {
                name(push.scope(), "w", workspaces);
                for (int index : push.operations()) {
                    if (operations[index] == null) {
                        operations[index] = name(index, event.client(), history.operations(), sent);
                    }
                }
            }
        }
    }

    private String name(int index, int client, List<History.Sent> all, Map<Integer, Integer> sent) {
        String pk = all.get(index).operation().pk();
        if (pk != null && !PLAIN_KEY.matcher(pk).matches()) {
            name(pk, "k", keys);
        }
        Stamp stamp = all.get(index).operation().stamp();
        String opId = stamp == null ? null : stamp.opId();
        String first = byOpId.get(opId);
        if (first != null && opId != null) {
            // The same id with other content, or in another workspace: the likeness is the point.
            String again = first + "′";
            while (isTaken(again)) {
                again += "′";
            }
            return again;
        }
        String name = client(client) + sent.merge(client, 1, Integer::sum);
        byOpId.put(opId, name);
        return name;
    }

    private boolean isTaken(String name) {
        for (String operation : operations) {
            if (name.equals(operation)) {
                return true;
            }
        }
        return false;
    }

    private static String client(int client) {
        return client < 0 ? "kit" : client < LETTERS ? String.valueOf((char) ('a' + client)) : "c" + (client + 1) + ".";
    }

    private static void name(String id, String prefix, Map<String, String> names) {
        if (id != null) {
            names.putIfAbsent(id, prefix + (names.size() + 1));
        }
    }

    String operation(int index) {
        return operations[index] == null ? "#" + index : operations[index];
    }

    /** The name of an operation that only its id tells of. */
    String operation(String opId) {
        return opId == null ? "no id" : byOpId.getOrDefault(opId, opId);
    }

    boolean knows(String opId) {
        return byOpId.containsKey(opId);
    }

    String workspace(String id) {
        return id == null ? "no workspace" : workspaces.getOrDefault(id, id);
    }

    String device(String id) {
        return id == null ? "no device" : devices.getOrDefault(id, id);
    }

    String user(String id) {
        return id == null ? "nobody" : users.getOrDefault(id, id);
    }

    String key(String pk) {
        return pk == null ? "no key" : keys.getOrDefault(pk, pk);
    }

    /** A text with the long ids in it replaced by their names. */
    String in(String text) {
        if (text == null) {
            return null;
        }
        String named = UUID.matcher(text).replaceAll(found -> Matcher.quoteReplacement(
                byOpId.getOrDefault(found.group(), found.group())));
        // Lanes count clients from one.
        named = CLIENT.matcher(named).replaceAll(found -> "c" + (Integer.parseInt(found.group(1)) + 1));
        for (Map<String, String> names : List.of(workspaces, users, devices, keys)) {
            for (Map.Entry<String, String> entry : names.entrySet()) {
                if (entry.getKey().length() >= SHORTEST_REPLACED) {
                    named = named.replace(entry.getKey(), entry.getValue());
                }
            }
        }
        return named;
    }
}
