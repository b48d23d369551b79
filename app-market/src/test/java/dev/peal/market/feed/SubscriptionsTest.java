package dev.peal.market.feed;

import static dev.peal.market.feed.FeedRig.A;
import static dev.peal.market.feed.FeedRig.B;
import static dev.peal.market.feed.FeedRig.FAST;
import static dev.peal.market.feed.FeedRig.of;
import static dev.peal.market.feed.FeedRig.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.limit.Limit;
import dev.peal.market.MarketConfig;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Levels;
import dev.peal.market.book.Side;
import dev.peal.protocol.CloseReason;
import dev.peal.session.Connection;
import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What can be asked for on {@code /stream}, and what comes of it. */
class SubscriptionsTest {
    private final FeedRig rig = new FeedRig();
    private final HandSource source = rig.source();

    private void begin() {
        rig.now(() -> {
            for (int i = 0; i < 12; i++) {
                source.level(A, Side.BUY, 10_000 - i, 5 + i);
                source.level(A, Side.SELL, 10_001 + i, 7 + i);
            }
            source.trade(A, 10_001, 3);
        });
    }

    @Test
    void lastPriceTradeAndBookComeAtOnceAndExactly() {
        begin();
        List<String> first = rig.follow(A, "").take();
        assertThat(first)
                .containsExactly(
                        "{\"type\":\"price_update\",\"symbol\":\"A-USD\",\"price\":100.01,\"sequence\":1,\"timestamp\":"
                                + millis() + "}",
                        "{\"type\":\"trade\",\"symbol\":\"A-USD\",\"tradeId\":1001,\"price\":100.01,\"size\":0.003,"
                                + "\"side\":\"buy\",\"timestamp\":" + millis() + ",\"sequence\":1}",
                        "{\"type\":\"order_book\",\"symbol\":\"A-USD\",\"sequence\":24,\"checksum\":416113059,\"depth\":10,"
                                + "\"book\":{\"bids\":[[100.00,0.005],[99.99,0.006],[99.98,0.007],[99.97,0.008],[99.96,0.009],"
                                + "[99.95,0.010],[99.94,0.011],[99.93,0.012],[99.92,0.013],[99.91,0.014]],"
                                + "\"asks\":[[100.01,0.007],[100.02,0.008],[100.03,0.009],[100.04,0.010],[100.05,0.011],"
                                + "[100.06,0.012],[100.07,0.013],[100.08,0.014],[100.09,0.015],[100.10,0.016]]},"
                                + "\"timestamp\":" + millis() + "}");
    }

    private long millis() {
        return rig.rig().clock().millis();
    }

    @Test
    void aSymbolWithoutTradesHasItsBookAlone() {
        assertThat(rig.follow(B, "").take())
                .singleElement()
                .asString()
                .contains("\"bids\":[],\"asks\":[]", "\"sequence\":0", "\"checksum\":0");
    }

    @Test
    void changesComeWithSequencesWithoutAHole() {
        SessionRig.Client client = rig.follow(A, FAST);
        begin();
        client.take();
        for (int i = 2; i <= 9; i++) {
            long size = i;
            rig.now(() -> source.trade(A, 10_000, size));
            assertThat(of("trade", client.take()))
                    .singleElement()
                    .matches(trade -> trade.path("sequence").asLong() == size);
        }
    }

    @Test
    void whatWasLeftOutIsToldBeforeTheNextOfIt() {
        begin();
        SessionRig.Client client = rig.follow(A, FAST);
        client.take();
        rig.now(() -> {
            source.trade(A, 10_000, 1);
            source.trade(A, 10_002, 1);
            source.trade(A, 10_003, 1);
            source.level(A, Side.BUY, 9_999, 1);
            source.level(A, Side.BUY, 9_999, 2);
        });
        List<String> lines = client.take();
        assertThat(lines.getFirst())
                .isEqualTo(
                        "{\"type\":\"skipped\",\"symbol\":\"A-USD\",\"channel\":\"price\",\"from\":2,\"to\":3,\"count\":2}");
        assertThat(lines.get(1)).startsWith("{\"type\":\"price_update\"").contains("\"sequence\":4");
        assertThat(of("trade", lines)).hasSize(3);
        assertThat(lines.get(5))
                .isEqualTo(
                        "{\"type\":\"skipped\",\"symbol\":\"A-USD\",\"channel\":\"book\",\"from\":25,\"to\":25,\"count\":1}");
        assertThat(lines.get(6)).startsWith("{\"type\":\"order_book\"").contains("\"sequence\":26");
        assertThat(lines).hasSize(7);
    }

    @Test
    void subscribingTwiceIsHarmless() {
        begin();
        SessionRig.Client client = rig.follow(A, "");
        assertThat(client.take()).hasSize(3);
        assertThat(client.send(subscribe(A, "")).take()).isEmpty();
        rig.rig().pass(250);
        client.take();
        rig.now(() -> source.trade(A, 10_000, 1));
        assertThat(of("trade", client.take())).hasSize(1);
    }

    @Test
    void nothingComesAfterUnsubscribingAndTwiceIsHarmless() {
        begin();
        SessionRig.Client client = rig.follow(A, FAST);
        client.take();
        for (int i = 0; i < 2; i++) {
            client.send("{\"action\":\"unsubscribe\",\"symbol\":\"A-USD\",\"id\":\"u\"}");
            assertThat(client.take()).containsExactly("{\"type\":\"unsubscribed\",\"id\":\"u\",\"symbol\":\"A-USD\"}");
        }
        rig.now(() -> source.trade(A, 10_000, 1));
        assertThat(client.take()).isEmpty();
    }

    @Test
    void aSubscriptionIsAnsweredWithWhatIsInForceBeforeAnythingElse() {
        begin();
        SessionRig.Client client =
                rig.follow(A, ",\"id\":1,\"channels\":[\"book\",\"price\"],\"depth\":50,\"deltas\":true");
        List<String> lines = client.take();
        assertThat(lines.getFirst())
                .isEqualTo("{\"type\":\"subscribed\",\"id\":1,\"symbol\":\"A-USD\",\"channels\":[\"price\",\"book\"],"
                        + "\"depth\":50,\"deltas\":true,\"maxUpdatesPerSecond\":20}");
        assertThat(lines).hasSize(3);
        assertThat(of("trade", lines)).isEmpty();
        assertThat(of("order_book", lines).getFirst().at("/book/bids")).hasSize(12);
    }

    @Test
    void otherOptionsBeginAnew() {
        begin();
        SessionRig.Client client = rig.follow(A, "");
        client.take();
        List<String> anew = client.send(subscribe(A, ",\"channels\":[\"book\"],\"depth\":0"))
                .take();
        assertThat(of("order_book", anew))
                .singleElement()
                .matches(book -> book.at("/book/asks").size() == 12);
        assertThat(anew).hasSize(1);
    }

    @Test
    void whatHappenedBeforeOtherOptionsWereAskedForIsToldNevertheless() {
        begin();
        SessionRig.Client client = rig.follow(A, "");
        client.take();
        rig.rig().pass(250);
        rig.now(() -> source.trade(A, 10_000, 1));
        assertThat(of("trade", client.take())).hasSize(1);
        for (int i = 3; i <= 5; i++) {
            rig.now(() -> source.trade(A, 10_000, 1));
        }
        assertThat(client.take()).as("not its time yet").isEmpty();
        List<String> anew = client.send(subscribe(A, ",\"depth\":50")).take();
        assertThat(of("trade", anew))
                .extracting(trade -> trade.path("sequence").asLong())
                .containsExactly(3L, 4L, 5L);
        assertThat(of("skipped", anew))
                .singleElement()
                .asString()
                .contains("\"channel\":\"price\",\"from\":3,\"to\":4,\"count\":2");
        assertThat(of("order_book", anew)).hasSize(1);
        assertThat(of("trade", client.send(subscribe(A, ",\"depth\":0")).take()))
                .as("the last one comes at once all the same")
                .extracting(trade -> trade.path("sequence").asLong())
                .containsExactly(5L);
    }

    @Test
    void aDeltaReadersBookIsToldAsItChangesWithinItsDepth() {
        begin();
        SessionRig.Client client = rig.follow(A, FAST + ",\"channels\":[\"book\"],\"deltas\":true");
        client.take();
        rig.now(() -> source.level(A, Side.BUY, 10_000, 0));
        assertThat(client.take())
                .singleElement()
                .asString()
                .startsWith("{\"type\":\"order_book_delta\",\"symbol\":\"A-USD\",\"sequence\":25,\"previous\":24,")
                .contains("\"bids\":[[100.00,0.000],[99.90,0.015]],\"asks\":[]");
        rig.now(() -> source.level(A, Side.BUY, 9_000, 1));
        assertThat(client.take())
                .singleElement()
                .asString()
                .contains("\"sequence\":26,\"previous\":25,", "\"bids\":[],\"asks\":[]");
    }

    @Test
    void aSnapshotIsTheWholeBookWhateverThePaceAndOnlyForWhoFollows() {
        begin();
        SessionRig.Client client = rig.follow(A, ",\"channels\":[\"book\"],\"deltas\":true,\"maxUpdatesPerSecond\":1");
        client.take();
        client.send("{\"action\":\"snapshot\",\"symbol\":\"A-USD\",\"id\":5}");
        List<String> lines = client.take();
        assertThat(lines.getFirst()).isEqualTo("{\"type\":\"ack\",\"id\":5,\"symbol\":\"A-USD\"}");
        assertThat(lines.get(1)).startsWith("{\"type\":\"order_book\"");
        assertThat(lines).hasSize(2);
        client.send("{\"action\":\"snapshot\",\"symbol\":\"B-USD\",\"id\":6}");
        assertThat(client.take())
                .singleElement()
                .asString()
                .contains("\"code\":\"not_subscribed\"", "\"symbol\":\"B-USD\"", "\"id\":6");
    }

    @Test
    void manyWhoLostTheThreadAtOnceShareTheirSnapshot() {
        begin();
        List<SessionRig.Client> clients = Stream.generate(() -> rig.follow(A, FAST + ",\"channels\":[\"book\"]"))
                .limit(100)
                .toList();
        rig.rig().settle();
        rig.now(() -> source.level(A, Side.BUY, 9_000, 1));
        int before = rig.rig().encodings(0);
        clients.forEach(client -> client.send("{\"action\":\"snapshot\",\"symbol\":\"A-USD\"}"));
        rig.rig().settle();
        assertThat(rig.rig().encodings(0) - before).isEqualTo(1);
        assertThat(clients).allMatch(client -> of("order_book", client.take()).size() == 3);
    }

    @Test
    void thereIsNoSnapshotForWhoFollowsTheSymbolButNotItsBook() {
        begin();
        SessionRig.Client client = rig.follow(A, ",\"channels\":[\"price\",\"trades\"]");
        client.take();
        client.send("{\"action\":\"snapshot\",\"symbol\":\"A-USD\",\"id\":7}");
        assertThat(client.take()).singleElement().asString().contains("\"code\":\"not_subscribed\"", "\"id\":7");
    }

    @Test
    void aReaderChoosesHowOftenItIsTold() {
        begin();
        SessionRig.Client client = rig.follow(A, ",\"maxUpdatesPerSecond\":2");
        client.take();
        int books = 0;
        for (int i = 0; i < 3_000; i++) {
            long size = 1 + i;
            rig.now(() -> source.level(A, Side.BUY, 9_999, size));
            books += of("order_book", client.take()).size();
        }
        assertThat(books).isBetween(5, 7);
    }

    @Test
    void theFirstChangeAfterAPauseComesAtOnce() {
        begin();
        SessionRig.Client client = rig.follow(A, ",\"maxUpdatesPerSecond\":1");
        client.take();
        rig.rig().pass(1_500);
        rig.now(() -> source.trade(A, 10_000, 1));
        assertThat(of("trade", client.take())).hasSize(1);
        rig.now(() -> source.trade(A, 10_000, 1));
        assertThat(of("trade", client.take())).isEmpty();
        rig.rig().pass(1_000);
        assertThat(of("trade", client.take())).hasSize(1);
    }

    @Test
    void readersOfOnePaceShareWhatIsEncoded() {
        begin();
        List<SessionRig.Client> clients =
                Stream.generate(() -> rig.follow(A, FAST)).limit(100).toList();
        rig.rig().settle();
        rig.now(() -> source.trade(A, 10_000, 1));
        int before = rig.rig().encodings(0);
        rig.now(() -> source.trade(A, 10_000, 1));
        assertThat(rig.rig().encodings(0) - before).isEqualTo(1);
        assertThat(clients).allMatch(client -> of("trade", client.take()).size() == 3);
    }

    @Test
    void candlesComeAsTheyRunAndAsTheyClose() {
        begin();
        SessionRig.Client client = rig.open();
        client.send("{\"action\":\"candles\",\"symbol\":\"A-USD\",\"interval\":\"1s\",\"id\":1}");
        List<String> first = client.take();
        assertThat(first.getFirst()).isEqualTo("{\"type\":\"ack\",\"id\":1,\"symbol\":\"A-USD\"}");
        assertThat(first.get(1)).startsWith("{\"type\":\"candle\",\"symbol\":\"A-USD\",\"interval\":\"1s\"");
        rig.rig().pass(3_000);
        assertThat(of("candle", client.take()))
                .singleElement()
                .matches(candle -> candle.path("closed").asBoolean());
        client.send("{\"action\":\"candles\",\"symbol\":\"A-USD\",\"interval\":\"1s\",\"on\":false}");
        rig.now(() -> source.trade(A, 10_000, 1));
        assertThat(client.take()).isEmpty();
    }

    @Test
    void candlesThatEndedWhileTheSocketTookNothingAreToldAsTheyWereAtLast() {
        begin();
        SessionRig.Client client = rig.follow(A, FAST + ",\"channels\":[\"trades\"]");
        client.take();
        client.connection().stuck(true);
        while (client.connection().pendingBytes() <= Connection.FULL_BYTES) {
            rig.now(() -> source.trade(A, 10_000, 1));
        }
        client.send("{\"action\":\"candles\",\"symbol\":\"A-USD\",\"interval\":\"1s\"}");
        rig.now(() -> source.trade(A, 10_500, 1));
        rig.rig().pass(2_000);
        rig.now(() -> source.trade(A, 10_000, 1));
        client.take();
        client.drained();
        List<JsonNode> candles = of("candle", client.take());
        assertThat(candles).hasSize(2);
        assertThat(candles.getFirst().path("high").asString()).isEqualTo("105.0");
        assertThat(candles.getFirst().path("closed").asBoolean()).isTrue();
        assertThat(candles.getLast().path("closed").asBoolean()).isFalse();
    }

    @Test
    void aTickerComesAtOnceAndEachSecond() {
        begin();
        rig.rig().pass(1_000);
        SessionRig.Client client = rig.open();
        client.send("{\"action\":\"ticker\",\"symbol\":\"A-USD\"}");
        assertThat(client.take()).singleElement().asString().startsWith("{\"type\":\"ticker\",\"symbol\":\"A-USD\"");
        rig.rig().pass(3_000);
        assertThat(of("ticker", client.take())).hasSize(3);
        client.send("{\"action\":\"ticker\",\"symbol\":\"A-USD\",\"on\":false}");
        rig.rig().pass(3_000);
        assertThat(client.take()).isEmpty();
    }

    @Test
    void aBookOfMoreLevelsThanAFrameHoldsIsToldToItsLimitAndStopsNobody() {
        SessionRig.Client client = rig.open(0, WireForm.RECORDS);
        client.send(subscribe(B, FAST + ",\"depth\":0,\"deltas\":true"));
        client.take();
        WireReader reader = new WireReader(B, SymbolFeed.LEVELS_MAX);
        for (int from : List.of(1, 2)) {
            rig.now(() -> source.book(B, wide(from)));
            List<String> frames = client.take();
            assertThat(frames).hasSize(1);
            reader.take(frames.getFirst());
            rig.now(() -> source.trade(B, 10_000, 1));
            assertThat(client.take()).as("whoever follows goes on").isNotEmpty();
        }
    }

    /** Bids at every other price. */
    private static BookSnapshot wide(int from) {
        long[] pairs = new long[140_000];
        for (int i = 0; i < pairs.length; i += 2) {
            pairs[i] = 1_000_000 + from - i;
            pairs[i + 1] = 1;
        }
        return new BookSnapshot(Levels.of(pairs), Levels.NONE);
    }

    @Test
    void whatCannotBeIsRefusedAndTheConnectionStays() {
        SessionRig.Client client = rig.open();
        record Wrong(String message, String code) {}
        List<Wrong> all = List.of(
                new Wrong(subscribe(A, ",\"depth\":11"), "invalid_message"),
                new Wrong(subscribe(A, ",\"maxUpdatesPerSecond\":0"), "invalid_message"),
                new Wrong(subscribe(A, ",\"maxUpdatesPerSecond\":1001"), "invalid_message"),
                new Wrong(subscribe(A, ",\"channels\":[\"all\"]"), "invalid_message"),
                new Wrong(subscribe(A, ",\"deltas\":1"), "invalid_message"),
                new Wrong("{\"action\":\"subscribe\"}", "invalid_message"),
                new Wrong("{\"action\":\"subscribe\",\"symbol\":7}", "invalid_message"),
                new Wrong("{\"action\":\"subscribe\",\"symbol\":\"a-usd\"}", "unknown_symbol"),
                new Wrong("{\"action\":\"unsubscribe\",\"symbol\":\"NONE\"}", "unknown_symbol"),
                new Wrong("{\"action\":\"candles\",\"symbol\":\"A-USD\",\"interval\":\"2m\"}", "invalid_message"),
                new Wrong("{\"action\":\"dance\",\"symbol\":\"A-USD\"}", "unknown_type"),
                new Wrong("{\"action\":5}", "invalid_message"),
                new Wrong("{}", "invalid_message"),
                new Wrong("{\"type\":\"chat\",\"data\":{}}", "unknown_type"),
                new Wrong("{\"type\":\"join_room\",\"data\":{\"roomId\":\"k\"}}", "unknown_type"));
        for (Wrong wrong : all) {
            assertThat(client.send(wrong.message()).take())
                    .as(wrong.message())
                    .singleElement()
                    .matches(line -> FeedRig.json(line).path("code").asString().equals(wrong.code()))
                    .matches(line -> FeedRig.json(line).path("type").asString().equals("error"));
        }
        assertThat(client.connection().closed()).isNull();
        assertThat(of("order_book", client.send(subscribe(A, "")).take())).hasSize(1);
    }

    @Test
    void whatIsNoMessageAtAllEndsTheConnection() {
        for (String wrong : List.of("", "[]", "{\"action\":", "{} {}", "{\"a\":1,\"a\":2}", "null")) {
            SessionRig.Client client = rig.open();
            client.send(wrong);
            assertThat(client.connection().closed()).as(wrong).isEqualTo(CloseReason.INVALID_MESSAGE_FORMAT);
        }
        SessionRig.Client binary = rig.open().sendBinary();
        assertThat(binary.connection().closed()).isEqualTo(CloseReason.INVALID_MESSAGE_FORMAT);
    }

    @Test
    void tenThousandSubscriptionsAreNoMoreThanThereAreSymbols() {
        begin();
        SessionRig.Client client = rig.open();
        for (int i = 0; i < 10_000; i++) {
            client.send(subscribe(i % 2 == 0 ? A : B, ""));
        }
        assertThat(client.take()).hasSize(4);
        rig.now(() -> source.trade(A, 10_000, 1));
        rig.rig().pass(250);
        assertThat(of("trade", client.take())).hasSize(1);
    }

    @Test
    void oneSubscriptionMoreThanAllowedIsRefused() {
        FeedRig small = new FeedRig(new MarketConfig(true, 20, 2), Limit.UNLIMITED, SessionConfig.DEFAULT);
        SessionRig.Client client = small.open();
        client.send(subscribe(A, "")).send(subscribe(B, "")).take();
        client.send("{\"action\":\"ticker\",\"symbol\":\"A-USD\",\"id\":3}");
        assertThat(client.take())
                .singleElement()
                .asString()
                .contains("\"code\":\"too_many_subscriptions\"", "\"id\":3");
        client.send("{\"action\":\"unsubscribe\",\"symbol\":\"B-USD\"}");
        client.send("{\"action\":\"ticker\",\"symbol\":\"A-USD\",\"id\":4}");
        assertThat(client.take()).containsExactly("{\"type\":\"ack\",\"id\":4,\"symbol\":\"A-USD\"}");
    }

    @Test
    void actionsCountAgainstALimitOfTheirs() {
        FeedRig limited = new FeedRig(MarketConfig.DEFAULT, Limit.BASE, SessionConfig.DEFAULT);
        SessionRig.Client client = limited.open();
        for (int i = 0; i < 10; i++) {
            client.send(subscribe(B, ""));
        }
        client.take();
        client.send(subscribe(A, ",\"id\":11"));
        assertThat(client.take())
                .singleElement()
                .asString()
                .contains("\"type\":\"error\",\"id\":11,\"code\":\"rate_limited\"", "\"retryAfterMs\":");
    }

    @Test
    void whoHasNotSignedInMayStayAndWhoSignsInIsTold() {
        SessionRig.Client client = rig.open();
        rig.rig().pass(30_000);
        assertThat(client.connection().closed()).isNull();
        client.send("{\"type\":\"ping\",\"id\":1}");
        assertThat(client.take()).containsExactly("{\"type\":\"pong\",\"id\":1}");
        client.send("{\"type\":\"authenticate\",\"id\":2,\"data\":{\"token\":\"ann\"}}");
        assertThat(client.take())
                .singleElement()
                .asString()
                .startsWith("{\"type\":\"authenticated\",\"id\":2,\"data\":{\"success\":true,\"userId\":\"ann\"");
        SessionRig.Client wrong = rig.open();
        wrong.send("{\"type\":\"authenticate\",\"data\":{\"token\":\"bad\"}}");
        wrong.take();
        assertThat(wrong.connection().closed()).isEqualTo(CloseReason.INVALID_AUTHENTICATION);
    }

    @Test
    void whereTheMarketIsNotForEverybodySigningInComesFirst() {
        FeedRig closed = new FeedRig(new MarketConfig(false, 20, 100), Limit.UNLIMITED, SessionConfig.DEFAULT);
        SessionRig.Client client = closed.open();
        client.send(subscribe(A, ""));
        client.take();
        assertThat(client.connection().closed()).isEqualTo(CloseReason.NOT_AUTHENTICATED);
        SessionRig.Client silent = closed.open();
        closed.rig().pass(11_000);
        assertThat(silent.connection().closed()).isEqualTo(CloseReason.AUTHENTICATION_TIMEOUT);
        SessionRig.Client ann = closed.open();
        ann.send("{\"type\":\"authenticate\",\"data\":{\"token\":\"ann\"}}").send(subscribe(A, ""));
        assertThat(of("order_book", ann.take())).hasSize(1);
    }

    @Test
    void broadcastsAreForConnectionsThatHaveRooms() {
        SessionRig.Client reader = rig.follow(B, "");
        SessionRig.Client member = rig.rig().open(0, "/");
        member.send("{\"type\":\"authenticate\",\"data\":{\"token\":\"ann\"}}");
        reader.send("{\"type\":\"authenticate\",\"data\":{\"token\":\"ann\"}}");
        reader.take();
        member.take();
        rig.rig()
                .sessions()
                .notifications()
                .broadcast("{}".getBytes(StandardCharsets.UTF_8), "api", null, 0, stored -> {});
        assertThat(of("notification", member.take())).hasSize(1);
        assertThat(reader.take()).isEmpty();
    }

    @Test
    void aConnectionThatEndsLeavesNothingBehind() {
        begin();
        for (int i = 0; i < 10; i++) {
            SessionRig.Client client = rig.follow(A, FAST);
            client.take();
            client.breaks();
        }
        int before = rig.rig().encodings(0);
        rig.now(() -> source.trade(A, 10_000, 1));
        assertThat(rig.rig().encodings(0)).isEqualTo(before);
    }
}
