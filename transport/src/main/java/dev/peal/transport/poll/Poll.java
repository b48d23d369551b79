package dev.peal.transport.poll;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.hub.Origin;
import dev.peal.log.RoomKey;
import dev.peal.protocol.CloseReason;
import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;
import dev.peal.session.Connection;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One poll of some logs from given positions: done as soon as it is known what stands behind them, unless that is nothing and it may wait. Owned by one loop.
 *
 * <p>Each log says first where it stands ({@link #follows}); what it holds already comes in the same turn, so the end of that turn is the time to look.
 */
public final class Poll implements Connection {
    /** Beyond this the next page has the rest; one entry always fits. */
    private static final int BYTES_MAX = 1 << 20;

    /** What is asked for. */
    public record Question(List<RoomKey> logs, int limit, boolean waits) {
        public Question {
            logs = List.copyOf(logs);
        }
    }

    /** Told once what became of a poll, on its loop. */
    public interface Outcome {
        void done(Polled result);

        /** Its session ended first. */
        void closed(CloseReason reason);
    }

    private static final class Place {
        private final Recovery recovery;
        private final Position newest;
        private String epoch;
        private long offset;

        Place(Position from, Position newest, Recovery recovery) {
            this.epoch = from.epoch();
            this.offset = from.offset();
            this.newest = newest;
            this.recovery = recovery;
        }
    }

    private final PollFormat format;
    private final Question question;
    private final Map<RoomKey, Place> places = new LinkedHashMap<>();
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream(256);
    private @Nullable Outcome outcome;
    private boolean waits;
    private boolean more;
    private int count;

    public Poll(PollFormat format, Question question, Outcome outcome) {
        this.format = format;
        this.question = question;
        this.waits = question.waits();
        this.outcome = outcome;
    }

    /** A log that is followed without saying so itself, from there. */
    public void startsAt(RoomKey log, Position from) {
        places.put(log, new Place(from, from, Recovery.COMPLETE));
    }

    /** The time is up: whatever is here is the answer. */
    public void timeUp() {
        waits = false;
        settle();
    }

    /** Looks whether it is done. To be called when a turn in which something came is over. */
    public void settle() {
        Outcome told = outcome;
        if (told == null || places.size() < question.logs().size()) {
            return;
        }
        boolean lost = places.values().stream().anyMatch(place -> place.recovery instanceof Recovery.Lost);
        if (count > 0 || lost || !waits) {
            outcome = null;
            told.done(result());
        }
    }

    private Polled result() {
        List<Polled.Stand> stands = new ArrayList<>();
        for (RoomKey log : question.logs()) {
            Place place = places.get(log);
            if (place != null) {
                stands.add(new Polled.Stand(log, new Position(place.epoch, place.offset), place.recovery));
                more |= place.offset < place.newest.offset() && place.epoch.equals(place.newest.epoch());
            }
        }
        return new Polled(entries.toByteArray(), stands, more);
    }

    @Override
    public Format format() {
        return format;
    }

    @Override
    public void follows(RoomKey room, Position from, Position newest, Recovery recovery) {
        places.put(room, new Place(from, newest, recovery));
    }

    @Override
    public void write(EncodedBatch batch, int from, int to) {
        Origin origin = batch.origin();
        Place place = origin == null ? null : places.get(origin.room());
        if (origin == null || place == null || outcome == null) {
            return;
        }
        for (int i = from; i < to && !more; i++) {
            if (batch.offset(i) > 0) {
                take(batch, i, origin, place);
            }
        }
    }

    private void take(EncodedBatch batch, int push, Origin origin, Place place) {
        int length = batch.length(push, push + 1);
        if (count >= question.limit() || count > 0 && entries.size() + length > BYTES_MAX) {
            more = true;
            return;
        }
        ByteBuf bytes = batch.retained(push, push + 1);
        byte[] copy = new byte[length];
        bytes.getBytes(bytes.readerIndex(), copy);
        bytes.release();
        entries.writeBytes(copy);
        place.epoch = origin.epoch();
        place.offset = batch.offset(push);
        count++;
    }

    /** Told to the poll alone and not stored: nothing for it. */
    @Override
    public void write(byte[] json) {}

    @Override
    public void flush() {
        settle();
    }

    /** A poll that has something takes no more. */
    @Override
    public long pendingBytes() {
        return count > 0 ? FULL_BYTES + 1L + entries.size() : 0;
    }

    @Override
    public void ping() {}

    /** Never in a poll's life: whether its client is there is the HTTP connection's to know. */
    @Override
    public int unansweredPingMillis() {
        return Integer.MAX_VALUE / 2;
    }

    @Override
    public void reading(boolean on) {}

    @Override
    public void close(CloseReason reason) {
        if (reason == CloseReason.SLOW_READER) {
            more = true;
            settle();
        }
        Outcome told = outcome;
        outcome = null;
        if (told != null) {
            told.closed(reason);
        }
    }

    @Override
    public void terminate() {
        outcome = null;
    }
}
