package dev.peal.bench;

import dev.peal.bench.Generator.Figures;
import dev.peal.bench.market.MarketProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A thousand readers of a market of twenty symbols, and what a price costs in each form. */
record MarketFeed() implements Case {
    static final String STALLED_RATIO = "p99 beside 50 stalled readers / p99";

    private static final int READERS = 1_000;
    private static final int STALLED = 50;
    private static final int READERS_OF_PRICES = 50;

    @Override
    public String name() {
        return "market";
    }

    @Override
    public String title() {
        return "Market, 1,000 readers of 20 symbols";
    }

    @Override
    public String method() {
        return "2,000 updates a second come in on a fixed schedule: three of four change a level of a book, one is a trade. Each reader follows prices, trades and the "
                + "book (deltas to depth 10) of every symbol in records of 48 bytes: at 20 updates a second of each (conflated), then at 1,000, where nothing is left to "
                + "conflate. A latency counts from when the newest update in a frame was due at the source to when its bytes were read. Then 50 of the readers read "
                + "nothing. Bytes per price are the payload of a frame that carries one, for readers of prices alone.";
    }

    @Override
    public String headline() {
        return "p99 ms, conflated";
    }

    @Override
    public List<Contender> contenders() {
        return List.of(Contender.PEAL);
    }

    @Override
    public List<String> command(Contender contender, int port, Path home, Path data) {
        return Jvm.command(
                System.getProperty("java.class.path"),
                MarketProgram.class.getName(),
                Integer.toString(port),
                data.toString());
    }

    @Override
    public void measure(ServerProcess server, Generator generator, Pace pace, Recorder recorder) throws IOException {
        Figures conflated = generator.run(server, readers("records-20-all", READERS, pace));
        record(recorder, "conflated", conflated);
        Figures stalled = generator.run(
                server, readers("records-20-all", READERS, pace.warm()).with("--stalled", STALLED));
        recorder.record("p99 ms, beside 50 stalled", stalled.p99Millis());
        recorder.record(STALLED_RATIO, stalled.p99Millis() / conflated.p99Millis());
        record(recorder, "not conflated", generator.run(server, readers("records-1000-all", READERS, pace.warm())));
        for (String form : List.of("json", "prices", "records")) {
            Load plain = readers(form + "-1000-price", READERS_OF_PRICES, pace.warm());
            recorder.record("bytes/price, " + form, generator.run(server, plain).number("bytesPerFrame"));
            Load deflated = readers(form + "-1000-price", READERS_OF_PRICES, pace.warm())
                    .with("--deflate");
            recorder.record(
                    "bytes/price, " + form + ", deflated",
                    generator.run(server, deflated).number("bytesPerFrame"));
        }
    }

    private static void record(Recorder recorder, String how, Figures figures) {
        recorder.record("server CPU, " + how, figures.number("serverCpuShare"));
        recorder.record("p50 ms, " + how, figures.number("p50Micros") / 1000);
        recorder.record("p99 ms, " + how, figures.p99Millis());
        recorder.record("frames/s, " + how, figures.framesPerSecond());
    }

    private static Load readers(String followed, int readers, Pace pace) {
        return Load.of("market", "market-" + followed)
                .with("--conns", readers)
                .with("--warm", pace.warmSeconds())
                .with("--warm-max", pace.warmSecondsMax())
                .with("--secs", pace.seconds());
    }
}
