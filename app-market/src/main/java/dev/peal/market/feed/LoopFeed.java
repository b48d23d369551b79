package dev.peal.market.feed;

import dev.peal.app.Outlet;
import dev.peal.hub.Loop;
import dev.peal.market.book.Symbol;
import dev.peal.market.candle.Ticker;
import dev.peal.market.live.MarketChange;
import dev.peal.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that one loop knows of the market, and all who follow it there. Belongs to its loop; what is public is called there. */
public final class LoopFeed implements Loop.Tail {
    private final Loop loop;
    private final Clock clock;
    private final int subscriptionsMax;
    private final Map<String, SymbolFeed> symbols = new HashMap<>();
    private final Map<Integer, Pace> paces = new HashMap<>();
    private final Frames frames = new Frames();
    private final MarketForm texts = new TextForm(frames, false);
    private final MarketForm priceFrames = new TextForm(frames, true);
    private final MarketForm records;
    private final List<Place> encoded = new ArrayList<>();
    private final ArrayList<Pace> due = new ArrayList<>();
    private final ArrayList<Subscription> fresh = new ArrayList<>();
    private boolean planned;

    /**
     * A loop that knows nothing yet.
     *
     * @param subscriptionsMax how much one connection may follow
     */
    public LoopFeed(Loop loop, Clock clock, int subscriptionsMax) {
        this.loop = loop;
        this.clock = clock;
        this.subscriptionsMax = subscriptionsMax;
        this.records = new RecordForm(frames, clock);
    }

    /** Takes up the market where it is; the changes that follow go on from there. */
    public void begin(List<SymbolStart> all) {
        for (SymbolStart start : all) {
            symbols.put(start.view().symbol().name(), new SymbolFeed(this, start));
        }
    }

    public void changed(MarketChange change) {
        feed(change.symbol()).changed(change);
    }

    public void ticked(Symbol symbol, Ticker ticker) {
        feed(symbol).ticked(ticker);
    }

    /** A connection that follows nothing yet. */
    public Reader open(Outlet outlet, WireForm form) {
        return new Reader(this, outlet, form);
    }

    /** Tells those whose time it is, before their connections are flushed. */
    @Override
    public void endOfIteration() {
        for (int i = 0; i < due.size(); i++) {
            due.get(i).flush();
        }
        due.clear();
        for (int i = 0; i < fresh.size(); i++) {
            fresh.get(i).due();
        }
        fresh.clear();
        for (int i = 0; i < encoded.size(); i++) {
            encoded.get(i).forget();
        }
        encoded.clear();
        planned = false;
    }

    SymbolFeed feed(Symbol symbol) {
        SymbolFeed feed = symbols.get(symbol.name());
        if (feed == null) {
            throw new IllegalArgumentException("not of this market: " + symbol.name());
        }
        return feed;
    }

    Pace pace(int perSecond) {
        return paces.computeIfAbsent(perSecond, rate -> new Pace(this, rate));
    }

    void forget(Pace pace) {
        paces.remove(pace.perSecond(), pace);
    }

    int subscriptionsMax() {
        return subscriptionsMax;
    }

    Frames frames() {
        return frames;
    }

    /** Writes to {@link #frames}. */
    MarketForm form(WireForm form) {
        return switch (form) {
            case JSON -> texts;
            case PRICE_FRAMES -> priceFrames;
            case RECORDS -> records;
        };
    }

    /** A reader has something to be told whatever its pace is. */
    void tellAtEnd(Subscription subscription) {
        fresh.add(subscription);
        plan();
    }

    /** Something was encoded at a place: it is kept for others until the end of this iteration. */
    void encoded(Place place) {
        encoded.add(place);
        plan();
    }

    void atEnd(Pace pace) {
        due.add(pace);
        plan();
    }

    void atEndAfter(Pace pace, long millis) {
        loop.owner().schedule(() -> atEnd(pace), millis);
    }

    long nanos() {
        return clock.nanos();
    }

    private void plan() {
        if (!planned) {
            planned = true;
            loop.atEnd(this);
        }
    }
}
