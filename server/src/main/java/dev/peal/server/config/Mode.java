package dev.peal.server.config;

/** Closed sets of words that settings choose from. */
public final class Mode {
    private Mode() {}

    /** Which kernel interface to use. */
    public enum Transport {
        AUTO,
        IO_URING,
        EPOLL,
        KQUEUE,
        NIO
    }

    /** How callers are known. */
    public enum Auth {
        TOKEN,
        OPEN
    }

    /** Whether guests get tokens. */
    public enum Guests {
        /** Unless an issuer of users is configured. */
        AUTO,
        ON,
        OFF
    }

    /** Where the market comes from. */
    public enum Market {
        EXCHANGE,
        REPLAY,
        INGEST
    }

    /** Where rooms are kept. */
    public enum Engine {
        SQLITE,
        MEMORY
    }
}
