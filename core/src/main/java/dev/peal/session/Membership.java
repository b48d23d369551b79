package dev.peal.session;

import dev.peal.hub.Member;
import org.jspecify.annotations.Nullable;

/**
 * A session's view of one room: its place there, and what is under way. Owned by the connection's loop.
 *
 * <p>It exists as soon as a message names the room, so that a join and a message sent right behind it mean the same member; one that came to nothing is forgotten
 * when the last request about it was answered.
 */
final class Membership {
    private final Member member;
    private @Nullable Replay replay;
    private int asked;
    private boolean in;

    Membership(Member member) {
        this.member = member;
    }

    Member member() {
        return member;
    }

    boolean isOf(String kind, String roomId) {
        return member.key().id().equals(roomId) && member.key().kind().equals(kind);
    }

    boolean in() {
        return in;
    }

    void entered() {
        in = true;
    }

    void left() {
        in = false;
        stopReplay();
    }

    /** A request goes to the room while this connection is not in it. */
    void ask() {
        asked++;
    }

    void answered() {
        asked--;
    }

    boolean isIdle() {
        return !in && asked == 0;
    }

    void replay(Replay started) {
        stopReplay();
        replay = started;
    }

    @Nullable
    Replay replay() {
        return replay;
    }

    void stopReplay() {
        if (replay != null) {
            replay.stop();
            replay = null;
        }
    }
}
