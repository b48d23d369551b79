package dev.peal.market;

import dev.peal.app.Outlet;
import dev.peal.protocol.CloseReason;
import dev.peal.time.Owner;
import org.jspecify.annotations.Nullable;

/** One connection, as those who trade are told through it. Belongs to the market's owner, but for {@link #tell}, which any thread may call. */
final class Trader {
    /** What may be said to a socket that is full, until it takes something up: what others of the user's connections do cannot make this one's pause. */
    static final int BEHIND_BYTES_MAX = 1 << 20;

    private final Owner loop;
    private final Outlet outlet;
    /** Whom it counts as; null: nobody who was told to {@link Trading}. */
    @Nullable
    String user;

    /** Whether it wants to hear of the account. */
    boolean followsAccount;

    /** What was said since its socket was full; its loop's. */
    private int behindBytes;

    /** @param loop the connection's */
    Trader(Owner loop, Outlet outlet) {
        this.loop = loop;
        this.outlet = outlet;
    }

    /** Writes a message; of one that is closed nothing comes. Each counts, so that one whose socket takes too little is closed: it connects again and asks for its account. */
    void tell(byte[] json) {
        loop.execute(() -> write(json));
    }

    private void write(byte[] json) {
        behindBytes = outlet.full() ? behindBytes + json.length : 0;
        if (behindBytes > BEHIND_BYTES_MAX) {
            outlet.close(CloseReason.SLOW_READER);
        } else {
            outlet.write(json);
        }
    }
}
