package dev.peal.auth;

import dev.peal.time.Clock;
import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer's published keys. They are fetched at the start, on a timer, and when a token names a key that is not known; the last at most once a minute,
 * whatever tokens come. One fetch at a time, on a daemon thread of its own; whoever needs a key meanwhile waits for that fetch.
 *
 * <p>While the issuer cannot be reached, the last keys stay. A key that it no longer publishes is no longer believed from the next fetch on.
 */
public final class JwksKeys extends IssuerKeys implements AutoCloseable {
    /** How soon a failed fetch is repeated. */
    static final long RETRY_MILLIS = 10_000;

    private static final Logger log = LoggerFactory.getLogger(JwksKeys.class);

    /** A caller, and when its wish arose. */
    private record Waiting(long wishNanos, Consumer<Refresh> done) {}

    private final JwksOptions options;
    private final JwksFetch fetch;
    private final JwksThread thread;
    private final Clock clock;
    private volatile List<VerificationKey> keys = List.of();

    private final Object lock = new Object();
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean closed;
    private boolean fetching;
    private boolean askedBefore;
    private long askedNanos;

    /** Counts fetches, so that a timer that was set before the newest one does nothing. */
    private long fetches;

    JwksKeys(JwksOptions options, JwksFetch fetch, JwksThread thread, Clock clock) {
        this.options = options;
        this.fetch = fetch;
        this.thread = thread;
        this.clock = clock;
    }

    /** Keys that are fetched from now on, until {@link #close}. Does not wait for the first answer. */
    public static JwksKeys open(JwksOptions options, Clock clock) {
        var thread = new JwksThread.Daemon();
        var opened = new JwksKeys(options, JwksFetch.http(options, thread::execute), thread, clock);
        opened.begin();
        return opened;
    }

    @Override
    TokenAlgorithm algorithm() {
        return options.algorithm();
    }

    /** Without an id any key may be meant, as long as there are few. */
    @Override
    List<VerificationKey> find(@Nullable String keyId) {
        var now = keys;
        if (keyId == null) {
            return now.size() <= CANDIDATES_MAX ? now : List.of();
        }
        return now.stream()
                .filter(key -> keyId.equals(key.id()))
                .limit(CANDIDATES_MAX)
                .toList();
    }

    @Override
    void refresh(long wishNanos, Consumer<Refresh> done) {
        synchronized (lock) {
            if (mayWait()) {
                waiting.add(new Waiting(wishNanos, done));
                begin();
                return;
            }
        }
        done.accept(Refresh.DENIED);
    }

    /** Stops fetching; who waits is told that there are no keys. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        thread.close();
        tell(clock.nanos(), false);
    }

    /** Whether a fetch is under way or may be begun for a caller's sake, and there is room to wait for it. */
    private boolean mayWait() {
        if (closed || waiting.size() >= options.waitingMax()) {
            return false;
        }
        if (fetching) {
            return true;
        }
        long now = clock.nanos();
        if (askedBefore && TimeUnit.NANOSECONDS.toMillis(now - askedNanos) < options.unknownKeyMillis()) {
            return false;
        }
        askedBefore = true;
        askedNanos = now;
        return true;
    }

    /** Begins to fetch, unless a fetch is under way. */
    void begin() {
        synchronized (lock) {
            if (!fetching && !closed) {
                fetching = true;
                fetches++;
                thread.execute(this::run);
            }
        }
    }

    private void run() {
        long begunNanos = clock.nanos();
        boolean fetched = fetchOnce();
        beginAgainAfter(fetched ? options.refreshMillis() : Math.min(RETRY_MILLIS, options.refreshMillis()));
        tell(begunNanos, fetched);
    }

    private void beginAgainAfter(long pauseMillis) {
        synchronized (lock) {
            long fetchesNow = fetches;
            if (!closed) {
                thread.schedule(() -> timer(fetchesNow), pauseMillis);
            }
        }
    }

    private void timer(long fetchesThen) {
        synchronized (lock) {
            if (fetches == fetchesThen) {
                begin();
            }
        }
    }

    private boolean fetchOnce() {
        try {
            keys = JwksDocument.parse(fetch.fetch(), options.algorithm());
            log.debug("{} keys from {}", keys.size(), options.url());
            return true;
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException | ParseException | RuntimeException failed) {
            // RuntimeException too: what the library throws at a hostile document must not end the timer.
            log.warn("no keys from {}: {}", options.url(), Objects.toString(failed.getMessage()));
            return false;
        }
    }

    private void tell(long begunNanos, boolean fetched) {
        List<Waiting> told;
        synchronized (lock) {
            fetching = false;
            told = List.copyOf(waiting);
            waiting.clear();
        }
        for (var caller : told) {
            boolean fresh = begunNanos - caller.wishNanos() >= 0;
            try {
                caller.done().accept(!fetched ? Refresh.DENIED : fresh ? Refresh.FRESH : Refresh.OLDER);
            } catch (RuntimeException bug) {
                log.error("a caller that waited for keys failed", bug);
            }
        }
    }
}
