package dev.peal.transport.ws;

/** What the transport counts. Called from every loop; implementations are thread-safe and allocate nothing. */
public interface WebSocketMeters {
    /** Open connections changed by so many. */
    void connections(int change);

    /** Bytes came off the socket. */
    void read(int bytes);

    /** Bytes were written towards the socket. */
    void wrote(int bytes);

    /**
     * A peer broke the protocol or a limit.
     *
     * @param code the status code that it is sent
     * @param reason one of a few stable texts
     */
    void violation(int code, String reason);

    /** Counts nothing. */
    WebSocketMeters NONE = new WebSocketMeters() {
        @Override
        public void connections(int change) {}

        @Override
        public void read(int bytes) {}

        @Override
        public void wrote(int bytes) {}

        @Override
        public void violation(int code, String reason) {}
    };
}
