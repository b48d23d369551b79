package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.testkit.Await;
import dev.peal.time.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Issue E, shown by 2: the real trades, replayed by a whole server, end where a few lines of arithmetic on the same file do. */
final class MarketReplayTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String FILE = "/dev/peal/market/replay/trades.csv.gz";
    private static final long MINUTE = 60_000;
    /** 2.5 days of trades pass in some seconds: 1,000 by the replay's speed, and as many times as fast by the clock. */
    private static final int HURRY = 100;

    @TempDir
    private Path folder;

    @Test
    void theReplayEndsWithTheCandlesVolumeAndLastPriceOfAPlainComputation() throws Exception {
        try (PealServer server = builder()
                .set("market.source", "replay")
                .set("market.replay.speed", "1000")
                .set("limits.readsPerAddress", "unlimited")
                .set("heartbeat.interval", "1h")
                .clock(new Hurried())
                .start()) {
            for (String symbol : List.of("XRP-ETH", "ETH-USDT")) {
                List<String[]> lines = lines(symbol);
                String last = lines.getLast()[2];
                Await.until(
                        symbol + " ended",
                        () -> get(server, "trades?limit=1&symbol=" + symbol)
                                .path(0)
                                .path("tradeId")
                                .asString("")
                                .equals(last));
                assertThat(candles(server, symbol)).isEqualTo(minutes(lines));
                assertTicker(server, symbol, lines);
            }
        }
    }

    /** All minutes, in pages from the newest on. */
    private static List<String> candles(PealServer server, String symbol) {
        List<String> candles = new ArrayList<>();
        String before = "";
        while (true) {
            JsonNode page = get(server, "candles?interval=1m&limit=1000&symbol=" + symbol + before);
            List<String> texts = page.valueStream()
                    .map(candle -> candle.path("start").asLong() + " " + plain(candle, "open") + " "
                            + plain(candle, "high") + " " + plain(candle, "low") + " " + plain(candle, "close") + " "
                            + plain(candle, "volume") + " "
                            + candle.path("trades").asLong())
                    .toList();
            candles.addAll(0, texts);
            if (texts.size() < 1_000) {
                return candles;
            }
            before = "&before=" + page.path(0).path("start").asLong();
        }
    }

    private static void assertTicker(PealServer server, String symbol, List<String[]> lines) {
        JsonNode ticker = get(server, "tickers")
                .valueStream()
                .filter(one -> one.path("symbol").asString().equals(symbol))
                .findFirst()
                .orElseThrow();
        long end = Long.parseLong(lines.getLast()[0]);
        long from = end / MINUTE * MINUTE - 1_439 * MINUTE;
        BigDecimal volume = lines.stream()
                .filter(line -> Long.parseLong(line[0]) >= from)
                .map(line -> new BigDecimal(line[5]))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(plain(ticker, "last")).isEqualTo(plain(new BigDecimal(lines.getLast()[4])));
        assertThat(plain(ticker, "volume")).isEqualTo(plain(volume));
        assertThat(ticker.path("timestamp").asLong()).isEqualTo(end);
    }

    /** Open, high, low, close, volume and number of trades of each minute. */
    private static List<String> minutes(List<String[]> lines) {
        TreeMap<Long, List<String[]>> minutes = new TreeMap<>();
        lines.forEach(
                line -> minutes.computeIfAbsent(Long.parseLong(line[0]) / MINUTE * MINUTE, start -> new ArrayList<>())
                        .add(line));
        List<String> candles = new ArrayList<>();
        minutes.forEach((start, trades) -> {
            List<BigDecimal> prices =
                    trades.stream().map(line -> new BigDecimal(line[4])).toList();
            BigDecimal volume =
                    trades.stream().map(line -> new BigDecimal(line[5])).reduce(BigDecimal.ZERO, BigDecimal::add);
            candles.add(start + " " + plain(prices.getFirst()) + " "
                    + plain(prices.stream().max(BigDecimal::compareTo).orElseThrow()) + " "
                    + plain(prices.stream().min(BigDecimal::compareTo).orElseThrow()) + " "
                    + plain(prices.getLast()) + " " + plain(volume) + " " + trades.size());
        });
        return candles;
    }

    @Test
    void aBrokenLineStopsTheStartAndIsNamed() throws IOException {
        Path file = folder.resolve("trades.csv");
        Files.writeString(
                file,
                "time_ms,symbol,trade_id,side,price,size\n1,A,1,buy,1.5,2\n2,A,2,buy,-1.5,2\n",
                StandardCharsets.UTF_8);
        assertThatThrownBy(() -> builder()
                        .set("market.source", "replay")
                        .set("market.replay.file", file.toString())
                        .start())
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "market.replay.file: " + file + ": line 3: price is no positive decimal of at most 15 digits");
    }

    @Test
    void aFileThatIsNotThereStopsTheStart() {
        assertThatThrownBy(() -> builder()
                        .set("market.source", "replay")
                        .set("market.replay.file", "/nowhere/trades.csv")
                        .start())
                .isInstanceOf(StartException.class)
                .hasMessage("market.replay.file: there is no file /nowhere/trades.csv");
    }

    @Test
    void theExchangeAndAReplayGoSideBySideEachInItsOwnTime() {
        try (PealServer server =
                builder().set("market.source", "exchange,replay").start()) {
            List<String> symbols = get(server, "/api/symbols")
                    .valueStream()
                    .map(symbol -> symbol.path("id").asInt() + " "
                            + symbol.path("symbol").asString())
                    .toList();
            assertThat(symbols).containsExactly("1 BTC-USD", "2 ETH-USD", "3 SOL-USD", "4 XRP-ETH", "5 ETH-USDT");
            assertThat(get(server, "candles?interval=1h&symbol=XRP-ETH")
                            .path(0)
                            .path("closed")
                            .asBoolean(true))
                    .as("its hour is the one that is replayed")
                    .isFalse();
        }
    }

    private PealServer.Builder builder() {
        return PealServer.builder()
                .set("server.port", "0")
                .set("server.data", folder.resolve("data").toString());
    }

    private static List<String[]> lines(String symbol) throws IOException {
        try (InputStream file = Objects.requireNonNull(MarketReplayTest.class.getResourceAsStream(FILE));
                BufferedReader text = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))) {
            return text.lines()
                    .map(line -> line.split(","))
                    .filter(line -> line[1].equals(symbol))
                    .toList();
        }
    }

    private static String plain(JsonNode object, String field) {
        return plain(object.path(field).decimalValue());
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static JsonNode get(PealServer server, String path) {
        try {
            URI uri = server.uri().resolve(path.startsWith("/") ? path : "/api/market/" + path);
            HttpResponse<String> answer =
                    HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The system's clock, from now on many times as fast. */
    private static final class Hurried implements Clock {
        private final long beganMillis = Clock.SYSTEM.millis();
        private final long beganNanos = Clock.SYSTEM.nanos();

        @Override
        public long millis() {
            return beganMillis + (nanos() - beganNanos) / 1_000_000;
        }

        @Override
        public long nanos() {
            return beganNanos + (Clock.SYSTEM.nanos() - beganNanos) * HURRY;
        }
    }
}
