package dev.peal.market.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Seeded;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Levels;
import dev.peal.market.book.Step;
import dev.peal.market.book.Symbol;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MarketJsonTest {
    private static final int BOOKS = Seeded.count(5_000, 50_000);
    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final JsonMapper DOUBLES = JsonMapper.builder().build();

    private final WireBuffer out = new WireBuffer(64);

    @Test
    void everyPriceAndSizeIsAJsonNumberThatAnyParserReadsExactly() {
        Seeded.run(random -> {
            for (int i = 0; i < BOOKS; i++) {
                Symbol symbol = new Symbol("A", 1, step(random), step(random));
                BookSnapshot book = new BookSnapshot(levels(random, symbol), levels(random, symbol));
                out.clear();
                MarketJson.orderBook(out, symbol, i, 7, 10, book, 1);
                assertSame(symbol, book.bids(), EXACT.readTree(out.toString()).at("/book/bids"), true);
                assertSame(symbol, book.bids(), DOUBLES.readTree(out.toString()).at("/book/bids"), false);
                assertSame(symbol, book.asks(), EXACT.readTree(out.toString()).at("/book/asks"), true);
            }
        });
    }

    @Test
    void messagesFollowEachOtherInABufferThatGrows() {
        Symbol symbol = Symbol.of("A", 1, "0.01", "1");
        for (int i = 0; i < 1_000; i++) {
            MarketJson.priceUpdate(out, symbol, 150, i, i);
        }
        assertThat(out.toString())
                .startsWith("{\"type\"")
                .endsWith("\"price\":1.50,\"sequence\":999,\"timestamp\":999}");
        assertThat(out.toBytes()).hasSize(out.length());
    }

    private static void assertSame(Symbol symbol, Levels levels, JsonNode json, boolean exact) {
        assertThat(json.size()).isEqualTo(levels.size());
        for (int i = 0; i < levels.size(); i++) {
            assertSame(symbol.tick(), levels.priceTicks(i), json.get(i).get(0), exact);
            assertSame(symbol.lot(), levels.lots(i), json.get(i).get(1), exact);
        }
    }

    private static void assertSame(Step step, long count, JsonNode number, boolean exact) {
        BigDecimal expected = BigDecimal.valueOf(step.units(), step.places()).multiply(BigDecimal.valueOf(count));
        BigDecimal read = exact ? number.decimalValue() : BigDecimal.valueOf(number.doubleValue());
        assertThat(read).isEqualByComparingTo(expected);
    }

    private static Step step(Random random) {
        return new Step(1 + random.nextInt(10), random.nextInt(12));
    }

    private static Levels levels(Random random, Symbol symbol) {
        long[] pairs = new long[2 * random.nextInt(11)];
        for (int i = 0; i < pairs.length; i += 2) {
            pairs[i] = random.nextLong(symbol.tick().countMax()) >>> random.nextInt(45);
            pairs[i + 1] = random.nextLong(symbol.lot().countMax()) >>> random.nextInt(45);
        }
        return Levels.of(pairs);
    }
}
