package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.config.Configuration.ConfigEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What happened to the configurations of organizations. Metadata hold ids, names and times, never a configuration. */
final class ConfigEvents {
    static final String SETTINGS_UPDATED = "settings_updated";
    static final String ENTITY_CREATED = "entity_created";
    static final String ENTITY_ARCHIVED = "entity_archived";
    static final String COMMUNICATION = "communication_event";
    /** Who acts when nobody asked. */
    static final String SYSTEM = "system";

    private static final String ADD =
            "INSERT INTO config_events (ws, type, actor_id, at, metadata, expires_at) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String FORGET = "DELETE FROM config_events WHERE expires_at <= ?";
    private static final String CHECKS = "SELECT COUNT(*) FILTER (WHERE metadata ->> 'messageType' = 'health_check'),"
            + " COUNT(*) FILTER (WHERE metadata ->> 'messageType' = 'alert') FROM config_events WHERE expires_at > ?";
    private static final String LATEST = "SELECT type, actor_id, at, metadata FROM config_events WHERE ws = ?"
            + " ORDER BY event DESC LIMIT ?";

    /** How long the outcome of a health check is kept, in milliseconds. */
    private static final long ROUTINE_LIFE = TimeUnit.DAYS.toMillis(7);
    private static final int MOST = 10_000;

    private ConfigEvents() {
    }

    static void add(Session session, long ws, String type, String actorId, long now, Map<String, Object> metadata)
            throws SQLException {
        session.update(ADD, ws, type, actorId, now, Json.write(metadata), null);
    }

    /** One of many of its kind, which is forgotten after a week. */
    static void addRoutine(Session session, long ws, String actorId, long now, Map<String, Object> metadata)
            throws SQLException {
        session.update(FORGET, now);
        session.update(ADD, ws, COMMUNICATION, actorId, now, Json.write(metadata), now + ROUTINE_LIFE);
    }

    /** How many checks of health there were within a week, and how many of them failed. */
    record Checks(long all, long failed) {
    }

    static Checks checks(Session session, long now) throws SQLException {
        try (ResultSet row = session.query(CHECKS, now)) {
            return new Checks(row.getLong(1), row.getLong(2));
        }
    }

    /** The latest of them, oldest first. */
    static List<ConfigEvent> of(Session session, Organization organization) throws SQLException {
        List<ConfigEvent> events = new ArrayList<>();
        try (ResultSet row = session.query(LATEST, organization.ws(), MOST)) {
            while (row.next()) {
                events.add(new ConfigEvent(row.getString(1), row.getString(2), organization.orgId(), row.getLong(3),
                        new JsonText(row.getString(4))));
            }
        }
        Collections.reverse(events);
        return events;
    }
}
