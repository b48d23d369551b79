package dev.peal.bench.market;

import dev.peal.market.MarketApp;
import dev.peal.market.MarketConfig;
import dev.peal.market.MarketSources;
import dev.peal.server.PealServer;
import java.util.concurrent.CountDownLatch;

/** Peal with a market of twenty symbols that change 2,000 times a second: {@code MarketProgram PORT DATA}. Everything else is as {@code serve} has it. */
public final class MarketProgram {
    /** How many symbols there are: S01-USD and on. */
    public static final int SYMBOLS = 20;

    private static final int UPDATES_PER_SECOND = 2_000;

    private MarketProgram() {}

    public static void main(String[] args) throws InterruptedException {
        try (PealServer server = start(args[0], args[1])) {
            System.out.println(server.uri());
            new CountDownLatch(1).await();
        }
    }

    /** Starts it. */
    public static PealServer start(String port, String data) {
        MarketSources sources = MarketSources.NONE.with(new PacedSource(SYMBOLS, UPDATES_PER_SECOND));
        return PealServer.builder().withoutMarket().stream(new MarketApp(sources, MarketConfig.DEFAULT))
                .set("server.port", port)
                .set("server.data", data)
                .set("limits.connectionsPerAddress", "20000")
                .set("limits.outboxStall", "1h")
                .set("compression.threshold", "64B")
                .set("shutdown.drain", "0s")
                .start();
    }
}
