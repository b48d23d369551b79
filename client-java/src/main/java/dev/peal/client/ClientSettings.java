package dev.peal.client;

/**
 * A client's times, in milliseconds, and limits.
 *
 * @param maxQueueSize publishes that wait for their acknowledgement, in all rooms
 * @param maxEvents of one room that wait for one subscriber; who is slower reads what was stored from the room's history
 */
public record ClientSettings(
        Reconnect reconnect, Heartbeat heartbeat, Patience patience, int maxQueueSize, int maxEvents) {
    public static final ClientSettings DEFAULT = new ClientSettings(
            new Reconnect(1_000, 1.5, 30_000, 10_000, 600_000),
            new Heartbeat(30_000, 10_000),
            new Patience(20_000, 30_000, 15_000),
            1_000,
            1_000);

    /** A subscriber that fell behind reads pages of this many entries; its queue must hold one. */
    static final int PAGE = 200;

    public ClientSettings {
        if (maxQueueSize < 1 || maxEvents < PAGE) {
            throw new IllegalArgumentException("maxQueueSize: from 1; maxEvents: from " + PAGE);
        }
    }

    /**
     * When to come back.
     *
     * @param reconnectInterval the longest first wait
     * @param reconnectDecay by which the longest wait grows with each failure
     * @param maxReconnectInterval what it grows to
     * @param stableMillis signed in for so long, a connection's failures are counted anew
     * @param betterAgainMillis after so long on a fallback the next reconnect begins with the best transport again
     */
    public record Reconnect(
            int reconnectInterval,
            double reconnectDecay,
            int maxReconnectInterval,
            int stableMillis,
            int betterAgainMillis) {
        public Reconnect {
            if (reconnectInterval < 0 || reconnectDecay < 1 || maxReconnectInterval < reconnectInterval) {
                throw new IllegalArgumentException("the wait grows from reconnectInterval to maxReconnectInterval");
            }
        }
    }

    /**
     * How a client finds that nobody is there any more.
     *
     * @param pingEveryMillis how often it asks for a sign of life
     * @param pongMillisMax how long that may take
     */
    public record Heartbeat(int pingEveryMillis, int pongMillisMax) {
        public Heartbeat {
            if (pongMillisMax < 1 || pongMillisMax > pingEveryMillis) {
                throw new IllegalArgumentException("pongMillisMax: from 1 to pingEveryMillis");
            }
        }
    }

    /**
     * How long others may take.
     *
     * @param signInMillisMax from the beginning of a connection to the answer to its sign-in
     * @param answerMillisMax any other answer
     * @param tokenMillisMax the token provider
     */
    public record Patience(int signInMillisMax, int answerMillisMax, int tokenMillisMax) {}

    public ClientSettings with(Reconnect other) {
        return new ClientSettings(other, heartbeat, patience, maxQueueSize, maxEvents);
    }

    public ClientSettings with(Heartbeat other) {
        return new ClientSettings(reconnect, other, patience, maxQueueSize, maxEvents);
    }

    public ClientSettings withMaxQueueSize(int size) {
        return new ClientSettings(reconnect, heartbeat, patience, size, maxEvents);
    }

    public ClientSettings withMaxEvents(int events) {
        return new ClientSettings(reconnect, heartbeat, patience, maxQueueSize, events);
    }
}
