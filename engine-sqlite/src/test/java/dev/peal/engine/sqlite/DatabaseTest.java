package dev.peal.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.log.RoomKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseTest {
    @TempDir
    private Path folder;

    /** What its sync failed for may be acknowledged as a repetition once the log writes again: it has to be on the disk by then, whoever reads. */
    @Test
    void isNotProvedWhileAReaderKeepsTheWalFromBeingCopied() throws SQLException {
        Connections connections = new Connections(folder.resolve("log.db"));
        try (Database written = new Database(connections);
                Connection reader = connections.reader()) {
            add(written, "before");
            reader.setAutoCommit(false);
            Schema.epoch(reader);
            add(written, "after");
            try (Database again = new Database(connections)) {
                assertThatThrownBy(again::prove).isInstanceOf(SQLException.class);
            }
            reader.commit();
            try (Database again = new Database(connections)) {
                assertThatCode(again::prove).doesNotThrowAnyException();
            }
        }
    }

    private static void add(Database to, String room) throws SQLException {
        RoomKey key = new RoomKey("chat", room);
        int no = to.addRoom(key, "epoch");
        to.setRoom(key, new RoomRow(no, "epoch", 0, 0, 0));
        to.commit();
    }
}
