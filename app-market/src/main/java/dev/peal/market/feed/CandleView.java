package dev.peal.market.feed;

import dev.peal.hub.Format;
import dev.peal.market.candle.CandleInterval;
import dev.peal.market.live.CandleUpdate;
import dev.peal.market.wire.MarketJson;

/** The candles of a symbol and interval: the one that runs, and each as it closed. */
final class CandleView extends View {
    record Style(Format format, CandleInterval interval) {}

    private final Style style;

    CandleView(SymbolFeed feed, Style style) {
        super(feed, Topic.CANDLES);
        this.style = style;
    }

    /** What ends before this reader's socket takes anything is told too: the history that it reads meanwhile may have less of it. */
    @Override
    Place begin() {
        return Place.beginning(feed().version());
    }

    @Override
    Place end() {
        return Place.of(feed().version());
    }

    @Override
    void write(Place from, Frames out) {
        out.begin(style.format());
        CandleBoard board = feed().candles(style.interval());
        if (from.wantsWhole) {
            board.newestAndChangedAfter(from.version, update -> write(update, out));
        } else {
            board.changedAfter(from.version, update -> write(update, out));
        }
    }

    private void write(CandleUpdate update, Frames out) {
        MarketJson.candle(out.text(), feed().symbol(), update.candle(), update.closed());
        out.end();
    }
}
