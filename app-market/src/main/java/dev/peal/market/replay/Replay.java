package dev.peal.market.replay;

import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import java.util.List;
import java.util.function.BiConsumer;

/** Recordings as they are played: which trades are due. Belongs to one thread. */
public final class Replay {
    public static final int SPEED_MAX = 1_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<Recording> recordings;
    private final int[] next;
    private final int speed;

    /**
     * A replay that has not begun.
     *
     * @param speed 1 to 1,000: how many times as fast as it was
     */
    public Replay(List<Recording> recordings, int speed) {
        if (speed < 1 || speed > SPEED_MAX) {
            throw new IllegalArgumentException("speed: 1 to " + SPEED_MAX + ", not " + speed);
        }
        this.recordings = List.copyOf(recordings);
        this.next = new int[recordings.size()];
        this.speed = speed;
    }

    /**
     * Gives out what is due, in the order of time since each symbol's first trade; at one time by the order of the recordings.
     *
     * @param elapsedNanos since the replay began; does not go back
     * @param tradesMax the most to give out now; what is due beyond them comes with the next call
     * @return how many were given out
     */
    public int advance(long elapsedNanos, int tradesMax, BiConsumer<Symbol, Trade> due) {
        long playedMillis = playedMillis(elapsedNanos);
        for (int given = 0; given < tradesMax; given++) {
            int earliest = earliest();
            if (earliest < 0 || afterMillis(earliest) > playedMillis) {
                return given;
            }
            Recording recording = recordings.get(earliest);
            due.accept(recording.symbol(), recording.trade(next[earliest]++));
        }
        return tradesMax;
    }

    /** The moment of a recording that is played: not later than its trade that comes next, or than its last one. */
    public long timeMillis(Symbol symbol, long elapsedNanos) {
        int at = 0;
        while (!recordings.get(at).symbol().equals(symbol)) {
            at++;
        }
        Recording recording = recordings.get(at);
        int until = Math.min(next[at], recording.size() - 1);
        return recording.startMillis() + Math.min(playedMillis(elapsedNanos), recording.afterMillis(until));
    }

    private long playedMillis(long elapsedNanos) {
        return elapsedNanos / NANOS_PER_MILLI * speed + elapsedNanos % NANOS_PER_MILLI * speed / NANOS_PER_MILLI;
    }

    /** Whether every trade was given out. */
    public boolean ended() {
        return earliest() < 0;
    }

    /** The recording whose next trade comes first; -1 after the last trade of all. */
    private int earliest() {
        int earliest = -1;
        for (int i = 0; i < next.length; i++) {
            boolean more = next[i] < recordings.get(i).size();
            if (more && (earliest < 0 || afterMillis(i) < afterMillis(earliest))) {
                earliest = i;
            }
        }
        return earliest;
    }

    private long afterMillis(int recording) {
        return recordings.get(recording).afterMillis(next[recording]);
    }
}
