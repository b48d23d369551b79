package dev.peal.market.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.book.BookSnapshot;
import dev.peal.market.live.SymbolView;
import dev.peal.testkit.ManualClock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept for those who look at a symbol in one way. */
class ViewTest {
    /** Nothing is told to anybody here, so that no loop is needed. */
    @SuppressWarnings("NullAway")
    private final SymbolFeed feed = new SymbolFeed(
            new LoopFeed(null, new ManualClock(), 1),
            new SymbolStart(
                    new SymbolView(FeedRig.A, BookSnapshot.EMPTY, 0, 0, 0, Optional.empty(), Optional.empty(), 0),
                    List.of(),
                    Optional.empty()));

    @Test
    void placesAreSharedWhileSomebodyLooksAndLetGoWithTheLast() {
        View view = new View(feed, Topic.MARKET) {
            @Override
            Place begin() {
                return Place.of(Place.NOTHING);
            }

            @Override
            Place end() {
                return Place.of(feed().version());
            }

            @Override
            void write(Place from, Frames out) {}
        };
        view.joined();
        view.joined();
        Place newest = view.newest();
        Place start = view.start();
        view.left();
        assertThat(view.newest()).isSameAs(newest);
        assertThat(view.start()).isSameAs(start);
        view.left();
        assertThat(view.newest()).isNotSameAs(newest);
        assertThat(view.start()).isNotSameAs(start);
    }
}
