package dev.or3.tck.reference.sqlite;

import static dev.or3.tck.reference.sqlite.Rig.delete;
import static dev.or3.tck.reference.sqlite.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.reference.backends.Sealed;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the plan of every statement that a push and a pull run, and finds no full scan (sqlite requirements 5.1). */
class QueryPlanTest {
    @TempDir
    Path directory;

    private Session open() {
        return new DatabaseFile(Settings.of(ProviderConfig.in(directory))).open();
    }

    @Test
    void noStatementOfPushAndPullScansATable() throws SQLException {
        try (Rig rig = Rig.in(directory); Session session = open()) {
            Set<String> others = session.statements();
            session.run("BEGIN IMMEDIATE");
            pushEveryWay(rig, session);
            pullEveryWay(rig, session);
            session.run("COMMIT");

            Map<String, List<String>> plans = new TreeMap<>();
            for (String sql : session.statements()) {
                if (!others.contains(sql) && !sql.startsWith("BEGIN")) {
                    plans.put(sql, plan(session, sql));
                }
            }
            assertThat(plans.keySet()).contains(Access.SQL, Push.HEAD, Push.OPERATION, Push.CHANGE, Push.RECORD, Push.KNOWN,
                    Push.OWNER, Push.WINNER, Pull.sql(0), Pull.sql(1), Pull.sql(7));
            plans.forEach((sql, steps) -> assertThat(steps).as(sql)
                    .noneMatch(step -> step.contains("SCAN") || step.contains("TEMP B-TREE")));
            assertThat(plans.get(Pull.sql(0)).toString())
                    .contains("SEARCH changes USING PRIMARY KEY (ws=? AND server_version>? AND server_version<?)");
            assertThat(plans.get(Push.KNOWN).toString()).contains("SEARCH o USING PRIMARY KEY (ws=? AND op_id=?)");
            assertThat(plans.get(Access.SQL).toString()).contains("(workspace_id=?)").contains("SEARCH m USING")
                    .containsAnyOf("(user_id=? AND ws=?)", "(ws=? AND user_id=?)");
        }
    }

    @Test
    void noStatementOfAQueryThroughABackendScansATable() throws SQLException {
        try (Rig rig = Rig.in(directory); Session session = open()) {
            Set<String> others = session.statements();
            session.run("BEGIN IMMEDIATE");
            Organization organization = Organization.seenBy(session, rig.owner.userId(), rig.scope.workspaceId());
            Sealed sealed = new Sealed("key", new byte[12], new byte[16]);
            var kept = new ConfigRecords.Kept("c", organization.orgId(), "notion", sealed, organization.ws());
            ConfigRecords.add(session, kept, rig.owner.userId(), 1);
            ConfigRecords.activate(session, organization.ws(), "c", null, 1);
            assertThat(ConfigRecords.active(session, organization.ws()).configId()).isEqualTo("c");
            assertThat(ConfigRecords.kept(session, organization.ws(), "c").sealed().keyId()).isEqualTo("key");
            BackendUsage.record(session, organization.ws(), 1, 1000);
            BackendUsage.since(session, organization.ws(), 1, 1);
            ConfigEvents.addRoutine(session, organization.ws(), "system", 1, Map.of());
            ConfigEvents.of(session, organization);
            session.run("COMMIT");
            for (String sql : session.statements()) {
                if (!others.contains(sql) && !sql.startsWith("BEGIN")) {
                    assertThat(plan(session, sql)).as(sql)
                            .noneMatch(step -> step.contains("SCAN") || step.contains("TEMP B-TREE"));
                }
            }
        }
    }

    @Test
    void aScanWouldBeNoticed() throws SQLException {
        try (Rig rig = Rig.in(directory); Session session = open()) {
            rig.push(put("a", 1));
            assertThat(plan(session, "SELECT * FROM changes WHERE hlc = ?")).anyMatch(step -> step.contains("SCAN"));
        }
    }

    /** New, replayed, conflicting, winning, losing, private and foreign. */
    private static void pushEveryWay(Rig rig, Session session) throws SQLException {
        Operation first = put("a", 2);
        Operation note = put("notifications", "n", 1, "h", Rig.notification("n", 1, rig.owner.userId(), "t"));
        Admission admission = new Admission(WireSchema.current(), SqliteProvider.LIMITS.payloadBytes());
        List<Admission.Verdict> batch = Stream.of(first, first, put("a", 1), delete("a", 3), note, note,
                        Rig.op("kv", "put", "a", "{}", first.stamp()))
                .map(op -> admission.judge(op, rig.owner.userId(), rig.scope.workspaceId())).toList();
        new Push(rig.owner, batch, true, new ProviderTime()).run(session);
    }

    private static void pullEveryWay(Rig rig, Session session) throws SQLException {
        List<String> tables = WireSchema.current().tableNames();
        for (int count = 0; count <= tables.size(); count++) {
            new Pull(rig.owner, 0, 10, tables.subList(0, count)).run(session);
        }
    }

    private static List<String> plan(Session session, String sql) throws SQLException {
        List<String> steps = new ArrayList<>();
        try (ResultSet row = session.query("EXPLAIN QUERY PLAN " + sql)) {
            while (row.next()) {
                steps.add(row.getString("detail"));
            }
        }
        return steps;
    }
}
