package dev.peal.server;

import dev.peal.market.MarketApp;
import dev.peal.market.MarketConfig;
import dev.peal.market.MarketMeters;
import dev.peal.market.MarketSources;
import dev.peal.market.book.Symbol;
import dev.peal.market.replay.Recording;
import dev.peal.market.replay.TradesFile;
import dev.peal.market.source.ExchangeConfig;
import dev.peal.market.source.Listing;
import dev.peal.server.config.Config;
import dev.peal.server.config.Keys;
import dev.peal.server.config.Mode;
import dev.peal.server.config.Traded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The market as it is configured: its sources, and how it is served. */
final class MarketSetup {
    private static final String SAMPLE = "sample";

    private MarketSetup() {}

    /**
     * Puts the market together. Blocks on the file of a replay.
     *
     * @throws StartException where that cannot be read, or two sources have one symbol
     */
    static MarketApp app(Config config, MarketMeters meters) {
        MarketSources sources = MarketSources.NONE;
        List<String> names = new ArrayList<>();
        Set<Mode.Market> wanted = Set.copyOf(config.get(Keys.MARKET_SOURCE));
        if (wanted.contains(Mode.Market.EXCHANGE)) {
            List<Listing> listings = Listing.defaults();
            listings.forEach(listing -> names.add(listing.symbol().name()));
            ExchangeConfig exchange = ExchangeConfig.DEFAULT.withSeed(config.get(Keys.MARKET_SEED));
            sources = sources.withExchange(listings, exchange);
        }
        if (wanted.contains(Mode.Market.REPLAY)) {
            List<Recording> recordings = recordings(config.get(Keys.REPLAY_FILE), names.size() + 1);
            recordings.forEach(recording -> names.add(recording.symbol().name()));
            sources = sources.withReplay(recordings, config.get(Keys.REPLAY_SPEED));
        }
        if (wanted.contains(Mode.Market.INGEST)) {
            List<Symbol> symbols = new ArrayList<>();
            for (Traded traded : config.get(Keys.INGEST_SYMBOLS)) {
                names.add(traded.name());
                symbols.add(Symbol.of(traded.name(), names.size(), traded.tick(), traded.lot()));
            }
            sources = sources.withIngest(symbols);
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw new StartException("market.source, market.ingest.symbols: two sources have one symbol: " + names);
        }
        return new MarketApp(sources, served(config), meters);
    }

    private static MarketConfig served(Config config) {
        return new MarketConfig(
                config.get(Keys.ANONYMOUS).contains(MarketApp.NAME),
                config.get(Keys.MARKET_UPDATES),
                config.get(Keys.SUBSCRIPTIONS));
    }

    private static List<Recording> recordings(String file, int firstId) {
        try {
            if (file.equals(SAMPLE)) {
                return TradesFile.sample(firstId);
            }
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                return TradesFile.read(in, firstId);
            }
        } catch (NoSuchFileException e) {
            throw new StartException("market.replay.file: there is no file " + file, e);
        } catch (IOException e) {
            throw new StartException("market.replay.file: " + file + ": " + e.getMessage(), e);
        }
    }
}
