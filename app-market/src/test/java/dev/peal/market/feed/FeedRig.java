package dev.peal.market.feed;

import dev.peal.app.Apps;
import dev.peal.hub.HubConfig;
import dev.peal.limit.Limit;
import dev.peal.log.Retention;
import dev.peal.market.MarketApp;
import dev.peal.market.MarketConfig;
import dev.peal.market.MarketSources;
import dev.peal.market.book.Symbol;
import dev.peal.session.SessionConfig;
import dev.peal.testkit.SessionRig;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server of a market without sockets, whose market does what a test says. */
final class FeedRig {
    static final Symbol A = Symbol.of("A-USD", 1, "0.01", "0.001");
    static final Symbol B = Symbol.of("B-USD", 2, "0.5", "1");

    /** As often as a test may wish: every iteration. */
    static final String FAST = ",\"maxUpdatesPerSecond\":1000";

    private final HandSource source = new HandSource(List.of(A, B));
    private final SessionRig rig;

    FeedRig() {
        this(MarketConfig.DEFAULT, Limit.UNLIMITED, SessionConfig.DEFAULT);
    }

    FeedRig(MarketConfig config, Limit limit, SessionConfig sessions) {
        rig = new SessionRig(
                new Apps(List.of(), List.of(new MarketApp(MarketSources.NONE.with(source), config))),
                2,
                sessions,
                HubConfig.DEFAULT,
                limit,
                SessionRig.Kept.inMemory(Retention.ALL));
    }

    HandSource source() {
        return source;
    }

    SessionRig rig() {
        return rig;
    }

    SessionRig.Client open() {
        return rig.open(0, MarketApp.PATH);
    }

    SessionRig.Client open(int loop, WireForm form) {
        return rig.open(loop, MarketApp.PATH, Map.of("binary", Integer.toString(form.ordinal())));
    }

    /** A client that follows a symbol, with what else is said about that. */
    SessionRig.Client follow(Symbol symbol, String options) {
        return open().send(subscribe(symbol, options));
    }

    static String subscribe(Symbol symbol, String options) {
        return "{\"action\":\"subscribe\",\"symbol\":\"" + symbol.name() + "\"" + options + "}";
    }

    /** Has something happen, and everybody told whose time it is; a millisecond passes first. */
    void now(Runnable what) {
        rig.clock().advanceMillis(1);
        source.says(what);
        rig.settle();
    }

    /** So many things happen, each in an iteration of its own. */
    void live(Random random, Symbol symbol, int things) {
        for (int i = 0; i < things; i++) {
            now(() -> source.anything(random, symbol));
        }
    }

    static JsonNode json(String line) {
        return JsonMapper.shared().readTree(line);
    }

    static List<JsonNode> json(List<String> lines) {
        return lines.stream().map(FeedRig::json).toList();
    }

    /** The messages of one type. */
    static List<JsonNode> of(String type, List<String> lines) {
        return json(lines).stream()
                .filter(message -> message.path("type").asString().equals(type))
                .toList();
    }
}
