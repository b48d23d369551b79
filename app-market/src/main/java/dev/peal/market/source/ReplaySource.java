package dev.peal.market.source;

import dev.peal.market.book.Symbol;
import dev.peal.market.replay.Recording;
import dev.peal.market.replay.Replay;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.util.List;

/** Recorded trades as a source: they have no books. A trade keeps the time that it had. Belongs to its owner. */
public final class ReplaySource implements MarketSource {
    private static final int STEP_MILLIS = 10;
    /** The most trades of one step: what more is due comes with the steps that follow. */
    private static final int TRADES_PER_STEP_MAX = 2_000;

    private final List<Recording> recordings;
    private final Replay replay;
    private Owner.Timer timer = () -> {};
    private long beganNanos;
    private boolean stopped;

    /**
     * A replay that has not begun.
     *
     * @param speed 1 to 1,000: how many times as fast as it was
     */
    public ReplaySource(List<Recording> recordings, int speed) {
        this.recordings = List.copyOf(recordings);
        replay = new Replay(recordings, speed);
    }

    @Override
    public List<Symbol> symbols() {
        return recordings.stream().map(Recording::symbol).toList();
    }

    /** Begins with each symbol's first trade. */
    @Override
    public void start(Owner owner, Clock clock, MarketSink sink) {
        beganNanos = clock.nanos();
        step(owner, clock, sink);
    }

    @Override
    public void stop() {
        stopped = true;
        timer.cancel();
    }

    /** The moment that is replayed: not later than the trade that comes next, or than the last one. */
    @Override
    public long nowMillis(Symbol symbol, Clock clock) {
        return replay.timeMillis(symbol, clock.nanos() - beganNanos);
    }

    /** Whether every trade was told. */
    public boolean ended() {
        return replay.ended();
    }

    private void step(Owner owner, Clock clock, MarketSink sink) {
        if (stopped) {
            return;
        }
        replay.advance(clock.nanos() - beganNanos, TRADES_PER_STEP_MAX, sink::traded);
        if (!replay.ended()) {
            timer = owner.schedule(() -> step(owner, clock, sink), STEP_MILLIS);
        }
    }
}
