package dev.peal.auth;

import dev.peal.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The users and tokens that are refused, in memory. Thread-safe; asking takes two look-ups and no lock.
 *
 * <p>To make one survive a restart, whoever revokes also stores it, and gives it back through {@link #revoke} before the server listens.
 */
public final class Revocations {
    /** How long after its expiry a revoked token is remembered: longer than any leeway. */
    static final long KEPT_AFTER_EXPIRY_MILLIS = 600_000;

    private final int revocationsMax;
    private final Clock clock;
    private final ConcurrentHashMap<String, Revocation.OfUser> users = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Revocation.OfToken> tokens = new ConcurrentHashMap<>();
    private final List<Consumer<Revocation>> listeners = new CopyOnWriteArrayList<>();

    /** @param revocationsMax the most users, and the most tokens, that are remembered at once */
    public Revocations(int revocationsMax, Clock clock) {
        this.revocationsMax = revocationsMax;
        this.clock = clock;
    }

    /** Up to 100,000 users and as many tokens. */
    public Revocations(Clock clock) {
        this(100_000, clock);
    }

    /**
     * Refuses from now on, then tells the listeners, on this thread. A user's earlier revocation stays if it reaches further.
     *
     * @return false if there is no room: nothing was revoked, and somebody must look
     */
    public boolean revoke(Revocation revocation) {
        boolean kept = switch (revocation) {
            case Revocation.OfUser user -> keep(user);
            case Revocation.OfToken token -> keep(token);
        };
        if (kept) {
            listeners.forEach(listener -> listener.accept(revocation));
        }
        return kept;
    }

    /** Refuses what this user holds up to now: it needs a newer token. */
    public boolean revokeUser(String userId) {
        return revoke(new Revocation.OfUser(userId, clock.millis()));
    }

    /** Takes a user's or a token's revocation back. */
    public void forgive(Revocation revocation) {
        switch (revocation) {
            case Revocation.OfUser user -> users.remove(user.userId());
            case Revocation.OfToken token -> tokens.remove(token.tokenId());
        }
    }

    /** Whether this identity is refused; asked at each sign-in and each resume. */
    public boolean refuses(Identity identity) {
        var user = users.get(identity.userId());
        if (user != null && user.refuses(identity)) {
            return true;
        }
        return identity.tokenId() != null && tokens.containsKey(identity.tokenId());
    }

    /**
     * Tells of every revocation from now on, so that live connections are cut.
     *
     * @param listener called on the revoking thread, after {@link #refuses} knows; it must not block or throw
     */
    public void listen(Consumer<Revocation> listener) {
        listeners.add(listener);
    }

    /** What is refused of a user. */
    public Optional<Revocation.OfUser> ofUser(String userId) {
        return Optional.ofNullable(users.get(userId));
    }

    /** What is remembered now. */
    public Stream<Revocation> all() {
        return Stream.concat(users.values().stream(), tokens.values().stream());
    }

    private boolean keep(Revocation.OfUser user) {
        if (users.size() >= revocationsMax && !users.containsKey(user.userId())) {
            return false;
        }
        users.merge(
                user.userId(), user, (held, given) -> held.notAfterMillis() > given.notAfterMillis() ? held : given);
        return true;
    }

    private boolean keep(Revocation.OfToken token) {
        if (tokens.size() >= revocationsMax && !tokens.containsKey(token.tokenId())) {
            long now = clock.millis();
            tokens.values().removeIf(held -> held.expiresAtMillis() < now - KEPT_AFTER_EXPIRY_MILLIS);
            if (tokens.size() >= revocationsMax) {
                return false;
            }
        }
        tokens.put(token.tokenId(), token);
        return true;
    }
}
