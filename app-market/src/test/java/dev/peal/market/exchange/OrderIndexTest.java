package dev.peal.market.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Seeded;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderIndexTest {
    private static final int STEPS = Seeded.count(200_000, 2_000_000);

    @Test
    void itEqualsAHashMapWhateverComesAndGoes() {
        Seeded.run(random -> {
            int entriesMax = 1 + random.nextInt(40);
            OrderIndex index = new OrderIndex(entriesMax);
            Map<Long, Integer> expected = new HashMap<>();
            for (int i = 0; i < STEPS; i++) {
                // Few ids for a small table: they collide, and their runs wrap around its end.
                long id = 1 + random.nextInt(60) * (random.nextBoolean() ? 1L : 1L << 40);
                if (random.nextBoolean() && expected.size() < entriesMax) {
                    index.put(id, i);
                    expected.put(id, i);
                } else {
                    index.remove(id);
                    expected.remove(id);
                }
                assertThat(index.get(id)).isEqualTo(expected.getOrDefault(id, OrderIndex.ABSENT));
                if (i % 16 == 0) {
                    expected.forEach(
                            (known, slot) -> assertThat(index.get(known)).isEqualTo(slot));
                }
            }
        });
    }
}
