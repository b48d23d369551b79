package dev.peal.market.feed;

import dev.peal.hub.Format;
import dev.peal.market.wire.MarketJson;

/** The statistics of a symbol's last 24 hours, as they are now. */
final class TickerView extends View {
    private final Format format;

    TickerView(SymbolFeed feed, Format format) {
        super(feed, Topic.TICKER);
        this.format = format;
    }

    @Override
    Place begin() {
        return Place.of(Place.NOTHING);
    }

    @Override
    Place end() {
        return Place.of(feed().version());
    }

    @Override
    void write(Place from, Frames out) {
        out.begin(format);
        feed().ticker().filter(ticker -> feed().tickerVersion() > from.version).ifPresent(ticker -> {
            MarketJson.ticker(out.text(), feed().symbol(), ticker);
            out.end();
        });
    }
}
