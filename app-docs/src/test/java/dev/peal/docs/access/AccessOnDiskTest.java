package dev.peal.docs.access;

import dev.peal.engine.sqlite.SqliteConfig;
import dev.peal.engine.sqlite.SqliteLog;
import dev.peal.store.Store;
import dev.peal.time.Clock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class AccessOnDiskTest extends AccessRules {
    @TempDir
    private Path folder;

    private final List<SqliteLog> logs = new ArrayList<>();

    @Override
    Store create() {
        SqliteLog log = new SqliteLog(SqliteConfig.of(folder.resolve("log" + logs.size() + ".db")), Clock.SYSTEM);
        logs.add(log);
        return log.store();
    }

    @AfterEach
    void close() {
        logs.forEach(SqliteLog::close);
    }
}
