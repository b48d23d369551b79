package dev.peal.client.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** PROMISES 67: a book that lost the thread is the server's again within a second. In virtual time. */
final class ResyncTest {
    private static final int UPDATES = Boolean.getBoolean("peal.nightly") ? 10_000_000 : 100_000;
    private static final int UPDATE_MILLIS = 20;
    /** There and back; what the book waits for besides must leave room for it. */
    private static final long WAY_MILLIS = 250;

    private final long seed = Long.getLong("peal.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final VirtualLine line = new VirtualLine();
    private final ReferenceBook reference = new ReferenceBook(random);
    private final List<Long> waits = new ArrayList<>();
    private long since = -1;
    private int answers;

    @Test
    void evenIfItBreaksAgainAndAgainAndAnAnswerGoesWrong() {
        System.out.println("a book that breaks: seed " + seed + " (again with -Dpeal.seed=" + seed + ")");
        MarketSymbol symbol =
                new MarketSymbol("BTC-USD", line, OptionalInt::empty, resync -> broken(), (name, why) -> {});
        OrderBook book = symbol.book(0).onChange(view -> changed(view.verified()));
        ReferenceBook.FaultyWire wire = new ReferenceBook.FaultyWire(random, symbol::takeBook);
        line.onSaid(action -> {
            String name = action.path("action").stringValue("");
            if (name.equals("snapshot") || name.equals("subscribe")) {
                line.loop().after(WAY_MILLIS, () -> answer(symbol));
            }
        });
        symbol.connected(new SymbolInfo("BTC-USD", 1, "0.01", "0.0001"));
        for (int update = 0; update < UPDATES; update++) {
            wire.say(reference.change());
            line.pass(UPDATE_MILLIS);
        }
        line.pass(2_000);
        Collections.sort(waits);
        System.out.println(UPDATES + " updates, " + waits.size() + " breaks: whole after " + waits.get(waits.size() / 2)
                + " ms (median), " + waits.getLast() + " ms (most), " + WAY_MILLIS + " of these on the way");
        assertThat(book.verified()).isTrue();
        assertThat(waits).hasSizeGreaterThan(UPDATES / 200);
        assertThat(waits.getLast()).isLessThanOrEqualTo(1_000);
    }

    /** A third of the first answers to a break does not come, or comes behind what is newer; the second does. */
    private void answer(MarketSymbol symbol) {
        boolean first = since >= 0 && answers++ == 0;
        int chance = first ? random.nextInt(6) : 2;
        BookMessage whole = reference.whole();
        if (chance == 1) {
            symbol.takeBook(reference.change());
        }
        if (chance != 0) {
            symbol.takeBook(whole);
        }
    }

    private void broken() {
        if (since < 0) {
            since = line.millis();
            answers = 0;
        }
    }

    private void changed(boolean verified) {
        if (verified && since >= 0) {
            waits.add(line.millis() - since);
            since = -1;
        }
    }
}
