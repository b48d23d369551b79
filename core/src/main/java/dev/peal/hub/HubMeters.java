package dev.peal.hub;

/** What the hub counts. Called from every loop; implementations are thread-safe and allocate nothing. */
public interface HubMeters {
    /**
     * A batch was written.
     *
     * @param pushes how many pushes were in it
     * @param frames how many pushes its members took altogether
     */
    void batch(int pushes, long frames);

    /** A member was full, and its room's policy is to disconnect it. */
    void slow();

    /** Rooms in memory changed by so many. */
    void rooms(int change);

    /** Counts nothing. */
    HubMeters NONE = new HubMeters() {
        @Override
        public void batch(int pushes, long frames) {}

        @Override
        public void slow() {}

        @Override
        public void rooms(int change) {}
    };
}
