package dev.peal.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.store.StoreWrite;
import dev.peal.testkit.StoreContract;
import dev.peal.time.Clock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStoreTest extends StoreContract {
    @TempDir
    Path folder;

    private @Nullable SqliteLog log;

    @Override
    protected Store create() {
        return open().store();
    }

    private SqliteLog open() {
        close();
        SqliteLog is = new SqliteLog(SqliteConfig.of(folder.resolve("log.db")), Clock.SYSTEM);
        log = is;
        return is;
    }

    @AfterEach
    void close() {
        SqliteLog open = log;
        log = null;
        if (open != null) {
            open.close();
        }
    }

    private StoreRead read(Store from, String key) {
        List<StoreRead> answers = new ArrayList<>();
        from.get(new StoreKey("t", key), owner, answers::add);
        owner.runUntil("an answer", () -> !answers.isEmpty());
        return answers.getFirst();
    }

    @Test
    void keepsValuesAndVersionsOverAStart() {
        long version = put("k", "one");
        Store again = open().store();
        StoreRead.Row row = ((StoreRead.Rows) read(again, "k")).first().orElseThrow();
        assertThat(row.version()).isEqualTo(version);
        assertThat(row.value()).isEqualTo("one".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void answersADamagedValueWithAFailure() throws SQLException {
        put("k", "one");
        close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("log.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE store SET body = substr(body, 1, 4) || CAST('onf' AS BLOB)");
        }
        assertThat(read(open().store(), "k")).isEqualTo(new StoreRead.Failed());
    }

    @Test
    void answersAfterItWasClosed() {
        Store store = store();
        close();
        assertThat(put("k", "late", Store.ANY)).isEqualTo(new StoreWrite.Unavailable());
        assertThat(read(store, "k")).isEqualTo(new StoreRead.Failed());
    }
}
