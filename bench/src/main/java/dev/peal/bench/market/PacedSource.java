package dev.peal.bench.market;

import dev.peal.market.book.BookDelta;
import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.source.MarketSink;
import dev.peal.market.source.MarketSource;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A source of so many updates a second, each due at its time (open loop): of four, three change a level of a book and one is a trade. The symbols take turns. An update
 * carries the time at which it was due, so that a server that cannot keep up is charged for the wait.
 */
final class PacedSource implements MarketSource {
    private static final long SECOND = 1_000_000_000L;
    private static final int LEVELS = 25;
    private static final long MIDDLE = 100_000;

    private final List<Symbol> symbols;
    private final int perSecond;
    private Owner.Timer timer = () -> {};
    private long updates;
    private long trades;
    private long beganNanos;
    private long beganAt;

    PacedSource(int symbols, int perSecond) {
        this.symbols = IntStream.rangeClosed(1, symbols)
                .mapToObj(id -> Symbol.of("S%02d-USD".formatted(id), id, "0.01", "0.001"))
                .toList();
        this.perSecond = perSecond;
    }

    @Override
    public List<Symbol> symbols() {
        return symbols;
    }

    @Override
    public void start(Owner owner, Clock clock, MarketSink sink) {
        beganNanos = clock.nanos();
        beganAt = wallNanos();
        for (Symbol symbol : symbols) {
            for (int level = 0; level < LEVELS; level++) {
                sink.bookChanged(symbol, BookDelta.of(Side.BUY, MIDDLE - level, 100), beganAt);
                sink.bookChanged(symbol, BookDelta.of(Side.SELL, MIDDLE + 1 + level, 100), beganAt);
            }
            sink.traded(symbol, new Trade(++trades, Side.BUY, MIDDLE, 1, beganAt));
        }
        next(owner, clock, sink);
    }

    @Override
    public void stop() {
        timer.cancel();
    }

    private void next(Owner owner, Clock clock, MarketSink sink) {
        timer = owner.schedule(
                () -> {
                    long due = (clock.nanos() - beganNanos) * perSecond / SECOND;
                    while (updates < due) {
                        update(sink, beganAt + updates * SECOND / perSecond);
                    }
                    next(owner, clock, sink);
                },
                1);
    }

    private void update(MarketSink sink, long dueAt) {
        long turn = updates++;
        Symbol symbol = symbols.get((int) (turn % symbols.size()));
        long round = turn / symbols.size();
        if (round % 4 == 0) {
            sink.traded(symbol, new Trade(++trades, Side.SELL, MIDDLE + round % 7, 1 + round % 5, dueAt));
        } else {
            Side side = round % 2 == 0 ? Side.BUY : Side.SELL;
            long away = round * 7 % LEVELS;
            long price = side == Side.BUY ? MIDDLE - away : MIDDLE + 1 + away;
            sink.bookChanged(symbol, BookDelta.of(side, price, 1 + round % 1_000), dueAt);
        }
    }

    private static long wallNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * SECOND + now.getNano();
    }
}
