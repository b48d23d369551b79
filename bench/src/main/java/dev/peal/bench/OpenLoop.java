package dev.peal.bench;

import dev.peal.bench.Generator.Figures;
import java.io.IOException;
import java.util.List;

/**
 * Finds the highest fixed rate that a server sustains: it starts from a rate near what is expected, goes up in steps while the server keeps up, or down until it
 * does. Keeping up means that at least 97 % of what is due in the window arrives in it and that 99 % of it is at most a second late.
 */
record OpenLoop() implements Case {
    static final String SUSTAINED = "sustained frames/s";
    static final String SUSTAINED_P99 = "p99 ms there";
    static final String MOST = "most delivered frames/s";
    static final String AT_TARGET = "frames/s at 6,000 messages/s";
    static final String AT_TARGET_P99 = "p99 ms at 6,000 messages/s";

    private static final double TARGET_RATE = 6_000;
    private static final double PEER_RATE = 70;
    private static final double STEP = 1.2;
    private static final int STEPS_MAX = 6;
    private static final double ARRIVED_MIN = 0.97;
    private static final double LATE_MILLIS_MAX = 1_000;

    @Override
    public String name() {
        return "open";
    }

    @Override
    public String title() {
        return "Fan-out at a fixed rate";
    }

    @Override
    public String method() {
        return "The same room, but messages are due on a fixed schedule whatever the server does (open loop), and a latency counts from when its message was due. The "
                + "rate goes up by 20 % while at least 97 % of what is due arrives in the window and its p99 stays below a second; `most delivered` is the most at any "
                + "rate.";
    }

    @Override
    public String headline() {
        return SUSTAINED;
    }

    @Override
    public List<Contender> contenders() {
        return Contender.ROOMS;
    }

    @Override
    public void measure(ServerProcess server, Generator generator, Pace pace, Recorder recorder) throws IOException {
        boolean peal = server.contender() == Contender.PEAL;
        double rate = peal ? TARGET_RATE : PEER_RATE;
        // A cold server is warmed up by a closed loop, which waits for it; an open loop would bury it.
        generator.run(server, Cases.room(server.contender(), Cases.SENDERS, 0, pace));
        Figures first = at(rate, server, generator, pace.warm());
        boolean up = keepsUp(first, rate);
        if (peal) {
            recorder.record(AT_TARGET, first.framesPerSecond());
            recorder.record(AT_TARGET_P99, up ? first.p99Millis() : Double.NaN);
        }
        Figures sustained = first;
        double most = first.framesPerSecond();
        boolean found = up;
        for (int step = 1; step < STEPS_MAX; step++) {
            rate = up ? rate * STEP : rate / STEP;
            Figures next = at(rate, server, generator, pace.warm());
            most = Math.max(most, next.framesPerSecond());
            boolean kept = keepsUp(next, rate);
            if (kept) {
                sustained = next;
                found = true;
            }
            if (kept != up) {
                break;
            }
        }
        recorder.record(MOST, most);
        if (found) {
            recorder.record(SUSTAINED, sustained.framesPerSecond());
            recorder.record(SUSTAINED_P99, sustained.p99Millis());
        }
    }

    private static Figures at(double rate, ServerProcess server, Generator generator, Pace pace) throws IOException {
        return generator.run(server, Cases.room(server.contender(), Cases.SENDERS, rate, pace));
    }

    private static boolean keepsUp(Figures figures, double rate) {
        return figures.framesPerSecond() >= ARRIVED_MIN * rate * Cases.MEMBERS
                && figures.p99Millis() <= LATE_MILLIS_MAX
                && figures.complaint().isEmpty();
    }
}
