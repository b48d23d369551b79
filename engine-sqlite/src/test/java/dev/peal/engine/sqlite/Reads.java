package dev.peal.engine.sqlite;

import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.testkit.ManualOwner;
import java.util.ArrayList;
import java.util.List;

/** Reads of a test. */
final class Reads {
    private Reads() {}

    /** The answer, whatever it is. */
    static LogRead answer(SqliteLog log, ReadRequest request, ManualOwner owner) {
        List<LogRead> answer = new ArrayList<>();
        log.read(request, owner, answer::add);
        owner.runUntil("a read's answer", () -> !answer.isEmpty());
        return answer.getFirst();
    }

    /** Everything from the first entry on, whatever it is that is answered. */
    static LogRead whole(SqliteLog log, RoomKey room, ManualOwner owner) {
        ReadRequest all =
                new ReadRequest(room, null, ReadRequest.Direction.AFTER, 0, Integer.MAX_VALUE, Integer.MAX_VALUE);
        return answer(log, all, owner);
    }

    /** Everything from the first entry on; fails where it cannot be had. */
    static LogRead.Complete all(SqliteLog log, RoomKey room, ManualOwner owner) {
        return whole(log, room, owner) instanceof LogRead.Complete read ? read : failed(room);
    }

    private static LogRead.Complete failed(RoomKey room) {
        throw new AssertionError("cannot read " + room);
    }
}
