package dev.peal.client.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.client.PealClient;
import dev.peal.client.PealException;
import dev.peal.client.market.BookView;
import dev.peal.client.market.Candle;
import dev.peal.client.market.Candles;
import dev.peal.client.market.Channel;
import dev.peal.client.market.Fill;
import dev.peal.client.market.Interval;
import dev.peal.client.market.MarketClient;
import dev.peal.client.market.MarketOptions;
import dev.peal.client.market.MarketSymbol;
import dev.peal.client.market.Order;
import dev.peal.client.market.OrderBook;
import dev.peal.client.market.Placement;
import dev.peal.client.market.Resync;
import dev.peal.client.market.Side;
import dev.peal.client.market.Trade;
import dev.peal.client.market.Trades;
import dev.peal.client.market.Trading;
import dev.peal.testkit.Await;
import dev.peal.testkit.fault.FaultProxy;
import dev.peal.testkit.fault.ServerProcess;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The market of the real server through the client, over connections that are cut: books are verified or say that they are not, and nothing is missing unsaid. */
final class MarketStaysVerifiedTest {
    private static final int CHANGES = Rig.NIGHTLY ? 20_000 : 600;
    private static final int CUT_EVERY = 200;

    @TempDir
    static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        server = Rig.server(folder, "--limits.readsPerAddress=1000000/1s").start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void whateverIsCut(int binary) throws IOException {
        try (FaultProxy proxy = FaultProxy.to(server.port(), Rig.seed("market, binary=" + binary));
                MarketClient market = MarketClient.connect(
                        PealClient.builder("http://127.0.0.1:" + proxy.port())
                                .http(Rig.HTTP)
                                .settings(Rig.HURRIED),
                        new MarketOptions(binary, OptionalInt.of(1_000)))) {
            MarketSymbol symbol = market.symbol("BTC-USD");
            OrderBook book = symbol.book();
            Trades trades = symbol.trades();
            Candles candles = symbol.candles(Interval.SECOND);
            ConcurrentLinkedQueue<Resync> resyncs = new ConcurrentLinkedQueue<>();
            AtomicLong changes = new AtomicLong();
            AtomicLong crossed = new AtomicLong();
            market.onResync(resyncs::add);
            book.onChange(view -> {
                crossed.addAndGet(isCrossed(view) ? 1 : 0);
                if (view.verified() && changes.incrementAndGet() % CUT_EVERY == 0) {
                    proxy.resetAll();
                }
            });
            Await.until("the book changes", Rig.PATIENCE, () -> changes.get() >= CHANGES);
            Await.until(
                    "all is complete",
                    Rig.PATIENCE,
                    () -> book.verified()
                            && candles.complete()
                            && trades.recent().size() > 50
                            && market.health().roundTripMillis().isPresent());
            assertThat(crossed).hasValue(0);
            assertThat(resyncs).extracting(Resync::reason).containsOnly(Resync.Reason.LOST);
            assertThat(resyncs).hasSizeGreaterThanOrEqualTo(CHANGES / CUT_EVERY - 1);
            for (Channel channel : Channel.values()) {
                assertThat(symbol.health(channel).gaps())
                        .as("gaps, %s", channel)
                        .isZero();
            }
            List<Long> ids = trades.recent().stream().map(Trade::tradeId).toList();
            assertThat(ids).isEqualTo(List.copyOf(new TreeSet<>(ids).descendingSet()));
            assertThat(ids.get(0) - ids.get(ids.size() - 1))
                    .as("no trade is missing in the middle")
                    .isEqualTo(ids.size() - 1);
            List<Long> starts = candles.list().stream().map(Candle::startMillis).toList();
            assertThat(starts).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void tradesOnPaper() {
        try (MarketClient market = MarketClient.connect(Rig.client(server.port(), "ann"))) {
            Trading trading = market.trading();
            OrderBook book = market.symbol("BTC-USD").book();
            Await.until("the account is told", () -> trading.account().isPresent() && book.verified());
            Order resting = trading.place(Placement.limit("BTC-USD", Side.BUY, "100.00", "0.0100"))
                    .join();
            assertThat(resting.open()).isTrue();
            assertThat(trading.orders()).extracting(Order::orderId).containsExactly(resting.orderId());
            assertThat(trading.cancel(resting.orderId()).join().reason()).contains("requested");
            assertThat(trading.orders()).isEmpty();
            Order bought = trading.place(Placement.market("BTC-USD", Side.BUY, "0.0100"))
                    .join();
            assertThat(bought.filled()).isEqualTo(new BigDecimal("0.0100"));
            assertThat(trading.fills()).extracting(Fill::orderId).contains(bought.orderId());
            Await.until(
                    "the position is told",
                    () -> trading.account().orElseThrow().positions().stream()
                            .anyMatch(position -> position.size().equals(new BigDecimal("0.0100"))));
            assertThatThrownBy(() -> trading.place(Placement.limit("BTC-USD", Side.BUY, "100.001", "0.0100"))
                            .join())
                    .cause()
                    .isInstanceOfSatisfying(
                            PealException.class, why -> assertThat(why.code()).isEqualTo("price_off_tick"));
        }
    }

    private static boolean isCrossed(BookView view) {
        return !view.bids().isEmpty()
                && !view.asks().isEmpty()
                && view.bids().get(0).ticks() >= view.asks().get(0).ticks();
    }
}
