package dev.peal.engine.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Opens connections, each with the settings of its use.
 *
 * <ul>
 *   <li>{@code synchronous=FULL}: a commit returns after the WAL was synced; with {@code NORMAL} a power cut takes acknowledged entries. {@code fullfsync}
 *       makes that true on macOS too, and changes nothing elsewhere.
 *   <li>{@code locking_mode} stays {@code NORMAL}: the readers are other connections, and a second process that opens the file by mistake is kept in order by
 *       SQLite's locks instead of corrupting it.
 *   <li>{@code wal_autocheckpoint=0}: no commit pays for a checkpoint; the {@link Keeper} does it beside the writer. {@code journal_size_limit} leaves the WAL
 *       at up to 64 MiB, so that it is overwritten in place: a sync of a file that does not grow is the cheap one.
 *   <li>{@code mmap_size=0}: with a mapping an I/O error is a SIGBUS that ends the process instead of a failed read.
 *   <li>{@code page_size=4096}, the file system's own: larger pages were slower with many rooms, since each commit writes each touched page whole.
 *   <li>{@code cache_size}: 16 MiB for the writer, the tail pages of some thousand active rooms; 4 MiB for a reader, whose pages the kernel caches anyway.
 *   <li>{@code cell_size_check}: a damaged page is an error where it is read, not later.
 * </ul>
 */
class Connections {
    static final int PAGE_BYTES = 4096;

    private static final String COMMON = "PRAGMA busy_timeout=2000;PRAGMA mmap_size=0;PRAGMA cell_size_check=ON;";

    private final Path file;

    Connections(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** The writer's: creates the file where there is none. */
    Connection writer() throws SQLException {
        Connection connection = open();
        return set(
                connection,
                "PRAGMA page_size=" + PAGE_BYTES + ";PRAGMA journal_mode=WAL;" + COMMON
                        + "PRAGMA synchronous=FULL;PRAGMA fullfsync=ON;PRAGMA wal_autocheckpoint=0;"
                        + "PRAGMA journal_size_limit=67108864;PRAGMA cache_size=-16384;");
    }

    /** A reader's: it can change nothing. */
    Connection reader() throws SQLException {
        return set(open(), COMMON + "PRAGMA query_only=ON;PRAGMA cache_size=-4096;PRAGMA wal_autocheckpoint=0;");
    }

    /** The keeper's: checkpoints, whose syncs {@code checkpoint_fullfsync} completes on macOS. */
    Connection keeper() throws SQLException {
        return set(
                open(), COMMON + "PRAGMA synchronous=FULL;PRAGMA checkpoint_fullfsync=ON;PRAGMA wal_autocheckpoint=0;");
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static Connection set(Connection connection, String pragmas) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String pragma : pragmas.split(";", -1)) {
                if (!pragma.isEmpty()) {
                    statement.execute(pragma);
                }
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
