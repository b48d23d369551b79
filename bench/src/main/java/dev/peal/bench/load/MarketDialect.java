package dev.peal.bench.load;

import dev.peal.bench.market.MarketProgram;
import java.util.ArrayList;
import java.util.List;

/** How the market is followed: {@code market-FORM-RATE-CHANNELS}, such as {@code market-records-20-all}. */
final class MarketDialect {
    private static final int BINARY_PRICES = 1;
    private static final int BINARY_RECORDS = 2;

    private MarketDialect() {}

    static boolean is(String name) {
        return name.startsWith("market-");
    }

    /** Every symbol is subscribed to, and the connection is ready when all subscriptions were answered. */
    static Dialect named(String name) {
        String[] parts = name.split("-");
        if (parts.length != 4) {
            throw new IllegalArgumentException("no such dialect: " + name);
        }
        String path = switch (parts[1]) {
            case "json" -> "/stream";
            case "prices" -> "/stream?binary=" + BINARY_PRICES;
            case "records" -> "/stream?binary=" + BINARY_RECORDS;
            default -> throw new IllegalArgumentException("no such form: " + name);
        };
        String channels = parts[3].equals("all") ? "" : ",\"channels\":[\"" + parts[3] + "\"]";
        List<Dialect.Step> steps = new ArrayList<>();
        for (int symbol = 1; symbol <= MarketProgram.SYMBOLS; symbol++) {
            steps.add(new Dialect.Step(
                    "{\"action\":\"subscribe\",\"id\":1,\"symbol\":\"S%02d-USD\",\"deltas\":true".formatted(symbol)
                            + ",\"maxUpdatesPerSecond\":" + parts[2] + channels + "}",
                    "{\"type\":\"subscribed\""));
        }
        return new Dialect(path, steps, "", new Dialect.Counted(0, '{', -1, -1), "", "");
    }
}
