package dev.peal.hub;

import dev.peal.log.RoomKey;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One connection's place in one room. Made by the session when it first asks to join, and handed to the hub with every later request.
 *
 * <p>Two owners, two sets of fields: {@code room}, {@code present} and {@code heldBack} belong to the room's owner; {@code slot}, {@code live} and {@code lag} to
 * the connection's loop.
 */
public final class Member {
    static final int NOT_LISTED = -1;

    private final RoomKey key;
    private final Subscriber subscriber;
    private final Loop loop;

    /** Room's owner: the room that counts this member, while one does. */
    @Nullable
    Room room;

    /** Room's owner: whom this member counts as, while it is in. */
    @Nullable
    Present present;

    /** Room's owner: what the connection asked for while an earlier question of its own is being decided; null while there is none. */
    private @Nullable ArrayDeque<Runnable> heldBack;

    /** Connection's loop: index in its roster. */
    int slot = NOT_LISTED;

    /** Connection's loop: whether stored entries come live; while it replays, only signals do. */
    boolean live;

    /** Connection's loop: set while its connection is full and the room's policy is not to disconnect. */
    @Nullable
    Lag lag;

    Member(RoomKey key, Subscriber subscriber, Loop loop) {
        this.key = key;
        this.subscriber = subscriber;
        this.loop = loop;
    }

    public RoomKey key() {
        return key;
    }

    /** Whether stored entries come live. Connection's loop. */
    public boolean live() {
        return live;
    }

    /** What the connection asks of the room from now on waits, until {@link #goOn}. Room's owner, as all of these. */
    public void holdBack() {
        heldBack = new ArrayDeque<>();
    }

    /** Whether what the connection asks waits. */
    public boolean holdsBack() {
        return heldBack != null;
    }

    /** Lets a step wait if the member is held back; false if it is not, and the step is to be done. */
    public boolean waits(Runnable step) {
        if (heldBack == null) {
            return false;
        }
        heldBack.addLast(step);
        return true;
    }

    /** How many steps wait. */
    public int waiting() {
        return heldBack == null ? 0 : heldBack.size();
    }

    /** Ends a {@link #holdBack}: does a step, and then what waited for it, until the member is held back again. */
    public void goOn(Runnable first) {
        ArrayDeque<Runnable> waiting = heldBack;
        heldBack = null;
        first.run();
        while (waiting != null && !waiting.isEmpty()) {
            if (heldBack != null) {
                heldBack.addAll(waiting);
                return;
            }
            waiting.removeFirst().run();
        }
    }

    Subscriber subscriber() {
        return subscriber;
    }

    Loop loop() {
        return loop;
    }
}
