package dev.peal.server.api;

import dev.peal.hub.Hub;
import dev.peal.log.Entry;
import dev.peal.log.HistoryPage;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.ReadRequest.Direction;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import dev.peal.protocol.JsonWriter;
import dev.peal.transport.http.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Pages of a room's log, both ways. Reads the log itself and opens no room. Thread-safe. */
final class RoomHistory {
    private static final int BYTES_MAX = 1 << 20;

    private final Hub hub;
    private final RoomLog log;

    RoomHistory(Hub hub, RoomLog log) {
        this.hub = hub;
        this.log = log;
    }

    /** Entries next after an offset, else the newest before one, else the newest of all; the oldest first. */
    CompletionStage<Response> read(RoomKey key, Optional<Long> before, Optional<Long> after, int limit) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        Direction direction = after.isPresent() ? Direction.AFTER : Direction.BEFORE;
        long from = after.orElseGet(() -> before.orElse(Long.MAX_VALUE));
        ReadRequest request = new ReadRequest(key, null, direction, from, limit, BYTES_MAX);
        HistoryPage.read(
                request,
                (asked, done) -> log.read(asked, hub.home(key).owner(), done),
                found -> answer.complete(found.map(page -> page(request, page)).orElseGet(Answers::unavailable)));
        return answer;
    }

    private static Response page(ReadRequest request, LogRead.Complete page) {
        JsonWriter json = RoomRoutes.about(new JsonWriter(4096).object(), request.room())
                .field("epoch", page.epoch())
                .array("entries");
        for (Entry entry : page.entries()) {
            json.object()
                    .field("type", entry.type())
                    .field("offset", entry.offset())
                    .field("sender", entry.sender())
                    .field("storedAt", entry.timeMillis())
                    .raw("data", entry.data())
                    .end();
        }
        json.end()
                .field("oldest", page.oldest())
                .field("newest", page.newest())
                .field("more", more(request.direction(), page));
        return Answers.ok(json.end());
    }

    private static boolean more(Direction direction, LogRead.Complete page) {
        List<Entry> entries = page.entries();
        if (entries.isEmpty()) {
            return false;
        }
        return direction == Direction.AFTER
                ? entries.get(entries.size() - 1).offset() < page.newest()
                : entries.get(0).offset() > page.oldest();
    }
}
