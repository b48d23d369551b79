package dev.peal.market.source;

import dev.peal.market.agents.Crowd;
import dev.peal.market.book.BookDelta;
import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.exchange.CancelReason;
import dev.peal.market.exchange.Cancellation;
import dev.peal.market.exchange.Match;
import dev.peal.market.exchange.OrderIds;
import dev.peal.market.exchange.OrderType;
import dev.peal.market.exchange.Placement;
import dev.peal.market.exchange.Venue;
import dev.peal.market.exchange.VenueListener;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The embedded exchange: a venue for each symbol, agents that trade there, and people who may trade with them on paper. Belongs to its owner.
 *
 * <p>Its time runs with the monotonic clock from the wall-clock time at which it started, and is never set back. Where the process stood still, or the wall clock was set
 * forward, nobody traded in that time beyond the first second.
 */
public final class ExchangeSource implements MarketSource {
    /** The first account that no agent has. */
    public static final int FIRST_ACCOUNT = Crowd.ACCOUNTS;

    /** How often it goes on while nobody looks: a step costs the same, however much happens in it. */
    private static final int STEP_MILLIS_UNWATCHED = 250;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final List<Listing> listings;
    private final ExchangeConfig config;
    private final TraderListener traders;
    private final Map<Symbol, Place> places = new LinkedHashMap<>();
    private @Nullable Running running;
    private boolean stopped;

    /** An exchange that has not begun; {@code traders} hears of the accounts that are not agents'. */
    public ExchangeSource(List<Listing> listings, ExchangeConfig config, TraderListener traders) {
        this.listings = List.copyOf(listings);
        this.config = config;
        this.traders = traders;
    }

    @Override
    public List<Symbol> symbols() {
        return listings.stream().map(Listing::symbol).toList();
    }

    @Override
    public void start(Owner owner, Clock clock, MarketSink sink) {
        if (running != null || stopped) {
            throw new IllegalStateException("an exchange starts once");
        }
        Running begun = new Running(owner, clock);
        long warmUp = config.warmUpSeconds() * NANOS_PER_SECOND;
        OrderIds ids = new OrderIds();
        VenueListener events = new Events(sink);
        for (Listing listing : listings) {
            Symbol symbol = listing.symbol();
            Venue venue = new Venue(symbol, config.limits(), ids, events);
            // Symbols that shared a seed would move together.
            long seed = config.seed() * 1_000_003 + symbol.id();
            Place place = new Place(venue, new Crowd(venue, listing.shape(), seed, begun.nowNanos - warmUp));
            place.crowd.advanceTo(begun.nowNanos);
            places.put(symbol, place);
        }
        running = begun;
        begun.next();
    }

    /** Its own time, which a wall clock that is set back does not set back: what ended in it has ended. */
    @Override
    public long nowMillis(Symbol symbol, Clock clock) {
        Running begun = running;
        return begun == null ? clock.millis() : begun.nowNanos / NANOS_PER_MILLI;
    }

    @Override
    public void watched(boolean yes) {
        Running begun = running;
        if (begun != null && !stopped) {
            begun.watched(yes);
        }
    }

    @Override
    public void stop() {
        stopped = true;
        Running begun = running;
        if (begun != null) {
            begun.timer.cancel();
        }
    }

    /**
     * Brings the exchange to the present; by itself it goes on in steps. Whoever calls it before {@link #place} or {@link #cancel}, in one task, decides on what the
     * order will meet: between the calls nothing happens.
     */
    public void catchUp() {
        running().goOn();
    }

    /** Places an order for a person's account, at the moment to which the exchange was brought; its id, if it was taken, is {@link #newestOrderId}. */
    public Placement place(Symbol symbol, int account, Side side, OrderType type, long priceTicks, long lots) {
        if (account < FIRST_ACCOUNT) {
            throw new IllegalArgumentException("account " + account + " is an agent's");
        }
        return venue(symbol).place(running().nowNanos, account, side, type, priceTicks, lots);
    }

    /** Cancels an order of a person's account, at the moment to which the exchange was brought. */
    public Cancellation cancel(Symbol symbol, long orderId, int account) {
        return venue(symbol).cancel(running().nowNanos, orderId, account);
    }

    /** The moment to which the exchange was brought: nanoseconds since 1970. */
    public long nowNanos() {
        return running().nowNanos;
    }

    /** The id of the newest order of a symbol; an id is that of one order of the whole exchange. */
    public long newestOrderId(Symbol symbol) {
        return venue(symbol).newestOrderId();
    }

    /** A symbol's book, accounts and last price, to look at. */
    public Venue venue(Symbol symbol) {
        Place place = places.get(symbol);
        if (place == null) {
            throw new IllegalStateException("not listed, or not started: " + symbol.name());
        }
        return place.venue;
    }

    private Running running() {
        Running begun = running;
        if (begun == null || stopped) {
            throw new IllegalStateException("the exchange is not running");
        }
        return begun;
    }

    private static final class Place {
        private final Venue venue;
        private final Crowd crowd;

        private Place(Venue venue, Crowd crowd) {
            this.venue = venue;
            this.crowd = crowd;
        }
    }

    /** The exchange's time, and the timer that lets it go on. */
    private final class Running implements Runnable {
        private final Owner owner;
        private final Clock clock;
        private long seenNanos;
        private long nowNanos;
        private int stepMillis = config.stepMillis();
        private Owner.Timer timer = () -> {};

        private Running(Owner owner, Clock clock) {
            this.owner = owner;
            this.clock = clock;
            seenNanos = clock.nanos();
            nowNanos = clock.millis() * NANOS_PER_MILLI;
        }

        private void next() {
            timer = owner.schedule(this, stepMillis);
        }

        /** Whoever comes finds the present. */
        private void watched(boolean yes) {
            timer.cancel();
            stepMillis = yes ? config.stepMillis() : Math.max(config.stepMillis(), STEP_MILLIS_UNWATCHED);
            goOn();
            next();
        }

        @Override
        public void run() {
            if (!stopped) {
                goOn();
                next();
            }
        }

        private void goOn() {
            long monotonic = clock.nanos();
            long passed = monotonic - seenNanos;
            seenNanos = monotonic;
            long behind = clock.millis() * NANOS_PER_MILLI - (nowNanos + passed);
            long all = passed + (behind > NANOS_PER_SECOND ? behind : 0);
            long asleep = Math.max(0, all - NANOS_PER_SECOND);
            nowNanos += all;
            for (Place place : places.values()) {
                place.crowd.pause(asleep);
                place.crowd.advanceTo(nowNanos);
            }
        }
    }

    /** Tells the public what is public, and people what is theirs. */
    private final class Events implements VenueListener {
        private final MarketSink sink;

        private Events(MarketSink sink) {
            this.sink = sink;
        }

        @Override
        public void bookChanged(Venue venue, BookDelta delta, long timeNanos) {
            sink.bookChanged(venue.symbol(), delta, timeNanos);
        }

        @Override
        public void traded(Venue venue, Trade trade, Match match) {
            sink.traded(venue.symbol(), trade);
            if (match.makerAccount() >= FIRST_ACCOUNT) {
                Side side = match.takerSide().opposite();
                tell(venue, trade, match.makerOrderId(), match.makerAccount(), side, match.makerLotsLeft());
            }
            if (match.takerAccount() >= FIRST_ACCOUNT) {
                Side side = match.takerSide();
                tell(venue, trade, match.takerOrderId(), match.takerAccount(), side, match.takerLotsLeft());
            }
        }

        private void tell(Venue venue, Trade trade, long orderId, int account, Side side, long lotsLeft) {
            traders.filled(new Fill(
                    venue.symbol(),
                    orderId,
                    account,
                    side,
                    trade.priceTicks(),
                    trade.lots(),
                    lotsLeft,
                    side != trade.side(),
                    trade.tradeId(),
                    trade.timeNanos()));
        }

        @Override
        public void accepted(
                Venue venue, long orderId, int account, Side side, OrderType type, long priceTicks, long lots) {
            if (account >= FIRST_ACCOUNT) {
                traders.accepted(venue.symbol(), orderId, account, side, type, priceTicks, lots);
            }
        }

        @Override
        public void rested(Venue venue, long orderId, int account, long lots) {
            if (account >= FIRST_ACCOUNT) {
                traders.rested(venue.symbol(), orderId, account, lots);
            }
        }

        @Override
        public void cancelled(Venue venue, long orderId, int account, long lots, CancelReason reason) {
            if (account >= FIRST_ACCOUNT) {
                traders.cancelled(venue.symbol(), orderId, account, lots, reason);
            }
        }
    }
}
