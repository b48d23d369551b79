package dev.peal.server.route;

import dev.peal.limit.AddressKey;
import dev.peal.limit.AddressLimit;
import dev.peal.limit.ClientBuckets;
import dev.peal.limit.MessageClass;
import dev.peal.limit.RateLimits;
import dev.peal.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How often one user may change something over HTTP: a message type of its own among those that a user may send. Who has no name counts by address. Thread-safe. */
public final class Writes {
    /** The name of its limit, {@code rate.http_write}. */
    public static final String TYPE = "http_write";

    private final RateLimits rates;
    private final MessageClass type;
    private final AddressLimit unnamed;
    private final Consumer<String> limited;

    /**
     * @param rates those of messages
     * @param limited told the type of each that was refused; for counting
     */
    public Writes(RateLimits rates, Clock clock, Consumer<String> limited) {
        this.limited = limited;
        this.rates = rates;
        this.type = rates.messageClass(TYPE);
        this.unnamed = new AddressLimit(type.limit(), clock);
    }

    /**
     * Takes one.
     *
     * @return 0 if it may pass, else in how many milliseconds the next one may
     */
    long tryTake(@Nullable String userId, AddressKey address) {
        long waitMillis = take(userId, address);
        if (waitMillis > 0) {
            limited.accept(type.type());
        }
        return waitMillis;
    }

    private long take(@Nullable String userId, AddressKey address) {
        if (userId == null) {
            return unnamed.tryTake(address);
        }
        ClientBuckets buckets = rates.open(userId);
        try {
            return rates.tryTake(buckets, type);
        } finally {
            rates.close(buckets);
        }
    }
}
