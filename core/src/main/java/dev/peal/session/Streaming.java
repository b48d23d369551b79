package dev.peal.session;

import dev.peal.app.Outlet;
import dev.peal.app.StreamApp;
import dev.peal.app.StreamClient;
import dev.peal.app.StreamOpening;
import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.limit.MessageClass;
import dev.peal.protocol.CloseReason;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.FlatParsed;
import dev.peal.protocol.RequestId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a session on the path of a {@link StreamApp} has in place of rooms: flat messages in, the application's frames out. Owned by the connection's loop. */
final class Streaming implements Outlet {
    private static final Logger LOG = LoggerFactory.getLogger(Streaming.class);

    /**
     * What is known of such a path before a connection comes.
     *
     * @param actions the rate limit of each action
     */
    record Path(StreamApp app, Map<String, MessageClass> actions, boolean anonymous) {}

    private final Session session;
    private final Path path;
    private final StreamClient client;

    Streaming(Session session, Path path, Map<String, String> query) {
        this.session = session;
        this.path = path;
        this.client = path.app().open(new StreamOpening(session.loop().loop(), query), this);
    }

    boolean anonymous() {
        return path.anonymous();
    }

    StreamClient client() {
        return client;
    }

    void take(byte[] bytes, int length) {
        switch (session.loop().reader().readFlat(bytes, 0, length)) {
            case FlatParsed.Malformed malformed -> session.malformed();
            case FlatParsed.Invalid invalid -> session.invalid(reply(invalid.id()));
            case FlatParsed.Own own ->
                session.take(own.envelope(), length, reply(own.envelope().id()));
            case FlatParsed.Action action -> take(action, length);
        }
    }

    private void take(FlatParsed.Action action, int length) {
        if (session.mustAuthenticateFirst()) {
            session.close(CloseReason.NOT_AUTHENTICATED);
            return;
        }
        @Nullable MessageClass known = path.actions().get(action.action());
        MessageClass messageClass = known == null ? session.sessions().unknown().messageClass() : known;
        Reply reply = reply(action.id());
        if (!session.admits(messageClass, length, reply)) {
            return;
        }
        if (known == null) {
            reply.refuse(ErrorCode.UNKNOWN_TYPE);
            return;
        }
        try {
            client.action(session.caller(), action);
        } catch (RuntimeException e) {
            LOG.error("the application {} failed on a message", path.app().name(), e);
            reply.refuse(ErrorCode.INTERNAL_ERROR);
        }
    }

    private Reply reply(@Nullable RequestId id) {
        return new InLine(session, id, id != null);
    }

    @Override
    public Format format() {
        return session.connection().format();
    }

    @Override
    public void write(EncodedBatch frames) {
        if (!session.closed()) {
            session.outbox().write(frames, 0, frames.count());
        }
    }

    @Override
    public void write(byte[] json) {
        session.reply(json);
    }

    @Override
    public boolean full() {
        Connection connection = session.connection();
        if (connection.pendingBytes() <= Connection.FULL_BYTES) {
            return false;
        }
        // Much may have come within this one iteration: the socket has not been asked yet.
        connection.flush();
        return connection.pendingBytes() > Connection.FULL_BYTES;
    }

    @Override
    public void close(CloseReason reason) {
        session.close(reason);
    }
}
