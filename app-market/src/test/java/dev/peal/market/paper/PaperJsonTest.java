package dev.peal.market.paper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.book.Side;
import dev.peal.market.book.Step;
import dev.peal.market.book.Symbol;
import dev.peal.market.exchange.CancelReason;
import dev.peal.market.exchange.OrderType;
import dev.peal.market.source.Fill;
import dev.peal.protocol.JsonWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PaperJsonTest {
    private static final Symbol BTC = Symbol.of("BTC-USD", 1, "0.01", "0.0001");
    private static final long NOW = 1_795_372_800_000_000_000L;
    private static final PaperOrder ORDER = new PaperOrder(
            BTC, 17, Optional.of("a\"1"), Side.BUY, OrderType.LIMIT, 6_400_050, 5_000, 1_000, Optional.empty(), NOW);
    private static final PaperFill FILL =
            new PaperFill(new Fill(BTC, 17, 16, Side.BUY, 6_400_000, 1_000, 4_000, true, 77, NOW), Optional.empty());

    @Test
    void anOpenOrder() {
        assertThat(json(json -> PaperJson.order(json, ORDER)))
                .isEqualTo("{\"symbol\":\"BTC-USD\",\"orderId\":17,\"clientOrderId\":\"a\\\"1\",\"side\":\"buy\","
                        + "\"orderType\":\"limit\",\"price\":64000.50,\"size\":0.5000,\"filled\":0.1000,"
                        + "\"status\":\"open\",\"timestamp\":1795372800000}");
    }

    @Test
    void aMarketOrderWhoseRestWasGivenUp() {
        PaperOrder order = new PaperOrder(
                BTC,
                18,
                Optional.empty(),
                Side.SELL,
                OrderType.MARKET,
                0,
                10,
                0,
                Optional.of(CancelReason.SELF_TRADE),
                NOW);
        assertThat(json(json -> PaperJson.order(json, order)))
                .isEqualTo("{\"symbol\":\"BTC-USD\",\"orderId\":18,\"side\":\"sell\",\"orderType\":\"market\","
                        + "\"size\":0.0010,\"filled\":0.0000,\"status\":\"cancelled\",\"reason\":\"self_trade\","
                        + "\"timestamp\":1795372800000}");
    }

    @Test
    void aFill() {
        assertThat(json(json -> PaperJson.fill(json, FILL)))
                .isEqualTo("{\"symbol\":\"BTC-USD\",\"orderId\":17,\"side\":\"buy\",\"price\":64000.00,"
                        + "\"size\":0.1000,\"left\":0.4000,\"role\":\"maker\",\"tradeId\":77,"
                        + "\"timestamp\":1795372800000}");
    }

    @Test
    void anAccount() {
        AccountView.Position position =
                new AccountView.Position(BTC, 3, 19_200_000L, 6_500_000, 19_500_000L, -1_000_000L);
        AccountView account = new AccountView(
                Step.ofPlaces(6),
                100_000_000_000L,
                99_979_800_000L,
                0,
                List.of(position),
                List.of(ORDER),
                List.of(FILL),
                NOW);
        assertThat(json(json -> PaperJson.account(json, account)))
                .isEqualTo("{\"start\":100000.000000,\"cash\":99979.800000,\"reserved\":0.000000,"
                        + "\"equity\":99999.300000,\"realised\":-1.000000,\"unrealised\":0.300000,"
                        + "\"positions\":[{\"symbol\":\"BTC-USD\",\"size\":0.0003,\"averagePrice\":64000.000000,"
                        + "\"lastPrice\":65000.00,\"value\":19.500000,\"realised\":-1.000000,"
                        + "\"unrealised\":0.300000}],\"timestamp\":1795372800000}");
        assertThat(json(json -> PaperJson.history(json, account)))
                .startsWith("{\"orders\":[{\"symbol\":\"BTC-USD\",\"orderId\":17,")
                .contains("}],\"fills\":[{\"symbol\":\"BTC-USD\",\"orderId\":17,");
    }

    private static String json(Consumer<JsonWriter> fields) {
        JsonWriter json = new JsonWriter().object();
        fields.accept(json);
        return json.end().toString();
    }
}
