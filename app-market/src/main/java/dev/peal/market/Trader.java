package dev.peal.market;

import dev.peal.app.Outlet;
import dev.peal.time.Owner;
import org.jspecify.annotations.Nullable;

/** One connection, as those who trade are told through it. Belongs to the market's owner, but for {@link #tell}, which any thread may call. */
final class Trader {
    private final Owner loop;
    private final Outlet outlet;
    /** Whom it counts as; null: nobody who was told to {@link Trading}. */
    @Nullable
    String user;

    /** Whether it wants to hear of the account. */
    boolean followsAccount;

    /** @param loop the connection's */
    Trader(Owner loop, Outlet outlet) {
        this.loop = loop;
        this.outlet = outlet;
    }

    /** Writes a message; of one that is closed nothing comes. */
    void tell(byte[] json) {
        loop.execute(() -> outlet.write(json));
    }
}
