package dev.peal.client.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.client.PealException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a symbol asks of its server, and what it makes of the answers. */
final class MarketSymbolTest {
    private static final SymbolInfo BTC = new SymbolInfo("BTC-USD", 1, "0.01", "0.0001");

    private final VirtualLine line = new VirtualLine();
    private final List<Object> told = new ArrayList<>();
    private final MarketSymbol symbol = new MarketSymbol(
            "BTC-USD", line, OptionalInt::empty, told::add, (name, why) -> told.add(name + " " + why.code()));

    @Test
    void whatIsFollowedAgainAfterAPauseBeginsAnew() {
        symbol.connected(BTC);
        symbol.price().onGap(told::add);
        symbol.trades().onGap(told::add);
        OrderBook book = symbol.book();
        line.pass(10);
        trade(1);
        symbol.takeBook(new ReferenceBook(new Random(1)).whole());
        symbol.price().close();
        symbol.trades().close();
        book.close();
        line.pass(10);
        symbol.price().onGap(told::add);
        symbol.trades().onGap(told::add);
        line.pass(10);
        trade(7);
        trade(8);
        assertThat(told).isEmpty();
        assertThat(symbol.health(Channel.TRADES)).isEqualTo(new ChannelHealth(8, 0, 0, 0));
        assertThat(symbol.health(Channel.PRICE)).isEqualTo(new ChannelHealth(8, 0, 0, 0));
        trade(10);
        assertThat(told)
                .containsExactly(
                        new Gap("BTC-USD", Channel.TRADES, 9, 9, false),
                        new Gap("BTC-USD", Channel.PRICE, 9, 9, false));
    }

    private void trade(long sequence) {
        BigDecimal one = BigDecimal.ONE;
        symbol.takeTrade(sequence, new Trade(sequence, Side.BUY, 100, 10_000, one, one, sequence));
        symbol.takePrice(sequence, 100, sequence);
    }

    @Test
    void aBookIsFollowedToAnotherDepthFromItsNextWholeOneOn() {
        symbol.connected(BTC);
        OrderBook book = symbol.book();
        line.pass(10);
        assertThat(line.said.getLast().path("depth").asInt()).isEqualTo(10);
        BookMessage ten = new BookMessage(true, 0, 5, 0, 10, new long[0], new long[0], 1);
        symbol.takeBook(ten);
        assertThat(book.verified()).isTrue();
        assertThat(symbol.book(50)).isSameAs(book);
        line.pass(10);
        assertThat(line.said.getLast().path("depth").asInt()).isEqualTo(50);
        assertThat(book.depth()).isEqualTo(50);
        assertThat(book.verified()).isFalse();
        symbol.takeBook(ten);
        assertThat(book.verified()).isFalse();
        symbol.takeBook(new BookMessage(true, 0, 5, 0, 50, new long[0], new long[0], 1));
        assertThat(book.verified()).isTrue();
        assertThat(symbol.book().depth()).isEqualTo(50);
        assertThat(told).isEmpty();
        assertThatThrownBy(() -> symbol.book(11)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void asMuchHistoryIsLoadedAsIsWanted() {
        symbol.connected(BTC);
        symbol.trades(7);
        symbol.candles(Interval.MINUTE, 1_000);
        line.pass(10);
        assertThat(line.gets)
                .containsExactlyInAnyOrder(
                        "/api/market/trades?symbol=BTC-USD&limit=7",
                        "/api/market/candles?symbol=BTC-USD&interval=1m&limit=1000");
        line.gets.clear();
        symbol.trades().close();
        line.pass(10);
        symbol.trades(0);
        line.pass(10);
        assertThat(line.gets).isEmpty();
        assertThatThrownBy(() -> symbol.candles(Interval.HOUR, 1_001)).isInstanceOf(IllegalArgumentException.class);
        symbol.trades().close();
        line.pass(10);
        assertThatThrownBy(() -> symbol.trades(101)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void candlesAndAnAccountThatAreRefusedForGoodAreToldOf() {
        line.refuse(new PealException("too_many_subscriptions", "At most 1", false));
        symbol.connected(BTC);
        symbol.candles(Interval.SECOND);
        Trading trading = new Trading(line, name -> Optional.empty(), why -> told.add(why.code()));
        trading.connected();
        trading.follow();
        line.pass(10);
        assertThat(told).containsExactly("too_many_subscriptions", "BTC-USD too_many_subscriptions");
    }
}
