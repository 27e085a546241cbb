package dev.or3.tck.suites.check.index;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which entries of a workspace's log a pull must show, by its filter and its user. Rows of the private table must be shown
 * to the user who owns them for sure, and need not be shown to anyone else.
 */
public final class Visibility {
    private final HistoryIndex index;
    private final Workspace workspace;
    private final Operations operations;
    /** Class of a private operation whose owner is open. */
    private static final int NOBODYS = 0;

    private final Map<String, Integer> owners = new HashMap<>();
    private final Map<View, boolean[]> views = new HashMap<>();
    private final Map<Integer, Integer> privateClass = new HashMap<>();
    private final int privateTable;
    private int[] filledBelow;
    private int[] strangers;
    private int[][] shelves;
    private boolean hasPrivateRows;

    private record View(String user, List<String> tables) {
    }

    Visibility(HistoryIndex index, Workspace workspace) {
        this.index = index;
        this.workspace = workspace;
        this.operations = index.operations();
        this.privateTable = operations.tableNumber(Operations.PRIVATE_TABLE);
        count();
    }

    private void count() {
        int top = workspace.top();
        filledBelow = new int[top + 2];
        Ints odd = new Ints();
        for (int slot = 1; slot <= top; slot++) {
            int operation = workspace.operation(slot);
            filledBelow[slot + 1] = filledBelow[slot] + (operation == Workspace.UNKNOWN ? 0 : 1);
            if (operation == Workspace.STRANGER) {
                odd.add(slot);
            } else if (operation >= 0 && operations.table(operation) == privateTable) {
                hasPrivateRows = true;
            }
        }
        strangers = new int[odd.size()];
        for (int i = 0; i < strangers.length; i++) {
            strangers[i] = odd.get(i);
        }
    }

    /** Whether the log holds rows that other members may not see. */
    public boolean hasPrivateRows() {
        return hasPrivateRows || index.hidesPrivateRows() && strangers.length > 0;
    }

    /** How many slots in (above, upTo] hold something. */
    public int filled(int above, int upTo) {
        int to = Math.min(upTo, workspace.top());
        return above >= to ? 0 : filledBelow[to + 1] - filledBelow[above + 1];
    }

    /** How many slots in (above, upTo] a pull with that filter by that user must show. */
    public int required(String user, List<String> tables, int above, int upTo) {
        int to = Math.min(upTo, workspace.top());
        if (above >= to) {
            return 0;
        }
        if (tables == null && !hasPrivateRows) {
            return filled(above, to) - within(strangers, above, to);
        }
        boolean[] wanted = view(user, tables);
        int found = 0;
        for (int kind = 0; kind < wanted.length; kind++) {
            if (wanted[kind]) {
                found += within(shelves()[kind], above, to);
            }
        }
        return found;
    }

    /** Whether a pull with that filter by that user must show the operation. */
    public boolean isRequired(String user, List<String> tables, int operation) {
        if (operation < 0) {
            return false;
        }
        boolean[] wanted = view(user, tables);
        int kind = kind(operation);
        return kind < wanted.length && wanted[kind];
    }

    /** The first slot in (above, upTo] that such a pull must show, or -1. */
    public int firstRequired(String user, List<String> tables, int above, int upTo) {
        int to = Math.min(upTo, workspace.top());
        for (int slot = above + 1; slot <= to; slot++) {
            if (isRequired(user, tables, workspace.operation(slot))) {
                return slot;
            }
        }
        return -1;
    }

    /** Whether the filter lets the table through. */
    public boolean matches(List<String> tables, int table) {
        return tables == null || tables.isEmpty() || tables.contains(operations.tableName(table));
    }

    /** Whether showing the operation to the user gives away a private row. */
    public boolean isHiddenFrom(String user, int operation) {
        if (!index.hidesPrivateRows() || operation < 0 || operations.table(operation) != privateTable) {
            return false;
        }
        String owner = owner(operation);
        return owner != null && !owner.equals(user);
    }

    /** The one user who must see a private row; null if that cannot be said. */
    private String owner(int operation) {
        String pusher = index.pusher(operation);
        JsonNode payload = operations.get(operation).payload() == null ? null : parse(operation);
        String named = payload == null || !payload.path("user_id").isTextual() ? pusher : payload.get("user_id").asText();
        return Objects.equals(pusher, named) ? pusher : null;
    }

    private JsonNode parse(int operation) {
        try {
            return operations.get(operation).payload().parse();
        } catch (IllegalArgumentException notJson) {
            return null;
        }
    }

    private int kind(int operation) {
        int table = operations.table(operation);
        return table == privateTable ? privateClass.computeIfAbsent(operation, this::classOfOwner) : table;
    }

    private int classOfOwner(int operation) {
        String owner = owner(operation);
        int number = owner == null ? NOBODYS : owners.computeIfAbsent(owner, user -> owners.size() + 1);
        return operations.tableCount() + number;
    }

    private boolean[] view(String user, List<String> tables) {
        boolean[] known = views.get(new View(user, tables));
        if (known != null) {
            return known;
        }
        shelves();
        boolean[] wanted = new boolean[operations.tableCount() + owners.size() + 1];
        for (int table = 0; table < operations.tableCount(); table++) {
            wanted[table] = table != privateTable && (tables == null || tables.contains(operations.tableName(table)));
        }
        Integer own = owners.get(user);
        if (own != null && (tables == null || tables.contains(Operations.PRIVATE_TABLE))) {
            wanted[operations.tableCount() + own] = true;
        }
        views.put(new View(user, tables), wanted);
        return wanted;
    }

    /** The slots of each class, ascending. Classes are tables; a private table's rows are shelved by owner. */
    private int[][] shelves() {
        if (shelves == null) {
            List<Ints> lists = new ArrayList<>();
            for (int slot = 1; slot <= workspace.top(); slot++) {
                int operation = workspace.operation(slot);
                if (operation >= 0) {
                    int kind = kind(operation);
                    while (lists.size() <= kind) {
                        lists.add(new Ints());
                    }
                    lists.get(kind).add(slot);
                }
            }
            int kinds = operations.tableCount() + owners.size() + 1;
            shelves = new int[kinds][];
            for (int kind = 0; kind < kinds; kind++) {
                Ints list = kind < lists.size() ? lists.get(kind) : new Ints();
                shelves[kind] = new int[list.size()];
                for (int i = 0; i < list.size(); i++) {
                    shelves[kind][i] = list.get(i);
                }
            }
        }
        return shelves;
    }

    private static int within(int[] ascending, int above, int upTo) {
        return ascending.length == 0 ? 0 : atMost(ascending, upTo) - atMost(ascending, above);
    }

    private static int atMost(int[] ascending, int value) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
