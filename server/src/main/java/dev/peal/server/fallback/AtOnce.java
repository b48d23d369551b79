package dev.peal.server.fallback;

import dev.peal.hub.Hub;
import dev.peal.log.Entry;
import dev.peal.log.HistoryPage;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.ReadRequest.Direction;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import dev.peal.protocol.JsonWriter;
import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;
import dev.peal.protocol.ServerMessages;
import dev.peal.server.request.Callers;
import dev.peal.session.Notifications;
import dev.peal.transport.poll.Polled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Reads logs as they are: what stands behind a position, or the newest entries. Opens no room. Thread-safe. */
final class AtOnce {
    /** Of all logs together; each has its part of them, and this much at least. */
    private static final int BYTES_MAX = 1 << 20;

    private static final int BYTES_MIN = 64 << 10;
    private static final int LIMIT_NEWEST = 50;
    private static final int LIMIT_SINCE = 200;

    private final Hub hub;
    private final RoomLog log;

    AtOnce(Hub hub, RoomLog log) {
        this.hub = hub;
        this.log = log;
    }

    /** One log to read. */
    record Part(RoomKey log, Optional<Position> since) {}

    private record Page(Polled.Stand stand, List<Entry> entries, boolean more) {}

    /** @param limit entries of each log; 0 for the usual number */
    CompletionStage<Polled> read(List<Part> parts, int limit) {
        int bytes = Math.max(BYTES_MIN, BYTES_MAX / parts.size());
        List<CompletableFuture<Page>> pages =
                parts.stream().map(part -> page(part, limit, bytes)).toList();
        return CompletableFuture.allOf(pages.toArray(CompletableFuture[]::new))
                .thenApply(all ->
                        polled(pages.stream().map(CompletableFuture::join).toList()));
    }

    private CompletableFuture<Page> page(Part part, int limit, int bytes) {
        CompletableFuture<Page> answer = new CompletableFuture<>();
        if (part.since().isPresent()) {
            Position since = part.since().get();
            int entries = limit == 0 ? LIMIT_SINCE : limit;
            ReadRequest request =
                    new ReadRequest(part.log(), since.epoch(), Direction.AFTER, since.offset(), entries, bytes);
            log.read(request, hub.home(part.log()).owner(), read -> after(part.log(), since, read, answer));
        } else {
            int entries = limit == 0 ? LIMIT_NEWEST : limit;
            ReadRequest request = new ReadRequest(part.log(), null, Direction.BEFORE, Long.MAX_VALUE, entries, bytes);
            HistoryPage.read(
                    request,
                    (asked, done) -> log.read(asked, hub.home(part.log()).owner(), done),
                    found -> found.ifPresentOrElse(
                            page -> answer.complete(newest(part.log(), page)), () -> unreadable(answer)));
        }
        return answer;
    }

    private static Page newest(RoomKey key, LogRead.Complete page) {
        Position position = new Position(page.epoch(), page.newest());
        // What was read is not worth telling to a reader who begins.
        List<Entry> entries = page.entries().stream()
                .filter(entry -> !entry.type().equals(Notifications.READ_TYPE))
                .toList();
        return new Page(new Polled.Stand(key, position, Recovery.NOT_ASKED), entries, false);
    }

    private static void after(RoomKey key, Position since, LogRead read, CompletableFuture<Page> answer) {
        switch (read) {
            case LogRead.Complete page -> {
                List<Entry> entries = page.entries();
                long last =
                        entries.isEmpty() ? since.offset() : entries.getLast().offset();
                Polled.Stand stand = new Polled.Stand(key, new Position(page.epoch(), last), Recovery.COMPLETE);
                answer.complete(new Page(stand, entries, last < page.newest()));
            }
            case LogRead.Truncated cut ->
                answer.complete(lost(key, cut.epoch(), cut.newest(), Recovery.Reason.HISTORY_TRIMMED, cut.oldest()));
            case LogRead.OtherEpoch other ->
                answer.complete(
                        lost(key, other.epoch(), other.newest(), Recovery.Reason.EPOCH_CHANGED, other.oldest()));
            case LogRead.Failed failed -> unreadable(answer);
        }
    }

    private static Page lost(RoomKey key, String epoch, long newest, Recovery.Reason reason, long oldest) {
        Polled.Stand stand = new Polled.Stand(key, new Position(epoch, newest), new Recovery.Lost(reason, oldest));
        return new Page(stand, List.of(), false);
    }

    private static void unreadable(CompletableFuture<Page> answer) {
        answer.completeExceptionally(new CompletionException(Callers.unavailable("A log cannot be read now.")));
    }

    private static Polled polled(List<Page> pages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        List<Polled.Stand> stands = new ArrayList<>();
        boolean more = false;
        JsonWriter json = new JsonWriter(1_024);
        for (Page page : pages) {
            RoomKey key = page.stand().room();
            stands.add(page.stand());
            more |= page.more();
            for (Entry entry : page.entries()) {
                long offset = key.equals(Notifications.BROADCASTS) ? 0 : entry.offset();
                ServerMessages.push(json.reset(), entry.type(), offset, entry.data());
                out.write(json.buffer(), 0, json.length());
                out.write(',');
            }
        }
        return new Polled(out.toByteArray(), stands, more);
    }
}
