package dev.peal.market.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final long MILLI = 1_000_000;
    private static final String TRADES = """
            time_ms,symbol,trade_id,side,price,size
            5000,A,1,buy,10,1
            5010,A,2,buy,10,1
            6000,A,3,buy,10,1
            900000,B,1,buy,10,1
            900005,B,2,buy,10,1
            900010,B,3,buy,10,1
            """;

    private final List<String> played = new ArrayList<>();

    @Test
    void everySymbolBeginsAtTheSameMomentAndKeepsItsOwnPace() throws IOException {
        Replay replay = replay(1);
        assertThat(advance(replay, 0)).containsExactly("A1", "B1");
        assertThat(advance(replay, 5 * MILLI - 1)).isEmpty();
        assertThat(advance(replay, 5 * MILLI)).containsExactly("B2");
        assertThat(advance(replay, 999 * MILLI)).containsExactly("A2", "B3");
        assertThat(replay.ended()).isFalse();
        assertThat(advance(replay, 1_000 * MILLI)).containsExactly("A3");
        assertThat(replay.ended()).isTrue();
        assertThat(advance(replay, 2_000 * MILLI)).isEmpty();
    }

    @Test
    void aThousandTimesAsFastASecondIsAMillisecond() throws IOException {
        Replay replay = replay(1_000);
        advance(replay, 0);
        assertThat(advance(replay, 10_000)).containsExactly("B2", "A2", "B3");
        assertThat(advance(replay, MILLI - 1)).isEmpty();
        assertThat(advance(replay, MILLI)).containsExactly("A3");
    }

    @Test
    void whatIsDueBeyondTheMostOfOneStepComesWithTheNext() throws IOException {
        Replay replay = replay(1);
        assertThat(replay.advance(2_000 * MILLI, 4, (symbol, trade) -> {})).isEqualTo(4);
        assertThat(advance(replay, 2_000 * MILLI)).containsExactly("B3", "A3");
    }

    @Test
    void aReplayOfYearsIsNotTooLongForAClock() throws IOException {
        Replay replay = replay(1_000);
        assertThat(replay.advance(Long.MAX_VALUE, 100, (symbol, trade) -> {})).isEqualTo(6);
    }

    @Test
    void aSpeedIsFromOneToAThousand() {
        assertThatThrownBy(() -> replay(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> replay(1_001)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> advance(Replay replay, long nanos) {
        played.clear();
        replay.advance(nanos, 100, (symbol, trade) -> played.add(symbol.name() + trade.tradeId()));
        return played;
    }

    private static Replay replay(int speed) throws IOException {
        byte[] file = TRADES.getBytes(StandardCharsets.UTF_8);
        return new Replay(TradesFile.read(new ByteArrayInputStream(file), 1), speed);
    }
}
