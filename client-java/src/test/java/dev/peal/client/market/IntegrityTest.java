package dev.peal.client.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.json.Json;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** PROMISES 67 and 70: every gap is seen, and no decimal is rounded. */
final class IntegrityTest {
    private static final int COUNT = Boolean.getBoolean("peal.nightly") ? 10_000_000 : 1_000_000;

    private final long seed = Long.getLong("peal.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private ReferenceBook reference = new ReferenceBook(random);
    private final BookReplica replica = new BookReplica();
    private final Map<BookReplica.Taken, Integer> ends = new EnumMap<>(BookReplica.Taken.class);
    private int wrong;
    private boolean asked = true;

    @Test
    void whateverAFeedLosesDoublesAndReordersNoVerifiedBookIsWrongAndEachIsFoundAgain() {
        System.out.println("a bad feed: seed " + seed + " (again with -Dpeal.seed=" + seed + ")");
        ReferenceBook.FaultyWire wire = new ReferenceBook.FaultyWire(random, this::take);
        for (int update = 0; update < COUNT; update++) {
            wire.say(reference.change());
            // A whole book that was lost itself is asked for again.
            if (asked || !replica.verified() && update % 50 == 0) {
                asked = false;
                wire.say(reference.whole());
            }
        }
        System.out.println(COUNT + " updates: " + ends);
        assertThat(wrong).isZero();
        assertThat(ends.get(BookReplica.Taken.GAP)).isGreaterThan(COUNT / 100);
        assertThat(ends.get(BookReplica.Taken.OLD)).isGreaterThan(COUNT / 200);
        take(reference.whole());
        for (int update = 0; update < 100; update++) {
            take(reference.change());
        }
        assertThat(replica.verified()).isTrue();
        assertThat(wrong).isZero();
    }

    private void take(BookMessage message) {
        BookReplica.Taken taken = replica.take(message, ReferenceBook.STEPS, 0);
        ends.merge(taken, 1, Integer::sum);
        if (taken.broken() || message.whole() && !replica.verified()) {
            asked = true;
        }
        if (taken == BookReplica.Taken.CHANGED && !reference.was(replica.sequence(), replica.bids(), replica.asks())) {
            wrong++;
        }
    }

    @Test
    void aLevelThatIsToldWrongIsFoundByTheChecksum() {
        System.out.println("wrong levels: seed " + seed + " (again with -Dpeal.seed=" + seed + ")");
        int found = 0;
        for (int round = 0; round < 300; round++) {
            reference = new ReferenceBook(random);
            replica.restart();
            take(reference.whole());
            // So few that all of them are among the best ten.
            for (int change = 0; change < 8; change++) {
                take(reference.change());
            }
            BookMessage told = reference.change();
            boolean gone = told.bids().length + told.asks().length > 0
                    && (told.bids().length > 0 ? told.bids()[1] : told.asks()[1]) == 0;
            if (!gone) {
                long[] more = told.bids().length > 0 ? told.bids() : told.asks();
                more[1]++;
                assertThat(replica.take(told, ReferenceBook.STEPS, 0)).isEqualTo(BookReplica.Taken.CHECKSUM);
                assertThat(replica.verified()).isFalse();
                found++;
            }
        }
        assertThat(found).isGreaterThan(100);
    }

    @Test
    void decimalsComeBackExactly() {
        System.out.println("decimals: seed " + seed + " (again with -Dpeal.seed=" + seed + ")");
        int different = 0;
        for (int i = 0; i < COUNT; i++) {
            int places = random.nextInt(16);
            long units = (long) (random.nextDouble() * Math.pow(10, 1 + random.nextInt(15)));
            String text = BigDecimal.valueOf(units, places).toPlainString();
            Step step = new Step(1, places);
            long count = step.count(Json.value(text).orElseThrow());
            if (count != units || !step.text(count).equals(text)) {
                different++;
            }
        }
        assertThat(different).isZero();
    }
}
