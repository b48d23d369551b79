package dev.peal.session;

import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.protocol.ClientMessage;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.Parsed;
import dev.peal.protocol.RequestId;
import dev.peal.protocol.ServerMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a client asks about its notifications: {@code read} and {@code notifications}. Pure of state; called on the connection's loop. */
final class Notices {
    private Notices() {}

    static void read(Session session, Parsed.Envelope envelope, Reply reply) {
        ask(
                session,
                reply,
                ClientMessage.Read.read(envelope.data()),
                (userId, message) -> session.sessions().notifications().markRead(userId, message.offset(), marked -> {
                    switch (marked) {
                        case DONE -> {
                            if (reply.wanted()) {
                                answer(session, () -> reply.sayLast(ServerMessages.ack(reply.id())));
                            }
                        }
                        case AHEAD -> answer(session, () -> reply.refuseLast(ErrorCode.INVALID_MESSAGE));
                        case UNAVAILABLE -> answer(session, () -> reply.refuseLast(ErrorCode.UNAVAILABLE));
                    }
                }));
    }

    static void list(Session session, Parsed.Envelope envelope, Reply reply) {
        ask(session, reply, ClientMessage.Notifications.read(envelope.data()), (userId, message) -> {
            Long before = message.before();
            session.sessions()
                    .notifications()
                    .page(
                            userId,
                            before == null ? Long.MAX_VALUE : before,
                            message.limit(),
                            page -> answer(session, () -> listed(reply, page)));
        });
    }

    /** Asks in the user's name, if the message is right and there is a user. */
    private static <M> void ask(Session session, Reply reply, @Nullable M message, BiConsumer<String, M> question) {
        String userId = session.caller().userId();
        if (message == null) {
            reply.refuse(ErrorCode.INVALID_MESSAGE);
        } else if (userId == null) {
            reply.refuse(ErrorCode.NOT_AUTHENTICATED);
        } else {
            question.accept(userId, message);
        }
    }

    private static void listed(Reply reply, Notifications.Listing page) {
        switch (page) {
            case Notifications.Listing.Found found -> reply.sayLast(frame(reply.id(), found.entries(), found.read()));
            case Notifications.Listing.Unavailable u -> reply.refuseLast(ErrorCode.UNAVAILABLE);
        }
    }

    private static byte[] frame(@Nullable RequestId id, LogRead.Complete page, long read) {
        List<ServerMessages.Entry> entries = new ArrayList<>();
        for (Entry entry : page.entries()) {
            if (entry.type().equals(Notifications.TYPE)) {
                entries.add(new ServerMessages.Entry(entry.type(), entry.offset(), entry.data()));
            }
        }
        long first = page.entries().isEmpty() ? 0 : page.entries().getFirst().offset();
        return ServerMessages.notifications(id, entries, read, first > page.oldest() ? first : 0);
    }

    /** Behind every push of the same iteration: the mark itself comes before its acknowledgement. */
    private static void answer(Session session, Runnable answer) {
        session.loop().loop().owner().execute(answer);
    }
}
