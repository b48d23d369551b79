package dev.peal.engine.sqlite;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** What was stored is not what was written: a checksum or SQLite's own structure says so. Trying again does not help. */
final class Damage extends SQLException {
    private static final long serialVersionUID = 1;

    Damage(String what) {
        super(what);
    }

    /** Whether this is damage, found by us or by SQLite. */
    static boolean is(Exception e) {
        return e instanceof Damage
                || (e instanceof SQLException sql
                        && (sql.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_CORRUPT.code);
    }
}
