package dev.peal.session;

import dev.peal.app.Outcome;
import dev.peal.app.RoomMoment;
import dev.peal.app.Welcome;
import dev.peal.hub.Joining;
import dev.peal.hub.Present;
import dev.peal.hub.Room;
import dev.peal.hub.Who;
import dev.peal.log.RoomKey;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;
import dev.peal.protocol.ServerMessages;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A join on its way: how its answer is made, and where that goes. {@link #admitted} runs on the room's owner before all else, which runs on the connection's loop. */
final class Entering implements Joining {
    private static final Logger LOG = LoggerFactory.getLogger(Entering.class);

    private final Session session;
    private final Membership membership;
    private final Reply reply;
    private final Outcome.Join join;
    private final boolean counted;
    private Welcome.@Nullable Greeting greeting;

    Entering(Session session, Membership membership, Reply reply, Outcome.Join join, boolean counted) {
        this.session = session;
        this.membership = membership;
        this.reply = reply;
        this.join = join;
        this.counted = counted;
    }

    Membership membership() {
        return membership;
    }

    @Nullable
    Position since() {
        return join.since();
    }

    boolean counted() {
        return counted;
    }

    /** Whether the application has an answer of its own, which may be of any size. */
    boolean welcomes() {
        return join.welcome() != null;
    }

    /** Whom the room sees: a user, or who somebody without one says they are. */
    Who as(Who caller) {
        Outcome.Claim claim = join.as();
        return caller.userId() != null || claim == null
                ? caller
                : new Who(caller.key(), claim.userId(), claim.userName());
    }

    @Override
    public void admitted(Room room) {
        Welcome welcome = join.welcome();
        if (welcome == null) {
            return;
        }
        try {
            greeting = welcome.at(moment(room));
        } catch (RuntimeException e) {
            LOG.error(
                    "the application of {} failed to welcome somebody",
                    room.key().kind(),
                    e);
        }
    }

    private static RoomMoment moment(Room room) {
        List<Who> people = room.people(null, RoomMoment.PEOPLE_MAX).stream()
                .map(Present::who)
                .toList();
        return new RoomMoment(
                room.key(), new Position(room.epoch(), room.newest()), room.oldest(), room.users(), people);
    }

    @Override
    public void joined(String epoch, long oldest, long newest) {
        session.memberships().joined(this, new Position(epoch, newest), oldest);
    }

    @Override
    public void unavailable() {
        session.memberships().refused(membership, reply, ErrorCode.UNAVAILABLE, counted);
    }

    /** What a visitor is told, who joins nothing. Room's owner. */
    byte[] told(Room room, Position newest, Recovery recovery) {
        admitted(room);
        return frame(newest, recovery);
    }

    /** Answers, if an answer is wanted or there is something to say. */
    void answer(Position newest, Recovery recovery) {
        if (welcomes() || reply.wanted() || !(recovery instanceof Recovery.NotAsked)) {
            reply.say(frame(newest, recovery));
        }
    }

    private byte[] frame(Position newest, Recovery recovery) {
        RoomKey room = membership.member().key();
        if (!welcomes()) {
            String idField = session.sessions().hub().kind(room.kind()).idField();
            return ServerMessages.joined(
                    reply.id(), idField, room.id(), newest, session.sessions().durability(room.kind()), recovery);
        }
        Welcome.Greeting made = greeting;
        if (made == null) {
            return ServerMessages.error(reply.id(), ErrorCode.INTERNAL_ERROR);
        }
        Outcome.Reply said = made.say(recovery);
        return ServerMessages.reply(said.type(), reply.id(), said.data());
    }
}
