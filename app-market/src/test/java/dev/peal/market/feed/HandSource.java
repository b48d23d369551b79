package dev.peal.market.feed;

import dev.peal.market.book.BookChecksum;
import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.ReferenceBook;
import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.source.MarketSink;
import dev.peal.market.source.MarketSource;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A source that says what a test has it say, and remembers what was true when. */
final class HandSource implements MarketSource {
    private static final int BOOKS_REMEMBERED = 20_000;
    private static final long MIDDLE = 10_000;

    private final List<Symbol> symbols;
    private final Map<Symbol, State> states = new HashMap<>();
    private @Nullable MarketSink sink;
    private @Nullable Owner owner;
    private @Nullable Clock clock;
    private boolean watched = true;

    /** One symbol's plain truth. */
    static final class State {
        private final ReferenceBook book = new ReferenceBook();
        private final Map<Long, BookSnapshot> books = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, BookSnapshot> eldest) {
                return size() > BOOKS_REMEMBERED;
            }
        };
        private long bookSequence;
        private long trades;
        private long prices;
        private long priceTicks;

        State() {
            books.put(0L, BookSnapshot.EMPTY);
        }

        /** The book at a sequence, of the last ones. */
        BookSnapshot book(long sequence) {
            BookSnapshot then = books.get(sequence);
            if (then == null) {
                throw new AssertionError("there was no book " + sequence + " lately; now " + bookSequence);
            }
            return then;
        }

        long bookSequence() {
            return bookSequence;
        }

        long trades() {
            return trades;
        }

        long prices() {
            return prices;
        }

        long priceTicks() {
            return priceTicks;
        }
    }

    HandSource(List<Symbol> symbols) {
        this.symbols = List.copyOf(symbols);
        symbols.forEach(symbol -> states.put(symbol, new State()));
    }

    @Override
    public List<Symbol> symbols() {
        return symbols;
    }

    @Override
    public void start(Owner marketOwner, Clock marketClock, MarketSink marketSink) {
        owner = marketOwner;
        clock = marketClock;
        sink = marketSink;
    }

    @Override
    public void watched(boolean yes) {
        watched = yes;
    }

    @Override
    public void stop() {}

    /** Whether anybody follows the market, as far as it was told. */
    boolean watched() {
        return watched;
    }

    State state(Symbol symbol) {
        State state = states.get(symbol);
        if (state == null) {
            throw new IllegalArgumentException("no such symbol: " + symbol);
        }
        return state;
    }

    /** Has all this said in one iteration of the market's owner, once that runs. */
    void says(Runnable what) {
        if (owner == null) {
            throw new IllegalStateException("not started");
        }
        owner.execute(what);
    }

    void level(Symbol symbol, Side side, long priceTicks, long lots) {
        State state = state(symbol);
        state.book.set(side, priceTicks, lots);
        state.bookSequence++;
        state.books.put(state.bookSequence, state.book.snapshot());
        sink().bookChanged(symbol, BookDelta.of(side, priceTicks, lots), nanos());
    }

    /** The book is another one altogether; not remembered. */
    void book(Symbol symbol, BookSnapshot whole) {
        sink().bookReplaced(symbol, whole, nanos());
    }

    void trade(Symbol symbol, long priceTicks, long lots) {
        State state = state(symbol);
        state.trades++;
        state.prices++;
        state.priceTicks = priceTicks;
        sink().traded(symbol, new Trade(state.trades + 1_000, Side.BUY, priceTicks, lots, nanos()));
    }

    void price(Symbol symbol, long priceTicks) {
        State state = state(symbol);
        state.prices++;
        state.priceTicks = priceTicks;
        sink().priced(symbol, priceTicks, nanos());
    }

    /** Something happens: mostly a level near the middle that comes, goes or changes, so that no book is ever crossed; now and then a trade or a price. */
    void anything(Random random, Symbol symbol) {
        switch (random.nextInt(8)) {
            case 0 -> trade(symbol, MIDDLE + random.nextInt(-20, 21), 1 + random.nextInt(9));
            case 1 -> price(symbol, MIDDLE + random.nextInt(-20, 21));
            default -> {
                Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
                long distance = random.nextInt(BookChecksum.DEPTH + 8);
                long price = side == Side.BUY ? MIDDLE - distance : MIDDLE + 1 + distance;
                level(symbol, side, price, random.nextInt(4));
            }
        }
    }

    private MarketSink sink() {
        if (sink == null) {
            throw new IllegalStateException("not started");
        }
        return sink;
    }

    private long nanos() {
        return clock == null ? 0 : clock.millis() * 1_000_000;
    }
}
