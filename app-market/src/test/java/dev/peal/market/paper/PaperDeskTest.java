package dev.peal.market.paper;

import static dev.peal.market.paper.DeskBench.ANN;
import static dev.peal.market.paper.DeskBench.BEN;
import static dev.peal.market.paper.DeskBench.done;
import static dev.peal.market.paper.DeskBench.fault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.book.Side;
import dev.peal.market.exchange.CancelReason;
import dev.peal.market.exchange.OrderType;
import dev.peal.market.source.Fill;
import dev.peal.market.wire.MarketAction;
import dev.peal.market.wire.MarketAction.PlaceType;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaperDeskTest {
    private static final PaperLimits LIMITS = new PaperLimits(100_000, 3, 4, 6, 3);

    private final DeskBench bench = new DeskBench(5, LIMITS);

    @Test
    void aMarketOrderTradesWithTheAgentsAndIsAnsweredWithWhatItBecame() {
        PaperOrder order = done(bench.place(ANN, Side.BUY, PlaceType.MARKET, "", "0.0010", "first"));
        assertThat(order.open()).isFalse();
        assertThat(order.filledLots()).isEqualTo(10);
        assertThat(order.type()).isEqualTo(OrderType.MARKET);
        assertThat(order.clientOrderId()).contains("first");
        assertThat(bench.told).isNotEmpty().allMatch(line -> line.startsWith("ann fill ") && line.endsWith(" first"));
        AccountView account = bench.view(ANN);
        assertThat(account.positions()).singleElement().satisfies(position -> {
            assertThat(position.lots()).isEqualTo(10);
            assertThat(position.cost()).isEqualTo(account.start() - account.cash());
            assertThat(position.realised()).isZero();
        });
        assertThat(account.fills()).hasSameSizeAs(bench.told);
        assertThat(account.equity()).isEqualTo(account.start() + account.unrealised());
    }

    @Test
    void aRestingOrderIsFilledByWhoeverComesAndToldToItsUserAlone() {
        buy("0.1");
        bench.told.clear();
        PaperOrder order = done(limit(ANN, Side.SELL, bench.price(Side.SELL, 1), "0.0100", "offer"));
        assertThat(order.open()).isTrue();
        assertThat(bench.view(ANN).open()).containsExactly(order);
        assertThat(bench.told).isEmpty();
        bench.seconds(20);
        long id = order.orderId();
        assertThat(bench.told).isNotEmpty().allMatch(line -> line.startsWith("ann "));
        assertThat(bench.told.get(0)).startsWith("ann fill " + id + " SELL ");
        assertThat(bench.told.get(1)).startsWith("ann order " + id + " filled ");
        assertThat(bench.view(BEN).fills()).isEmpty();
    }

    @Test
    void twoUsersTradeWithEachOther() {
        buy("0.0500");
        String price = bench.price(Side.SELL, 1);
        PaperOrder offer = done(limit(ANN, Side.SELL, price, "0.0300", ""));
        bench.told.clear();
        PaperOrder taken = done(bench.place(BEN, Side.BUY, PlaceType.IMMEDIATE_OR_CANCEL, price, "0.0200", ""));
        assertThat(taken.filledLots()).isEqualTo(200);
        assertThat(bench.told)
                .containsExactly(
                        "ann fill " + offer.orderId() + " SELL 200 left 100",
                        "ann order " + offer.orderId() + " filled 200 of 300",
                        "ben fill " + taken.orderId() + " BUY 200 left 0");
        assertThat(bench.view(BEN).positions().getFirst().lots()).isEqualTo(200);
        assertThat(bench.view(ANN).positions().getFirst().lots()).isEqualTo(300);
    }

    @Test
    void nobodyTradesWithThemselves() {
        buy("0.0500");
        String price = bench.price(Side.SELL, 1);
        limit(ANN, Side.SELL, price, "0.0300", "");
        PaperOrder newer = done(limit(ANN, Side.BUY, price, "0.0200", ""));
        assertThat(newer.filledLots()).isZero();
        assertThat(newer.cancelled()).contains(CancelReason.SELF_TRADE);
        assertThat(bench.view(ANN).open()).hasSize(1);
    }

    @Test
    void anothersOrderIsAnsweredAsAnUnknownOne() {
        PaperOrder order = done(limit(ANN, Side.BUY, "1.00", "1", "mine"));
        PaperReply unknown = bench.cancel(BEN, 999_999_999);
        assertThat(bench.cancel(BEN, order.orderId())).isEqualTo(unknown);
        assertThat(bench.cancel(BEN, "mine")).isEqualTo(unknown);
        limit(BEN, Side.BUY, "1.00", "1", "");
        assertThat(bench.cancel(BEN, order.orderId())).isEqualTo(unknown);
        assertThat(fault(unknown)).isEqualTo(PaperFault.UNKNOWN_ORDER);
        assertThat(bench.view(ANN).open()).containsExactly(order);
        PaperOrder cancelled = done(bench.cancel(ANN, "mine"));
        assertThat(cancelled.orderId()).isEqualTo(order.orderId());
        assertThat(cancelled.cancelled()).contains(CancelReason.REQUESTED);
        assertThat(bench.cancel(ANN, order.orderId())).isEqualTo(unknown);
        assertThat(bench.view(ANN).open()).isEmpty();
    }

    @Test
    void anOrderThatIsRepeatedUnderItsNameIsPlacedOnce() {
        PaperOrder first = done(bench.place(ANN, Side.BUY, PlaceType.MARKET, "", "0.0010", "once"));
        long cash = bench.view(ANN).cash();
        assertThat(done(bench.place(ANN, Side.BUY, PlaceType.MARKET, "", "0.001", "once")))
                .isEqualTo(first);
        assertThat(bench.view(ANN).cash()).isEqualTo(cash);
        assertThat(fault(bench.place(ANN, Side.BUY, PlaceType.MARKET, "", "0.002", "once")))
                .isEqualTo(PaperFault.DUPLICATE_ORDER);
        assertThat(done(bench.place(BEN, Side.BUY, PlaceType.MARKET, "", "0.002", "once"))
                        .orderId())
                .as("a name is its user's own")
                .isGreaterThan(first.orderId());
    }

    @Test
    void aNameIsFreeAgainOnceItsOrderIsForgotten() {
        PaperOrder first = done(bench.place(ANN, Side.BUY, PlaceType.MARKET, "", "0.0010", "name"));
        for (int i = 0; i < LIMITS.remembered(); i++) {
            buy("0.0001");
        }
        assertThat(done(bench.place(ANN, Side.BUY, PlaceType.MARKET, "", "0.0010", "name"))
                        .orderId())
                .isGreaterThan(first.orderId());
    }

    @ParameterizedTest
    @CsvSource({
        "limit, -1.00, 1, PRICE_NOT_POSITIVE",
        "limit, 0, 1, PRICE_NOT_POSITIVE",
        "limit, 0.00, 1, PRICE_NOT_POSITIVE",
        "limit, 100.001, 1, PRICE_OFF_TICK",
        "limit, NaN, 1, PRICE_NOT_A_NUMBER",
        "limit, 1000000000.01, 1, PRICE_TOO_LARGE",
        "limit, 1e300, 1, PRICE_TOO_LARGE",
        "limit, 100.00, 0, SIZE_NOT_POSITIVE",
        "limit, 100.00, -3, SIZE_NOT_POSITIVE",
        "limit, 100.00, 0.00005, SIZE_OFF_LOT",
        "limit, 100.00, 1000.0001, SIZE_TOO_LARGE",
        "market, '', 1e15, SIZE_TOO_LARGE",
        "ioc, 0.00, 1, PRICE_NOT_POSITIVE",
        "limit, 100000.01, 1, INSUFFICIENT_FUNDS",
        "ioc, 1000000000.00, 1000, INSUFFICIENT_FUNDS",
        "market, '', 1000, INSUFFICIENT_FUNDS",
    })
    void whatIsWrongIsNamedAndChangesNothing(String type, String price, String size, PaperFault fault) {
        PlaceType wanted = switch (type) {
            case "limit" -> PlaceType.LIMIT;
            case "market" -> PlaceType.MARKET;
            default -> PlaceType.IMMEDIATE_OR_CANCEL;
        };
        assertThat(fault(bench.place(ANN, Side.BUY, wanted, price, size, ""))).isEqualTo(fault);
        assertThat(bench.view(ANN).open()).isEmpty();
        assertThat(bench.view(ANN).cash()).isEqualTo(bench.view(ANN).start());
    }

    @Test
    void aSymbolThatIsNotListedIsUnknown() {
        MarketAction.Place order =
                new MarketAction.Place("DOGE", Side.BUY, PlaceType.MARKET, Optional.empty(), "1", Optional.empty());
        assertThat(fault(bench.place(ANN, order))).isEqualTo(PaperFault.UNKNOWN_SYMBOL);
    }

    @Test
    void openOrdersTakeTheirMoneyAndUnitsUntilTheyAreCancelled() {
        PaperOrder all = done(limit(ANN, Side.BUY, "1000.00", "100", ""));
        assertThat(bench.view(ANN).reserved()).isEqualTo(bench.view(ANN).start());
        assertThat(fault(limit(ANN, Side.BUY, "0.01", "0.0001", ""))).isEqualTo(PaperFault.INSUFFICIENT_FUNDS);
        done(bench.cancel(ANN, all.orderId()));
        assertThat(bench.view(ANN).reserved()).isZero();
        buy("0.0200");
        done(limit(ANN, Side.SELL, "900000.00", "0.0150", ""));
        assertThat(fault(limit(ANN, Side.SELL, "900000.00", "0.0051", ""))).isEqualTo(PaperFault.INSUFFICIENT_POSITION);
        done(limit(ANN, Side.SELL, "900000.00", "0.0050", ""));
    }

    @Test
    void whoHasNothingSellsNothing() {
        assertThat(fault(bench.place(ANN, Side.SELL, PlaceType.MARKET, "", "0.0001", "")))
                .isEqualTo(PaperFault.INSUFFICIENT_POSITION);
    }

    @Test
    void anAccountHasAsManyOpenOrdersAsItMayAndNotOneMore() {
        for (int i = 0; i < LIMITS.openOrdersMax(); i++) {
            done(limit(ANN, Side.BUY, "1.00", "1", ""));
        }
        assertThat(fault(limit(ANN, Side.BUY, "1.00", "1", ""))).isEqualTo(PaperFault.TOO_MANY_ORDERS);
        buy("0.0001");
    }

    @Test
    void peopleTogetherLeaveTheAgentsTheirPlaceInTheBook() {
        for (int i = 0; i < LIMITS.peoplesOrdersMax(); i++) {
            done(limit(i % 2 == 0 ? ANN : BEN, Side.BUY, "1.00", "1", "o" + i));
        }
        assertThat(fault(limit(BEN, Side.BUY, "1.00", "1", ""))).isEqualTo(PaperFault.BOOK_FULL);
        done(bench.cancel(ANN, "o0"));
        done(limit(BEN, Side.BUY, "1.00", "1", ""));
        assertThat(fault(limit(ANN, Side.BUY, "1.00", "1", ""))).isEqualTo(PaperFault.BOOK_FULL);
    }

    @Test
    void asManyUsersAsMayHaveAccountsHaveThemAndNotOneMore() {
        for (int i = 0; i < LIMITS.accountsMax(); i++) {
            done(bench.place("user" + i, Side.BUY, PlaceType.MARKET, "", "0.0001", ""));
        }
        assertThat(fault(bench.place(ANN, Side.BUY, PlaceType.MARKET, "", "0.0001", "")))
                .isEqualTo(PaperFault.TOO_MANY_ACCOUNTS);
        assertThat(bench.view(ANN).cash()).isEqualTo(bench.view(ANN).start());
    }

    @Test
    void whatWasWonByBuyingAndSellingIsTheCashThatCameOfIt() {
        buy("0.1000");
        bench.seconds(5);
        done(bench.place(ANN, Side.SELL, PlaceType.MARKET, "", "0.1000", ""));
        AccountView account = bench.view(ANN);
        assertThat(account.positions().getFirst().lots()).isZero();
        assertThat(account.realised())
                .isEqualTo(account.cash() - account.start())
                .isNotZero();
        assertThat(account.unrealised()).isZero();
        assertThat(account.equity()).isEqualTo(account.cash());
    }

    @Test
    void symbolsOfDifferentStepsAreCountedInOneMoney() {
        DeskBench other = new DeskBench(5, PaperLimits.DEFAULT);
        done(other.place(ANN, Side.BUY, PlaceType.MARKET, "", "0.0100", ""));
        done(other.place(
                ANN,
                new MarketAction.Place(
                        "ETH-USD", Side.BUY, PlaceType.MARKET, Optional.empty(), "1", Optional.empty())));
        AccountView account = other.view(ANN);
        BigDecimal spent =
                account.fills().stream().map(fill -> value(fill.fill())).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(new BigDecimal(account.money().text(account.start() - account.cash())))
                .isEqualByComparingTo(spent);
    }

    private static BigDecimal value(Fill fill) {
        return new BigDecimal(fill.symbol().tick().text(fill.priceTicks()))
                .multiply(new BigDecimal(fill.symbol().lot().text(fill.lots())));
    }

    private void buy(String size) {
        done(bench.place(ANN, Side.BUY, PlaceType.MARKET, "", size, ""));
    }

    private PaperReply limit(String user, Side side, String price, String size, String name) {
        return bench.place(user, side, PlaceType.LIMIT, price, size, name);
    }
}
