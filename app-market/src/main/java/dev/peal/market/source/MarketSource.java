package dev.peal.market.source;

import dev.peal.market.book.Symbol;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.util.List;

/**
 * Port: something that says what happens in a market.
 *
 * <p>A source has its symbols alone: what happens to one of them is said by no other. It lives on one {@link Owner}: {@link #start}, {@link #stop} and all that it says
 * are on that thread. It never blocks there, and works in pieces short enough for others who share the thread (some milliseconds), but for {@link #start}.
 */
public interface MarketSource {
    /** What it will speak of; the same whenever asked. Any thread. Ids and names are unique among all sources of a server: whoever configures them sees to it. */
    List<Symbol> symbols();

    /**
     * Begins. Called once, before the server opens its port, and may take seconds. When it returns the sink has been told what there is to begin with: the books of a
     * source that has books are filled. From then on it says what happens when it happens, by tasks and timers on {@code owner}, until {@link #stop}.
     *
     * @param owner the thread that calls this, and on which the source will speak
     */
    void start(Owner owner, Clock clock, MarketSink sink);

    /**
     * What time it is in the market of one of its symbols, in milliseconds since 1970: the present, unless what it says happened at another time. On its owner, once it has
     * begun.
     */
    default long nowMillis(Symbol symbol, Clock clock) {
        return clock.millis();
    }

    /**
     * Whether anybody follows the market from now on; until it is told, a source takes it that somebody does. While nobody does, it may say what happens in larger
     * pieces, some times a second. On its owner, once it has begun.
     */
    default void watched(boolean yes) {}

    /** Ends: nothing is said after it returns. Harmless before {@link #start}, and twice. */
    void stop();
}
