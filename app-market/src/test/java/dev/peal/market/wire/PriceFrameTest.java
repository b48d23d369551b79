package dev.peal.market.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Seeded;
import dev.peal.market.book.Step;
import dev.peal.market.book.Symbol;
import org.junit.jupiter.api.Test;

class PriceFrameTest {
    private static final int PRICES = Seeded.count(100_000, 1_000_000);

    @Test
    void aPriceIsTheNearestFloatOfTheDoubleThatItsDecimalReadsAs() {
        Seeded.run(random -> {
            WireBuffer out = new WireBuffer();
            for (int i = 0; i < PRICES; i++) {
                Symbol symbol = new Symbol(
                        "A", 1 + random.nextInt(Integer.MAX_VALUE), new Step(1, random.nextInt(16)), Step.of("1"));
                long ticks = 1 + (random.nextLong(Step.UNITS_MAX) >>> random.nextInt(50));
                long lots = random.nextLong() >>> 1 + random.nextInt(60);
                out.clear();
                PriceFrame.write(out, symbol, ticks, lots);
                assertThat(out.length()).isEqualTo(12);
                float price = (float) Double.parseDouble(symbol.tick().text(ticks));
                assertThat(PriceFrame.read(out.array(), 0))
                        .isEqualTo(new PriceFrame(symbol.id(), price, Math.min(lots, 0xFFFF_FFFFL)));
            }
        });
    }
}
