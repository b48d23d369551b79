package dev.peal.market.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.candle.CandleInterval;
import dev.peal.market.candle.Ticker;
import dev.peal.market.live.Market;
import dev.peal.market.replay.Recording;
import dev.peal.market.replay.TradesFile;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The real trades, replayed from the file to the market's candles, volume and last price, against what a few lines compute from the same file with
 * {@link BigDecimal} and none of the market's own code.
 */
class RealTradesTest {
    private static final String FILE = "/dev/peal/market/replay/trades.csv.gz";
    private static final long MINUTE = 60_000;

    private final ManualClock clock = new ManualClock();
    private final ManualOwner owner = new ManualOwner(clock);

    @Test
    void everyTradeIsTakenExactlyAsTheExchangePrintedIt() throws IOException {
        Map<String, List<String>> printed = new LinkedHashMap<>();
        for (String[] line : lines()) {
            String exact = line[0] + " " + line[2] + " " + line[3] + " " + stripped(line[4]) + " " + stripped(line[5]);
            printed.computeIfAbsent(line[1], symbol -> new ArrayList<>()).add(exact);
        }
        Map<String, List<String>> taken = new LinkedHashMap<>();
        for (Recording recording : recordings()) {
            List<String> trades = new ArrayList<>();
            for (int i = 0; i < recording.size(); i++) {
                Trade trade = recording.trade(i);
                Symbol symbol = recording.symbol();
                trades.add(trade.timeMillis() + " " + trade.tradeId() + " "
                        + trade.side().wire() + " "
                        + stripped(symbol.tick().text(trade.priceTicks())) + " "
                        + stripped(symbol.lot().text(trade.lots())));
            }
            taken.put(recording.symbol().name(), trades);
        }
        assertThat(taken).isEqualTo(printed);
    }

    @Test
    void theReplayEndsWithTheCandlesVolumeAndLastPriceOfAPlainScript() throws IOException {
        List<Recording> recordings = recordings();
        ReplaySource source = new ReplaySource(recordings, 1_000);
        Market market = new Market(source.symbols(), owner, change -> {});
        owner.run(() -> source.start(owner, clock, market));
        for (int step = 0; !source.ended(); step++) {
            assertThat(step).isLessThan(1_000_000);
            clock.advanceMillis(100);
            owner.runReady();
        }
        for (Symbol symbol : source.symbols()) {
            List<String[]> lines = lines().stream()
                    .filter(line -> line[1].equals(symbol.name()))
                    .toList();
            long end = Long.parseLong(lines.getLast()[0]);
            Map<Long, BigDecimal[]> expected = minutes(lines);
            owner.run(() -> {
                List<String> candles = market.candles(symbol, CandleInterval.MINUTE, Long.MAX_VALUE, 1_000_000).stream()
                        .map(candle -> candle.startMillis() + " "
                                + decimal(symbol.tick().text(candle.openTicks())) + " "
                                + decimal(symbol.tick().text(candle.highTicks())) + " "
                                + decimal(symbol.tick().text(candle.lowTicks())) + " "
                                + decimal(symbol.tick().text(candle.closeTicks())) + " "
                                + decimal(symbol.lot().text(candle.volumeLots())) + " " + candle.trades())
                        .toList();
                assertThat(candles).isEqualTo(text(expected));
                Ticker ticker = market.ticker(symbol, end).orElseThrow();
                assertThat(decimal(symbol.tick().text(ticker.lastTicks()))).isEqualTo(decimal(lines.getLast()[4]));
                assertThat(decimal(symbol.lot().text(ticker.volumeLots()))).isEqualTo(dayVolume(lines, end));
                assertThat(market.view(symbol).tradeSequence()).isEqualTo(lines.size());
                assertThat(market.view(symbol).price().orElseThrow().priceTicks())
                        .isEqualTo(ticker.lastTicks());
            });
        }
    }

    /** Open, high, low, close, volume and the number of trades of each minute. */
    private static Map<Long, BigDecimal[]> minutes(List<String[]> lines) {
        Map<Long, BigDecimal[]> minutes = new TreeMap<>();
        for (String[] line : lines) {
            BigDecimal price = decimal(line[4]);
            BigDecimal size = decimal(line[5]);
            minutes.merge(
                    Long.parseLong(line[0]) / MINUTE * MINUTE,
                    new BigDecimal[] {price, price, price, price, size, BigDecimal.ONE},
                    (a, b) -> new BigDecimal[] {
                        a[0],
                        a[1].max(b[1]),
                        a[2].min(b[2]),
                        b[3],
                        decimal(a[4].add(b[4]).toPlainString()),
                        a[5].add(b[5])
                    });
        }
        return minutes;
    }

    private static List<String> text(Map<Long, BigDecimal[]> minutes) {
        return minutes.entrySet().stream()
                .map(minute -> minute.getKey() + " "
                        + Arrays.stream(minute.getValue())
                                .map(BigDecimal::toString)
                                .collect(Collectors.joining(" ")))
                .toList();
    }

    private static BigDecimal dayVolume(List<String[]> lines, long end) {
        long from = end / MINUTE * MINUTE - 1_439 * MINUTE;
        return decimal(lines.stream()
                .filter(line -> Long.parseLong(line[0]) >= from)
                .map(line -> new BigDecimal(line[5]))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .toPlainString());
    }

    private static BigDecimal decimal(String text) {
        BigDecimal stripped = new BigDecimal(text).stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static String stripped(String text) {
        return decimal(text).toPlainString();
    }

    private static List<Recording> recordings() throws IOException {
        try (InputStream file = file()) {
            return TradesFile.read(file, 1);
        }
    }

    private static List<String[]> lines() throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(file()), StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(line -> line.split(",")).toList();
        }
    }

    private static InputStream file() {
        return Objects.requireNonNull(RealTradesTest.class.getResourceAsStream(FILE));
    }
}
