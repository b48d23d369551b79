package dev.peal.market.candle;

import dev.peal.market.book.Trade;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The newest candles of one interval, in order. Belongs to one thread.
 *
 * <p>A trade that comes late goes into the candle of its own time, also if that one ended long ago; one that is older than everything kept is left out.
 */
public final class CandleSeries {
    private static final int INITIAL_CANDLES = 64;

    private final CandleInterval interval;
    private final int kept;
    /** Twice as many as are kept, at most: the newest are moved to the front once the end is reached, and stay contiguous. */
    private Candle[] candles = new Candle[INITIAL_CANDLES];

    private int from;
    private int to;
    private boolean newestIsOpen;

    public CandleSeries(CandleInterval interval) {
        this(interval, interval.kept());
    }

    /** A series that keeps {@code kept} candles. */
    public CandleSeries(CandleInterval interval, int kept) {
        if (kept < 1) {
            throw new IllegalArgumentException("candles to keep: " + kept);
        }
        this.interval = interval;
        this.kept = kept;
    }

    /** Takes a trade; returns the candle that it is in now, or nothing where it is too old to be kept. */
    public Optional<Candle> add(Trade trade) {
        long start = interval.start(trade.timeMillis());
        if (from == to || start > candles[to - 1].startMillis()) {
            newestIsOpen = true;
            return Optional.of(insert(to, trade));
        }
        int at = firstFrom(start);
        if (candles[at].startMillis() == start) {
            candles[at] = candles[at].with(trade);
            return Optional.of(candles[at]);
        }
        return at == from && to - from == kept ? Optional.empty() : Optional.of(insert(at, trade));
    }

    /** The newest candle, once and only once after it ended: no trade in time can change it any more. */
    public Optional<Candle> close(long nowMillis) {
        if (newestIsOpen && candles[to - 1].endMillis() <= nowMillis) {
            newestIsOpen = false;
            return Optional.of(candles[to - 1]);
        }
        return Optional.empty();
    }

    /** Whether the time of a candle of this series is over: a newer one began, or {@link #close} said so. */
    public boolean closed(Candle candle) {
        return from == to || candle.startMillis() < candles[to - 1].startMillis() || !newestIsOpen;
    }

    public Optional<Candle> newest() {
        return from == to ? Optional.empty() : Optional.of(candles[to - 1]);
    }

    /** The newest {@code limit} candles that begin before a moment, the oldest of them first. */
    public List<Candle> before(long millis, int limit) {
        int end = firstFrom(millis);
        return List.of(Arrays.copyOfRange(candles, Math.max(from, end - Math.max(0, limit)), end));
    }

    /** The candles that begin at a moment or later, the oldest first. */
    List<Candle> since(long millis) {
        return Arrays.asList(candles).subList(firstFrom(millis), to);
    }

    public int size() {
        return to - from;
    }

    /** Where the first candle is that begins at this moment or later. Nearly always asked for the end. */
    private int firstFrom(long millis) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = low + high >>> 1;
            if (candles[middle].startMillis() < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Candle insert(int place, Trade trade) {
        Candle candle = Candle.of(interval, trade);
        int at = place;
        if (to == candles.length) {
            at -= makeRoom();
        }
        System.arraycopy(candles, at, candles, at + 1, to - at);
        candles[at] = candle;
        to++;
        if (to - from > kept) {
            from++;
        }
        return candle;
    }

    /** Makes room behind the newest candle; returns by how many places all moved to the front. */
    private int makeRoom() {
        if (from < kept / 2 + 1 && candles.length <= 2 * kept) {
            candles = Arrays.copyOf(candles, Math.min(2 * kept + 1, candles.length * 2));
            return 0;
        }
        int moved = from;
        System.arraycopy(candles, from, candles, 0, to - from);
        to -= moved;
        from = 0;
        return moved;
    }
}
