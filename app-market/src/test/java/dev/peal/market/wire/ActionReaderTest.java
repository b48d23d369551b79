package dev.peal.market.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.book.Side;
import dev.peal.market.candle.CandleInterval;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ActionReaderTest {
    @Test
    void aSubscriptionHasAllChannelsTenLevelsAndWholeBooksUnlessItSaysOtherwise() {
        MarketAction all =
                new MarketAction.Subscribe("BTC-USD", EnumSet.allOf(Channel.class), 10, false, OptionalInt.empty());
        assertRead("{\"action\":\"subscribe\",\"symbol\":\"BTC-USD\"}", all);
        assertRead(
                "{\"action\":\"subscribe\",\"symbol\":\"BTC-USD\",\"channels\":null,\"depth\":null,\"deltas\":null,\"new\":1}",
                all);
        assertRead(
                "{\"action\":\"subscribe\",\"symbol\":\"X\",\"channels\":[\"book\",\"price\"],\"depth\":0,\"deltas\":true,\"maxUpdatesPerSecond\":5}",
                new MarketAction.Subscribe("X", Set.of(Channel.BOOK, Channel.PRICE), 0, true, OptionalInt.of(5)));
    }

    @Test
    void everyActionIsRead() {
        assertRead("{\"action\":\"unsubscribe\",\"symbol\":\"X\"}", new MarketAction.Unsubscribe("X"));
        assertRead("{\"action\":\"snapshot\",\"symbol\":\"X\"}", new MarketAction.Snapshot("X"));
        assertRead(
                "{\"action\":\"candles\",\"symbol\":\"X\",\"interval\":\"5m\",\"on\":false}",
                new MarketAction.FollowCandles("X", CandleInterval.FIVE_MINUTES, false));
        assertRead("{\"action\":\"ticker\",\"symbol\":\"X\"}", new MarketAction.FollowTicker("X", true));
        assertRead("{\"action\":\"account\"}", new MarketAction.FollowAccount(true));
        assertRead("{\"action\":\"cancel\",\"orderId\":7}", new MarketAction.Cancel(Optional.of(7L), Optional.empty()));
        assertRead(
                "{\"action\":\"cancel\",\"clientOrderId\":\"c\"}",
                new MarketAction.Cancel(Optional.empty(), Optional.of("c")));
    }

    @Test
    void anOrderKeepsItsNumbersAsTexts() {
        assertRead(
                "{\"action\":\"place\",\"symbol\":\"X\",\"side\":\"sell\",\"type\":\"limit\",\"price\":0.00141342,\"size\":\"1.5\",\"clientOrderId\":\"c\"}",
                new MarketAction.Place(
                        "X",
                        Side.SELL,
                        MarketAction.PlaceType.LIMIT,
                        Optional.of("0.00141342"),
                        "1.5",
                        Optional.of("c")));
        assertRead(
                "{\"action\":\"place\",\"symbol\":\"X\",\"side\":\"buy\",\"type\":\"market\",\"size\":2}",
                new MarketAction.Place(
                        "X", Side.BUY, MarketAction.PlaceType.MARKET, Optional.empty(), "2", Optional.empty()));
        assertRead(
                "{\"action\":\"place\",\"symbol\":\"X\",\"side\":\"buy\",\"type\":\"ioc\",\"price\":-1,\"size\":2}",
                new MarketAction.Place(
                        "X",
                        Side.BUY,
                        MarketAction.PlaceType.IMMEDIATE_OR_CANCEL,
                        Optional.of("-1"),
                        "2",
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                                          | action
                    {"action":7}                                                                | action
                    {"action":""}                                                               | action
                    {"action":"subscribe"}                                                      | symbol
                    {"action":"subscribe","symbol":7}                                           | symbol
                    {"action":"subscribe","symbol":""}                                          | symbol
                    {"action":"subscribe","symbol":"123456789012345678901234567890123"}         | symbol
                    {"action":"subscribe","symbol":"X","channels":[]}                           | channels
                    {"action":"subscribe","symbol":"X","channels":"price"}                      | channels
                    {"action":"subscribe","symbol":"X","channels":["price","news"]}             | channels
                    {"action":"subscribe","symbol":"X","channels":["price","price"]}            | channels
                    {"action":"subscribe","symbol":"X","channels":{"price":1}}                  | channels
                    {"action":"subscribe","symbol":"X","depth":11}                              | depth
                    {"action":"subscribe","symbol":"X","depth":-1}                              | depth
                    {"action":"subscribe","symbol":"X","depth":10.5}                            | depth
                    {"action":"subscribe","symbol":"X","depth":4294967306}                      | depth
                    {"action":"subscribe","symbol":"X","depth":"10"}                            | depth
                    {"action":"subscribe","symbol":"X","deltas":1}                              | deltas
                    {"action":"subscribe","symbol":"X","maxUpdatesPerSecond":0}                 | maxUpdatesPerSecond
                    {"action":"subscribe","symbol":"X","maxUpdatesPerSecond":1001}              | maxUpdatesPerSecond
                    {"action":"subscribe","symbol":"X","maxUpdatesPerSecond":1e400}             | maxUpdatesPerSecond
                    {"action":"candles","symbol":"X","interval":"1d"}                           | interval
                    {"action":"candles","symbol":"X"}                                           | interval
                    {"action":"ticker","symbol":"X","on":"yes"}                                 | on
                    {"action":"place","symbol":"X","side":"bid","type":"limit","price":1,"size":1} | side
                    {"action":"place","symbol":"X","side":"buy","type":"stop","price":1,"size":1}  | type
                    {"action":"place","symbol":"X","side":"buy","type":"limit","size":1}           | price
                    {"action":"place","symbol":"X","side":"buy","type":"market","price":1,"size":1} | price
                    {"action":"place","symbol":"X","side":"buy","type":"limit","price":[1],"size":1} | price
                    {"action":"place","symbol":"X","side":"buy","type":"market"}                   | size
                    {"action":"place","symbol":"X","side":"buy","type":"market","size":true}       | size
                    {"action":"place","symbol":"X","side":"buy","type":"market","size":1,"clientOrderId":7} | clientOrderId
                    {"action":"cancel"}                                                         | orderId
                    {"action":"cancel","orderId":1,"clientOrderId":"c"}                         | orderId
                    {"action":"cancel","orderId":0}                                             | orderId
                    {"action":"cancel","orderId":9007199254740992}                              | orderId
                    """)
    void aWrongFieldIsNamed(String json, String field) {
        assertThat(ActionReader.read(JsonMapper.shared().readTree(json)))
                .isInstanceOfSatisfying(
                        ActionReading.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo(field));
    }

    @Test
    void anActionThatIsNoneIsUnknown() {
        assertThat(ActionReader.read(JsonMapper.shared().readTree("{\"action\":\"dance\"}")))
                .isEqualTo(new ActionReading.Unknown());
    }

    private static void assertRead(String json, MarketAction action) {
        assertThat(ActionReader.read(JsonMapper.shared().readTree(json))).isEqualTo(new ActionReading.Read(action));
    }
}
