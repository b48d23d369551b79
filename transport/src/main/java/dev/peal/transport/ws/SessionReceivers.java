package dev.peal.transport.ws;

import dev.peal.hub.Loop;
import dev.peal.limit.AddressKey;
import dev.peal.limit.ConnectionLimits;
import dev.peal.protocol.CloseReason;
import dev.peal.session.Connection;
import dev.peal.session.Opening;
import dev.peal.session.Session;
import dev.peal.session.Sessions;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.util.List;

/** Opens a session for every connection that the limits admit; the others are told why and closed. Thread-safe. */
public final class SessionReceivers implements Receivers {
    private static final String TRANSPORT = "ws";

    private final Sessions sessions;
    private final List<Loop> loops;
    private final ConnectionLimits limits;

    /**
     * @param loops the hub's loops, in the order of the event loops
     */
    public SessionReceivers(Sessions sessions, List<Loop> loops, ConnectionLimits limits) {
        this.sessions = sessions;
        this.loops = List.copyOf(loops);
        this.limits = limits;
    }

    @Override
    public Receiver open(WebSocketHandler connection, Target target, InetAddress client, int loop) {
        AddressKey address = AddressKey.of(client);
        return switch (limits.acquire(address)) {
            case ADMITTED -> admitted(connection, target, client, address, loop);
            case ADDRESS_FULL -> refused(connection, CloseReason.TOO_MANY_CONNECTIONS);
            case SERVER_FULL -> refused(connection, CloseReason.OVERLOADED);
        };
    }

    private Receiver admitted(Connection connection, Target target, InetAddress client, AddressKey address, int loop) {
        Opening opening = new Opening(target.path(), client, TRANSPORT);
        Session session = sessions.open(connection, opening, target.parameters(), loops.get(loop));
        return new SessionReceiver(session, address, limits);
    }

    private static Receiver refused(Connection connection, CloseReason reason) {
        connection.close(reason);
        return Receiver.NONE;
    }

    private record SessionReceiver(Session session, AddressKey address, ConnectionLimits limits) implements Receiver {
        @Override
        public void text(ByteBuf payload) {
            session.text(payload);
        }

        @Override
        public void binary(ByteBuf payload) {
            session.binary();
        }

        @Override
        public void alive() {
            session.alive();
        }

        @Override
        public void drained() {
            session.drained();
        }

        @Override
        public void goodbye() {
            session.goodbye();
        }

        @Override
        public void gone() {
            limits.release(address);
            session.gone();
        }
    }
}
