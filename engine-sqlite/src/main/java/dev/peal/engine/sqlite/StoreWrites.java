package dev.peal.engine.sqlite;

import dev.peal.store.StoreWrite;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The writes to the store in the writer's transaction, answered once it is committed. Writer thread only. */
final class StoreWrites {
    private final List<Answer> answers = new ArrayList<>();

    private record Answer(Command.Write write, StoreWrite is) {
        void give(StoreWrite answer) {
            write.owner().execute(() -> write.done().accept(answer));
        }
    }

    void write(Command.Write write, Database to) throws SQLException {
        answers.add(new Answer(write, to.store().write(write.key(), write.value(), write.expected())));
    }

    boolean isEmpty() {
        return answers.isEmpty();
    }

    /** The transaction is durable. */
    void committed() {
        answers.forEach(answer -> answer.give(answer.is));
        answers.clear();
    }

    /** The transaction is lost. */
    void failed() {
        answers.forEach(answer -> answer.give(new StoreWrite.Unavailable()));
        answers.clear();
    }

    /** There is nothing to write to. */
    static void refuse(Command.Write write) {
        write.owner().execute(() -> write.done().accept(new StoreWrite.Unavailable()));
    }
}
