package dev.peal.market;

import dev.peal.market.book.Symbol;
import dev.peal.market.wire.Channel;
import dev.peal.market.wire.MarketAction;
import dev.peal.protocol.JsonWriter;
import dev.peal.protocol.RequestId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The answers to what a client asks for with an {@code id}. Pure. */
final class MarketAnswers {
    private MarketAnswers() {}

    /** {@code {"type":"subscribed","id":…,"symbol":S,"channels":[…],"depth":d,"deltas":bool,"maxUpdatesPerSecond":n}}: what is in force. */
    static byte[] subscribed(@Nullable RequestId id, Symbol symbol, MarketAction.Subscribe wanted, int rate) {
        JsonWriter out = open("subscribed", id, symbol).array("channels");
        for (Channel channel : Channel.values()) {
            if (wanted.channels().contains(channel)) {
                out.value(channel.wire());
            }
        }
        return out.end()
                .field("depth", wanted.depth())
                .field("deltas", wanted.deltas())
                .field("maxUpdatesPerSecond", rate)
                .end()
                .bytes();
    }

    /** {@code {"type":"unsubscribed","id":…,"symbol":S}}. */
    static byte[] unsubscribed(@Nullable RequestId id, Symbol symbol) {
        return open("unsubscribed", id, symbol).end().bytes();
    }

    /** {@code {"type":"ack","id":…}}. */
    static byte[] done(RequestId id) {
        return open("ack", id).end().bytes();
    }

    /** {@code {"type":"ack","id":…,"symbol":S}}. */
    static byte[] done(@Nullable RequestId id, Symbol symbol) {
        return open("ack", id, symbol).end().bytes();
    }

    private static JsonWriter open(String type, @Nullable RequestId id, Symbol symbol) {
        return open(type, id).field("symbol", symbol.name());
    }

    /** An answer that was begun. */
    static JsonWriter open(String type, @Nullable RequestId id) {
        JsonWriter out = new JsonWriter(256).object().field("type", type);
        if (id != null) {
            out.raw("id", id.toString().getBytes(StandardCharsets.UTF_8));
        }
        return out;
    }
}
