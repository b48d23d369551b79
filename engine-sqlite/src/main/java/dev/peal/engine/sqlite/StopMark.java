package dev.peal.engine.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How the last process that had the database ended, as far as the database tells. */
enum StopMark {
    /** In order: everything is in the database's own file. */
    CLEAN,
    /** It did not end yet, or was killed, or the power was cut. */
    RUNNING,
    /** No mark: a database from a version that made none, or a new one. */
    NONE;

    /** Reads the mark. */
    static StopMark of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT value FROM meta WHERE name='stop'")) {
            if (!rows.next()) {
                return NONE;
            }
            return "clean".equals(rows.getString(1)) ? CLEAN : RUNNING;
        }
    }

    /** Writes the mark. */
    void set(Connection connection) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement("INSERT OR REPLACE INTO meta VALUES('stop',?)")) {
            put.setString(1, this == CLEAN ? "clean" : "running");
            put.executeUpdate();
        }
    }
}
