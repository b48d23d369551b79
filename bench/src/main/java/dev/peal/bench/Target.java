package dev.peal.bench;

import static dev.peal.bench.Contender.PEAL;
import static dev.peal.bench.Contender.SHAREDB;
import static dev.peal.bench.Contender.VERTX;
import static dev.peal.bench.Contender.WS;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What a figure should reach.
 *
 * @param what in words
 * @param atLeast whether the figure should be no lower than {@code bound}, else no higher
 */
record Target(String what, boolean atLeast, double bound, Function<Results, OptionalDouble> figure) {

    static final List<Target> ALL = List.of(
            atLeast("fan-out, frames/s", 4_000_000, results -> results.median("fanout", PEAL, Cases.FRAMES)),
            atLeast("fan-out, times ws", 40, ratio("fanout", Cases.FRAMES, WS, Cases.FRAMES)),
            atLeast(
                    "fixed rate, sustained frames/s",
                    6_000_000,
                    results -> results.median("open", PEAL, OpenLoop.SUSTAINED)),
            atMost(
                    "p99 ms at 6,000,000 frames/s",
                    100,
                    results -> results.median("open", PEAL, OpenLoop.AT_TARGET_P99)),
            atLeast("fixed rate, times the most of ws", 50, ratio("open", OpenLoop.SUSTAINED, WS, OpenLoop.MOST)),
            atLeast("one sender, times ws", 1.5, ratio("one", Cases.FRAMES, WS, Cases.FRAMES)),
            atLeast("one sender, times Vert.x", 1.2, ratio("one", Cases.FRAMES, VERTX, Cases.FRAMES)),
            atMost("p99 at 100 messages/s, times that of ws", 1, ratio("one", Cases.P99_AT_100, WS, Cases.P99_AT_100)),
            atLeast("requests, times the echo of Vert.x", 1.2, ratio("ack", "requests/s", VERTX, "requests/s")),
            atMost("resident KB per idle connection", 3.5, results -> results.median("memory", PEAL, "resident KB")),
            atMost("live heap KB per idle connection", 2.2, results -> results.median("memory", PEAL, "live heap KB")),
            atLeast("handshakes/s", 6_000, results -> results.median("handshake", PEAL, "handshakes/s")),
            atMost("deflated CPU, times plain", 1.3, results -> results.median("deflate", PEAL, Cases.DEFLATE_RATIO)),
            atLeast("durable publishes/s, one core", 25_000, results -> results.median("durable", PEAL, "publishes/s")),
            atLeast(
                    "durable publishes/s, two cores",
                    50_000,
                    results -> results.median("durable-2", PEAL, "publishes/s")),
            atMost(
                    "market p99 beside 50 stalled readers, times that without",
                    1.5,
                    results -> results.median("market", PEAL, MarketFeed.STALLED_RATIO)),
            atMost(
                    "p99 ms of the acknowledgement at 10,000 publishes/s",
                    25,
                    results -> results.median("durable-rate", PEAL, Cases.ACK_P99)),
            atLeast(
                    "durable operations/s on a document",
                    20_000,
                    results -> results.median("docs", PEAL, Documents.OPERATIONS)),
            atLeast(
                    "operations on a document, times ShareDB",
                    4,
                    ratio("docs", Documents.OPERATIONS, SHAREDB, Documents.OPERATIONS)),
            atMost(
                    "ms to open a paper of 259,778 operations",
                    30,
                    results -> results.median("docs-open", PEAL, DocumentOpening.MEDIAN)));

    private static Target atLeast(String what, double bound, Function<Results, OptionalDouble> figure) {
        return new Target(what, true, bound, figure);
    }

    private static Target atMost(String what, double bound, Function<Results, OptionalDouble> figure) {
        return new Target(what, false, bound, figure);
    }

    private static Function<Results, OptionalDouble> ratio(
            String caseName, String metric, Contender peer, String peerMetric) {
        return results -> {
            OptionalDouble own = results.median(caseName, PEAL, metric);
            OptionalDouble other = results.median(caseName, peer, peerMetric);
            return own.isPresent() && other.isPresent()
                    ? OptionalDouble.of(own.getAsDouble() / other.getAsDouble())
                    : OptionalDouble.empty();
        };
    }

    /** In words: {@code reached}, {@code falls short}, or {@code not measured}. */
    String verdict(Results results) {
        OptionalDouble measured = figure.apply(results);
        if (measured.isEmpty()) {
            return "not measured";
        }
        boolean reached = atLeast ? measured.getAsDouble() >= bound : measured.getAsDouble() <= bound;
        return reached ? "reached" : "falls short";
    }
}
