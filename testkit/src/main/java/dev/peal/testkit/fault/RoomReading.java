package dev.peal.testkit.fault;

import dev.peal.testkit.history.Seen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * All that a room holds at this moment, as a newcomer gets it who asks for everything.
 *
 * @param entries from the oldest to the newest
 */
public record RoomReading(String epoch, List<Seen.Entry> entries) {
    private static final int SILENCE_MILLIS_MAX = 20_000;
    private static final int MINUTES_MAX = 1;

    public RoomReading {
        entries = List.copyOf(entries);
    }

    /**
     * Reads a room. {@code token} is empty in open mode.
     *
     * @throws IOException also where it does not come to its end within a minute
     */
    public static RoomReading of(int port, Optional<String> token, String room) throws IOException {
        FutureTask<RoomReading> reading = new FutureTask<>(() -> read(port, token, room));
        Thread.startVirtualThread(reading);
        try {
            return reading.get(MINUTES_MAX, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("cannot read " + room, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            reading.cancel(true);
        }
    }

    private static RoomReading read(int port, Optional<String> token, String room) throws IOException {
        try (Wire wire = Wire.connect(port, SILENCE_MILLIS_MAX)) {
            if (token.isPresent()) {
                wire.send("{\"type\":\"authenticate\",\"data\":{\"token\":\"" + token.get() + "\"}}");
            }
            String joined = join(wire, room, "");
            String epoch = Fields.text(joined, "epoch");
            if (Fields.number(joined, "offset") == 0) {
                return new RoomReading(epoch, List.of());
            }
            joined = join(wire, room, since(epoch, 0));
            if (!Fields.flag(joined, "recovered")) {
                joined = join(wire, room, since(epoch, Fields.number(joined, "oldest") - 1));
            }
            return new RoomReading(epoch, entries(wire, Fields.number(joined, "offset")));
        }
    }

    /** The newest offset; 0 where there is none. */
    public long newest() {
        return entries.isEmpty() ? 0 : entries.getLast().offset();
    }

    private static String since(String epoch, long offset) {
        return ",\"since\":{\"epoch\":\"" + epoch + "\",\"offset\":" + offset + "}";
    }

    private static String join(Wire wire, String room, String since) throws IOException {
        wire.send("{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"" + room + "\"" + since + "}}");
        return wire.next("joined");
    }

    private static List<Seen.Entry> entries(Wire wire, long newest) throws IOException {
        List<Seen.Entry> entries = new ArrayList<>();
        long last = 0;
        while (last < newest) {
            String frame = wire.next("message");
            last = Fields.number(frame, "offset");
            entries.add(new Seen.Entry(last, Fields.text(frame, "message")));
        }
        return entries;
    }
}
