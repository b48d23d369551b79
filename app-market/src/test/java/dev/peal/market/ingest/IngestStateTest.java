package dev.peal.market.ingest;

import static dev.peal.market.ingest.IngestState.Verdict.GAP;
import static dev.peal.market.ingest.IngestState.Verdict.NEXT;
import static dev.peal.market.ingest.IngestState.Verdict.OUT_OF_ORDER;
import static dev.peal.market.ingest.IngestState.Verdict.REPEATED;
import static dev.peal.market.ingest.IngestState.Verdict.REUSED;
import static dev.peal.market.ingest.IngestState.Verdict.TOO_MANY_SOURCES;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IngestStateTest {
    private final IngestState state = new IngestState(new IngestLimits(2, 3, 10, 10, 0));

    @Test
    void aSourceBeginsWithAnyNumberAndGoesOnWithoutAHole() {
        assertThat(state.expected("s")).isZero();
        assertThat(state.look("s", 41, 0)).isEqualTo(NEXT);
        state.taken("s", 41, 0);
        assertThat(state.expected("s")).isEqualTo(42);
        assertThat(state.look("s", 42, 0)).isEqualTo(NEXT);
        assertThat(state.look("s", 43, 0)).isEqualTo(GAP);
        assertThat(state.look("s", Long.MAX_VALUE, 0)).isEqualTo(GAP);
    }

    @Test
    void lookingChangesNothing() {
        state.look("s", 7, 0);
        assertThat(state.expected("s")).isZero();
        assertThat(state.look("s", 3, 0)).isEqualTo(NEXT);
    }

    @Test
    void theSameBatchAgainIsARepetitionAndAnotherUnderItsNumberIsNot() {
        state.taken("s", 1, 17);
        state.taken("s", 2, 18);
        assertThat(state.look("s", 1, 17)).isEqualTo(REPEATED);
        assertThat(state.look("s", 2, 18)).isEqualTo(REPEATED);
        assertThat(state.look("s", 2, 17)).isEqualTo(REUSED);
    }

    @Test
    void whatIsOlderThanTheFirstOrThanWhatIsRememberedIsOutOfOrder() {
        for (int i = 10; i < 15; i++) {
            state.taken("s", i, i);
        }
        assertThat(state.look("s", 12, 12)).isEqualTo(REPEATED);
        assertThat(state.look("s", 11, 11)).isEqualTo(OUT_OF_ORDER);
        assertThat(state.look("s", 9, 9)).isEqualTo(OUT_OF_ORDER);
        state.taken("t", 5, 5);
        assertThat(state.look("t", 4, 4)).isEqualTo(OUT_OF_ORDER);
    }

    @Test
    void eachSourceCountsByItselfUpToAsManyAsAreRemembered() {
        state.taken("s", 1, 0);
        state.taken("t", 100, 0);
        assertThat(state.look("s", 2, 0)).isEqualTo(NEXT);
        assertThat(state.look("t", 101, 0)).isEqualTo(NEXT);
        assertThat(state.look("u", 1, 0)).isEqualTo(TOO_MANY_SOURCES);
    }
}
