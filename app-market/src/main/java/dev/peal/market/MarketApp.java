package dev.peal.market;

import dev.peal.app.HttpCall;
import dev.peal.app.HttpReply;
import dev.peal.app.HttpRoute;
import dev.peal.app.Outlet;
import dev.peal.app.ProgramRoute;
import dev.peal.app.StreamApp;
import dev.peal.app.StreamClient;
import dev.peal.app.StreamContext;
import dev.peal.app.StreamOpening;
import dev.peal.auth.ApiScope;
import dev.peal.market.feed.LoopFeed;
import dev.peal.market.feed.WireForm;
import dev.peal.market.source.MarketSource;
import dev.peal.market.wire.MarketJson;
import dev.peal.market.wire.WireBuffer;
import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Prices, trades and order books on {@code /stream}. Thread-safe once it has started. */
public final class MarketApp implements StreamApp {
    public static final String NAME = "market";
    public static final String PATH = "/stream";
    private static final String INGEST = "/api/v1/market/ingest";

    private static final Set<String> ACTIONS = Set.of(
            "subscribe",
            "unsubscribe",
            "snapshot",
            "candles",
            "ticker",
            "place",
            "cancel",
            "account",
            "authorize",
            "ingest");

    private final MarketSources sources;
    private final MarketConfig config;
    private final MarketMeters meters;
    private @Nullable MarketFloor floor;
    private Dealer.@Nullable Means means;
    private List<LoopFeed> feeds = List.of();

    public MarketApp(MarketSources sources, MarketConfig config) {
        this(sources, config, MarketMeters.NONE);
    }

    public MarketApp(MarketSources sources, MarketConfig config, MarketMeters meters) {
        this.sources = sources;
        this.config = config;
        this.meters = meters;
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
        Owner owner = MarketFloor.owner(context.loops());
        Optional<Trading> trading = sources.exchange().map(exchange -> new Trading(owner, exchange, meters));
        List<MarketSource> all = new ArrayList<>();
        trading.ifPresent(begun -> all.add(begun.desk().exchange()));
        all.addAll(sources.others());
        sources.ingest().ifPresent(all::add);
        MarketFloor begun = new MarketFloor(all, trading, context.loops(), feeds, context.clock());
        floor = begun;
        Optional<MarketIntake> intake = sources.ingest().map(source -> new MarketIntake(source, owner, meters));
        means = new Dealer.Means(begun.market(), trading, intake, context.keys());
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
        Dealer dealer = new Dealer(means(), opening.loop().owner(), outlet);
        return new MarketClient(floor(), config, feed, outlet, form, dealer);
    }

    @Override
    public List<HttpRoute> routes() {
        WireBuffer symbols = new WireBuffer();
        MarketJson.symbolList(symbols, floor().market().symbols());
        byte[] json = symbols.toBytes();
        MarketHistory history = new MarketHistory(floor());
        return List.of(
                reading("/api/symbols", call -> new HttpReply.Json(json).now()),
                reading("/api/market/candles", history::candles),
                reading("/api/market/trades", history::trades),
                reading("/api/market/tickers", call -> history.tickers()));
    }

    @Override
    public List<ProgramRoute> programRoutes() {
        return List.of(new ProgramRoute(INGEST, ApiScope.PUBLISH, this::ingest));
    }

    private CompletionStage<HttpReply> ingest(ProgramRoute.Call call) {
        return means().intake()
                .map(intake -> intake.post(call))
                .orElseGet(() -> HttpReply.problem(409, "not_ingested", "This server's market takes no batches.")
                        .now());
    }

    /** Open to whom {@code /stream} is. */
    private HttpRoute reading(String path, Function<HttpCall, CompletionStage<HttpReply>> work) {
        HttpRoute.Access access = config.anonymous() ? HttpRoute.Access.ANYBODY : HttpRoute.Access.USERS;
        return new HttpRoute(HttpRoute.Method.GET, path, access, (caller, call) -> work.apply(call));
    }

    private MarketFloor floor() {
        return Objects.requireNonNull(floor, "not started");
    }

    private Dealer.Means means() {
        return Objects.requireNonNull(means, "not started");
    }
}
