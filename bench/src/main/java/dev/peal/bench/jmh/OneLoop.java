package dev.peal.bench.jmh;

import dev.peal.app.Apps;
import dev.peal.auth.AuthResult;
import dev.peal.chat.ChatApp;
import dev.peal.hub.Hub;
import dev.peal.hub.HubConfig;
import dev.peal.hub.HubMeters;
import dev.peal.hub.Room;
import dev.peal.limit.ConnectionLimits;
import dev.peal.limit.Limit;
import dev.peal.limit.RateLimits;
import dev.peal.log.MemoryLog;
import dev.peal.log.Retention;
import dev.peal.log.RoomKey;
import dev.peal.protocol.Durability;
import dev.peal.search.LogSearch;
import dev.peal.session.SessionConfig;
import dev.peal.session.SessionMeters;
import dev.peal.session.Sessions;
import dev.peal.time.Clock;
import dev.peal.transport.ws.SessionReceivers;
import dev.peal.transport.ws.Target;
import dev.peal.transport.ws.WebSocketConfig;
import dev.peal.transport.ws.WebSocketMeters;
import dev.peal.transport.ws.WebSockets;
import dev.peal.websocket.FrameWriter;
import dev.peal.websocket.HandshakeRequest;
import dev.peal.websocket.Opcode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that lies between a socket and a room, on the benchmark's thread: the WebSocket handler, sessions, the chat, the hub, a log in memory. One event loop
 * without I/O; its iterations are the benchmark's.
 */
final class OneLoop {
    private static final RoomKey ROOM = new RoomKey(ChatApp.KIND, "bench");
    private static final int MASK = 0x12345678;
    private static final Retention FEW = new Retention(Long.MAX_VALUE, 1_000, Long.MAX_VALUE);

    private final IterationOwner owner = new IterationOwner();
    private final EventLoop eventLoop = new EmbeddedChannel().eventLoop();
    private final Drain.Taken taken = new Drain.Taken();
    private final List<Drain> channels = new ArrayList<>();
    private final Hub hub;
    private final WebSockets sockets;
    private @Nullable Room room;

    OneLoop() {
        Apps apps = new Apps(List.of(new ChatApp()));
        MemoryLog log = new MemoryLog(Clock.SYSTEM, kind -> FEW);
        hub = new Hub(log, List.of(owner), HubConfig.DEFAULT, HubMeters.NONE, apps.kinds(), apps.residents());
        RateLimits unlimited = new RateLimits(Limit.UNLIMITED, Map.of(), Clock.SYSTEM);
        Sessions sessions = new Sessions(
                new Sessions.Services(
                        hub,
                        log,
                        new LogSearch(log, apps.searchTexts()),
                        apps,
                        (credentials, done) -> done.accept(new AuthResult.Anonymous()),
                        unlimited,
                        kind -> Durability.MEMORY,
                        Clock.SYSTEM,
                        SessionMeters.NONE),
                nobodySignsIn());
        ConnectionLimits any = new ConnectionLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);
        sockets = new WebSockets(
                WebSocketConfig.DEFAULT,
                eventLoop,
                new SessionReceivers(sessions, hub.loops(), any),
                WebSocketMeters.NONE);
    }

    private static SessionConfig nobodySignsIn() {
        SessionConfig usual = SessionConfig.DEFAULT;
        return new SessionConfig(
                false,
                usual.authenticationTimeoutMillis(),
                usual.pingIntervalMillis(),
                usual.pingTimeoutMillis(),
                usual.outboxBytesMax(),
                usual.outboxStallMillis(),
                usual.readPauseBytes(),
                usual.heldMessagesMax(),
                usual.roomsMax(),
                usual.expiryNoticeMillis(),
                usual.expiryLeewayMillis(),
                usual.replayEntriesMax(),
                usual.replayBytesMax(),
                usual.grace());
    }

    /** Has so many connections join the room; {@code copies} makes each take a copy of what it gets. */
    void join(int members, boolean copies) {
        HandshakeRequest request = new HandshakeRequest(
                "GET",
                "HTTP/1.1",
                "/",
                List.of(
                        Map.entry("Host", "localhost"),
                        Map.entry("Upgrade", "websocket"),
                        Map.entry("Connection", "Upgrade"),
                        Map.entry("Sec-WebSocket-Key", "x3JJHMbDL1EzLkh9GBhXDw=="),
                        Map.entry("Sec-WebSocket-Version", "13")),
                false);
        ByteBuf join = masked("{\"type\":\"join_room\",\"data\":{\"roomId\":\"bench\"}}");
        for (int i = 0; i < members; i++) {
            if (!(sockets.answer(request, new Target("/", ""), InetAddress.getLoopbackAddress(), eventLoop)
                    instanceof WebSockets.Answer.Accepted accepted)) {
                throw new IllegalStateException("the handshake was refused");
            }
            Drain channel = new Drain(taken, accepted.handler());
            channels.add(channel);
            receive(channel, join);
            owner.iterate();
        }
        hub.with(ROOM, opened -> room = opened);
        owner.iterate();
        taken.copies = copies;
    }

    /** The room that was joined. */
    Room room() {
        Room joined = room;
        if (joined == null || joined.users() != channels.size()) {
            throw new IllegalStateException("not everybody is in the room");
        }
        return joined;
    }

    /** Has the frames arrive on one of the connections. */
    void receive(int connection, ByteBuf frames) {
        receive(channels.get(connection), frames);
    }

    private static void receive(Drain channel, ByteBuf frames) {
        channel.writeInbound(frames.copy()); // reading unmasks in place
    }

    /** Runs what is ready, up to the end of the iteration; answers how many bytes all sockets have taken so far. */
    long iterate() {
        owner.iterate();
        return taken.bytes;
    }

    /** A client's text frame. */
    static ByteBuf masked(String text) {
        ByteBuf frame = Unpooled.buffer();
        FrameWriter.masked(frame, Opcode.FIN | Opcode.TEXT, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8), MASK);
        return frame;
    }
}
