package dev.peal.market.feed;

import dev.peal.hub.Format;
import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.wire.Channel;
import java.util.Set;

/** Prices, trades and the book of a symbol, or some of these. */
final class MarketView extends View {
    /**
     * What a subscription asks for.
     *
     * @param depth levels of the book; 0: all
     * @param deltas whether changes of the book are wanted in place of whole books
     */
    record Style(Format format, WireForm form, Set<Channel> channels, int depth, boolean deltas) {
        Style {
            channels = Set.copyOf(channels);
        }
    }

    private final Style style;

    MarketView(SymbolFeed feed, Style style) {
        super(feed, Topic.MARKET);
        this.style = style;
    }

    @Override
    Place begin() {
        SymbolFeed now = feed();
        return new Place(
                Place.NOTHING,
                Math.max(0, now.price().map(price -> price.sequence() - 1).orElse(0L)),
                Math.max(0, now.tradeSequence() - 1),
                Math.max(0, now.bookSequence() - 1),
                BookSnapshot.EMPTY,
                true);
    }

    /** Nothing lies between the two: of each channel that was followed, all that was not told yet is told or said to be left out. */
    @Override
    Place startAfter(View before, Place told) {
        Place start = start();
        if (!(before instanceof MarketView was)) {
            return start;
        }
        return new Place(
                Place.NOTHING,
                was.tells(Channel.PRICE) ? Math.min(told.priceSequence, start.priceSequence) : start.priceSequence,
                was.tells(Channel.TRADES) ? Math.min(told.tradeSequence, start.tradeSequence) : start.tradeSequence,
                was.tells(Channel.BOOK) ? Math.min(told.bookSequence, start.bookSequence) : start.bookSequence,
                BookSnapshot.EMPTY,
                true);
    }

    boolean tells(Channel channel) {
        return style.channels().contains(channel);
    }

    @Override
    Place end() {
        SymbolFeed now = feed();
        return new Place(
                now.version(),
                now.priceSequence(),
                now.tradeSequence(),
                now.bookSequence(),
                style.deltas() ? now.book(style.depth()) : BookSnapshot.EMPTY,
                false);
    }

    @Override
    void write(Place from, Frames out) {
        out.begin(style.format());
        MarketForm form = feed().loop().form(style.form());
        if (tells(Channel.PRICE)) {
            price(from, form);
        }
        if (tells(Channel.TRADES)) {
            trades(from, form);
        }
        if (tells(Channel.BOOK)) {
            book(from, form);
        }
        form.end();
    }

    private void price(Place from, MarketForm form) {
        feed().price().filter(price -> price.sequence() > from.priceSequence).ifPresent(price -> {
            skipped(form, Channel.PRICE, from.priceSequence + 1, price.sequence() - 1);
            form.price(feed().symbol(), price);
        });
    }

    /** All of them; those alone that are forgotten here are left out. */
    private void trades(Place from, MarketForm form) {
        SymbolFeed now = feed();
        long first = Math.max(from.tradeSequence + 1, now.trades().oldest());
        skipped(form, Channel.TRADES, from.tradeSequence + 1, first - 1);
        for (long sequence = first; sequence <= now.tradeSequence(); sequence++) {
            form.trade(now.symbol(), sequence, now.trades().at(sequence));
        }
    }

    private void book(Place from, MarketForm form) {
        SymbolFeed now = feed();
        BookSnapshot book = now.book(style.depth());
        if (style.deltas() && !from.wantsWhole) {
            if (now.bookSequence() > from.bookSequence) {
                form.delta(now, from.bookSequence, style.depth(), BookDelta.between(from.book, book));
            }
        } else if (from.wantsWhole || now.bookSequence() > from.bookSequence) {
            skipped(form, Channel.BOOK, from.bookSequence + 1, now.bookSequence() - 1);
            form.book(now, style.depth(), book);
        }
    }

    private void skipped(MarketForm form, Channel channel, long from, long to) {
        if (from <= to) {
            form.skipped(feed(), channel, from, to);
        }
    }
}
