package dev.peal.market.feed;

import dev.peal.app.Outlet;
import dev.peal.market.book.Symbol;
import dev.peal.market.candle.CandleInterval;
import dev.peal.market.wire.Channel;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One connection with all that it follows. While its socket is full nothing is written and nothing is kept for it but the list of what it is to be told; what it is told then
 * is as new as can be. Belongs to its loop.
 */
public final class Reader {
    /** What the subscriptions of a connection are known by; each symbol has six. */
    private sealed interface Key {
        record Market(String symbol) implements Key {}

        record Candles(String symbol, CandleInterval interval) implements Key {}

        record Ticker(String symbol) implements Key {}
    }

    private final LoopFeed loop;
    private final Outlet outlet;
    private final WireForm form;
    private final Map<Key, Subscription> subscriptions = new HashMap<>();
    private final ArrayDeque<Subscription> waiting = new ArrayDeque<>();
    private boolean proceeding;

    Reader(LoopFeed loop, Outlet outlet, WireForm form) {
        this.loop = loop;
        this.outlet = outlet;
        this.form = form;
    }

    /**
     * Follows a symbol, in place of what of it was followed so far; the same again changes nothing. What comes at once comes at the end of this iteration.
     *
     * @return false: it follows as much as it may already
     */
    public boolean subscribe(Symbol symbol, Set<Channel> channels, int depth, boolean deltas, int updatesPerSecond) {
        SymbolFeed feed = loop.feed(symbol);
        boolean book = channels.contains(Channel.BOOK);
        MarketView.Style style =
                new MarketView.Style(outlet.format(), form, channels, book ? depth : 0, book && deltas);
        View view = feed.view(style, made -> new MarketView(feed, made));
        return follow(new Key.Market(symbol.name()), view, updatesPerSecond);
    }

    public boolean followCandles(Symbol symbol, CandleInterval interval, int updatesPerSecond) {
        SymbolFeed feed = loop.feed(symbol);
        CandleView.Style style = new CandleView.Style(outlet.format(), interval);
        View view = feed.view(style, made -> new CandleView(feed, made));
        return follow(new Key.Candles(symbol.name(), interval), view, updatesPerSecond);
    }

    public boolean followTicker(Symbol symbol, int updatesPerSecond) {
        SymbolFeed feed = loop.feed(symbol);
        View view = feed.view(outlet.format(), made -> new TickerView(feed, made));
        return follow(new Key.Ticker(symbol.name()), view, updatesPerSecond);
    }

    public void unsubscribe(Symbol symbol) {
        end(new Key.Market(symbol.name()));
    }

    public void leaveCandles(Symbol symbol, CandleInterval interval) {
        end(new Key.Candles(symbol.name(), interval));
    }

    public void leaveTicker(Symbol symbol) {
        end(new Key.Ticker(symbol.name()));
    }

    /**
     * Has the whole book sent, at the end of this iteration.
     *
     * @return false: the book is not followed
     */
    public boolean snapshot(Symbol symbol) {
        Subscription followed = subscriptions.get(new Key.Market(symbol.name()));
        if (followed == null || !(followed.view() instanceof MarketView view) || !view.tells(Channel.BOOK)) {
            return false;
        }
        followed.forgetBook();
        loop.tellAtEnd(followed);
        return true;
    }

    /** The socket has room again. */
    public void drained() {
        if (proceeding) {
            return; // it took something while it was asked
        }
        proceeding = true;
        try {
            while (!waiting.isEmpty() && !outlet.full()) {
                Subscription next = waiting.removeFirst();
                next.waiting = false;
                next.tell();
            }
        } finally {
            proceeding = false;
        }
    }

    /** The connection has ended. */
    public void end() {
        subscriptions.values().forEach(Subscription::end);
        subscriptions.clear();
        waiting.clear();
    }

    /** Tells it now, or once the socket has room. */
    void due(Subscription subscription) {
        if (subscription.waiting || subscription.ended()) {
            return;
        }
        if (!waiting.isEmpty() || outlet.full()) {
            subscription.waiting = true;
            waiting.addLast(subscription);
        } else {
            subscription.tell();
        }
    }

    Outlet outlet() {
        return outlet;
    }

    private boolean follow(Key key, View view, int updatesPerSecond) {
        Subscription before = subscriptions.get(key);
        if (before != null && before.view() == view && before.perSecond() == updatesPerSecond) {
            return true;
        }
        if (before == null && subscriptions.size() >= loop.subscriptionsMax()) {
            return false;
        }
        Subscription added = before == null ? new Subscription(this, view) : before.as(view);
        end(key);
        subscriptions.put(key, added);
        view.feed().lane(view.topic(), loop.pace(updatesPerSecond)).add(added);
        loop.tellAtEnd(added);
        return true;
    }

    private void end(Key key) {
        Subscription ended = subscriptions.remove(key);
        if (ended != null) {
            ended.end();
            if (ended.waiting) {
                waiting.remove(ended);
            }
        }
    }
}
