package dev.peal.market;

import dev.peal.market.book.Symbol;
import dev.peal.market.ingest.IngestLimits;
import dev.peal.market.ingest.IngestSource;
import dev.peal.market.paper.PaperLimits;
import dev.peal.market.replay.Recording;
import dev.peal.market.source.ExchangeConfig;
import dev.peal.market.source.Listing;
import dev.peal.market.source.MarketSource;
import dev.peal.market.source.ReplaySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a market comes from; no two sources have a symbol of one name or id. Immutable.
 *
 * @param exchange the embedded exchange, on which people trade on paper
 * @param ingest what programs send
 * @param others such as replays
 */
public record MarketSources(Optional<Exchange> exchange, Optional<IngestSource> ingest, List<MarketSource> others) {
    /** No market at all: what to begin with. */
    public static final MarketSources NONE = new MarketSources(Optional.empty(), Optional.empty(), List.of());

    /**
     * An embedded exchange.
     *
     * @param listings its symbols
     * @param config how it runs
     * @param paper what people may do there
     */
    public record Exchange(List<Listing> listings, ExchangeConfig config, PaperLimits paper) {
        public Exchange {
            listings = List.copyOf(listings);
        }
    }

    public MarketSources {
        others = List.copyOf(others);
    }

    public MarketSources withExchange(List<Listing> listings, ExchangeConfig config) {
        return new MarketSources(Optional.of(new Exchange(listings, config, PaperLimits.DEFAULT)), ingest, others);
    }

    /** @param speed 1 to 1,000: how many times as fast as it was */
    public MarketSources withReplay(List<Recording> recordings, int speed) {
        return with(new ReplaySource(recordings, speed));
    }

    public MarketSources withIngest(List<Symbol> symbols) {
        return new MarketSources(exchange, Optional.of(new IngestSource(symbols, IngestLimits.DEFAULT)), others);
    }

    /** A program's own source. */
    public MarketSources with(MarketSource source) {
        List<MarketSource> more = new ArrayList<>(others);
        more.add(source);
        return new MarketSources(exchange, ingest, more);
    }
}
