package dev.peal.market.live;

import dev.peal.market.candle.Candle;
import java.util.List;

/**
 * A candle as it is now.
 *
 * @param closed whether its time is over; a trade that comes late may change it nevertheless, and it is told again
 */
public record CandleUpdate(Candle candle, boolean closed) {
    /** Whether both are about the same candle. */
    boolean sameAs(CandleUpdate other) {
        return candle.interval() == other.candle.interval() && candle.startMillis() == other.candle.startMillis();
    }

    /** Puts an update in the place of the one about the same candle, or behind the others. Nearly always it is among the last few. */
    static void put(List<CandleUpdate> updates, CandleUpdate update) {
        for (int i = updates.size() - 1; i >= 0; i--) {
            if (updates.get(i).sameAs(update)) {
                updates.set(i, update);
                return;
            }
        }
        updates.add(update);
    }
}
