package dev.peal.market;

import dev.peal.app.HttpReply;
import dev.peal.app.HttpRoute;
import dev.peal.app.Outlet;
import dev.peal.app.StreamApp;
import dev.peal.app.StreamClient;
import dev.peal.app.StreamContext;
import dev.peal.app.StreamOpening;
import dev.peal.market.feed.LoopFeed;
import dev.peal.market.feed.WireForm;
import dev.peal.market.source.MarketSource;
import dev.peal.market.wire.MarketJson;
import dev.peal.market.wire.WireBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Prices, trades and order books on {@code /stream}. Thread-safe once it has started. */
public final class MarketApp implements StreamApp {
    public static final String NAME = "market";
    public static final String PATH = "/stream";

    private static final Set<String> ACTIONS = Set.of("subscribe", "unsubscribe", "snapshot", "candles", "ticker");

    private final List<MarketSource> sources;
    private final MarketConfig config;
    private @Nullable MarketFloor floor;
    private List<LoopFeed> feeds = List.of();

    /** A market of these sources; no two of them have the same symbol. */
    public MarketApp(List<MarketSource> sources, MarketConfig config) {
        this.sources = List.copyOf(sources);
        this.config = config;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Set<String> actions() {
        return ACTIONS;
    }

    @Override
    public boolean anonymous() {
        return config.anonymous();
    }

    @Override
    public CompletionStage<Void> start(StreamContext context) {
        feeds = context.loops().stream()
                .map(loop -> new LoopFeed(loop, context.clock(), config.subscriptionsMax()))
                .toList();
        MarketFloor begun = new MarketFloor(sources, context.loops(), feeds, context.clock());
        floor = begun;
        return begun.start();
    }

    @Override
    public void stop() {
        Optional.ofNullable(floor).ifPresent(MarketFloor::stop);
    }

    @Override
    public StreamClient open(StreamOpening opening, Outlet outlet) {
        Optional<WireForm> form = WireForm.of(opening.query().getOrDefault("binary", "0"));
        LoopFeed feed = feeds.get(opening.loop().index());
        return new MarketClient(floor().market(), config, feed, outlet, form);
    }

    @Override
    public List<HttpRoute> routes() {
        WireBuffer symbols = new WireBuffer();
        MarketJson.symbolList(symbols, floor().market().symbols());
        byte[] json = symbols.toBytes();
        return List.of(HttpRoute.getByAnybody("/api/symbols", (caller, call) -> new HttpReply.Json(json).now()));
    }

    private MarketFloor floor() {
        return Objects.requireNonNull(floor, "not started");
    }
}
