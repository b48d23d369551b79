package dev.peal.server.request;

import dev.peal.app.Caller;
import dev.peal.auth.AuthResult;
import dev.peal.auth.Authenticator;
import dev.peal.auth.Credentials;
import dev.peal.auth.Identity;
import dev.peal.auth.RefusalReason;
import dev.peal.hub.Who;
import dev.peal.limit.AddressKey;
import dev.peal.limit.AddressLimit;
import dev.peal.transport.http.Refusal;
import dev.peal.transport.http.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds out who sends a request, and whether it comes too often. Thread-safe. */
public final class Callers {
    private static final String BEARER = "Bearer ";

    /** The key of an unnamed caller: no user id, since it stands for all of them. */
    private static final String NOBODY = "~";

    private final Authenticator authenticator;
    private final AddressLimit reads;
    private final Consumer<RefusalReason> refused;

    /**
     * @param reads how often one address may read
     * @param refused told why a caller was refused; for counting
     */
    public Callers(Authenticator authenticator, AddressLimit reads, Consumer<RefusalReason> refused) {
        this.authenticator = authenticator;
        this.reads = reads;
        this.refused = refused;
    }

    /** Counts a read. */
    public void countRead(Request request) throws Refusal {
        long waitMillis = reads.tryTake(AddressKey.of(request.client()));
        if (waitMillis > 0) {
            throw tooOften("Too many reads from this address.", waitMillis);
        }
    }

    public static Refusal tooOften(String detail, long waitMillis) {
        return Refusal.of(429, "rate_limited", detail, Map.of("Retry-After", seconds(waitMillis)));
    }

    /** Whole seconds, rounded up, for {@code Retry-After}. */
    public static String seconds(long millis) {
        return Long.toString(Math.max(1, (millis + 999) / 1_000));
    }

    /** The token that a request carries in its header. */
    public static Optional<String> token(Request request) throws Refusal {
        List<String> given = request.headers().getAll("Authorization");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        String value = given.getFirst();
        if (given.size() > 1 || !value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw notAuthenticated();
        }
        return Optional.of(value.substring(BEARER.length()).strip());
    }

    /**
     * Judges a request's token.
     *
     * @param userId who an unnamed caller says it is, believed in open mode alone; or null
     * @return the identity, nothing for nobody in particular (open mode alone); fails with a {@link Refusal}
     */
    public CompletionStage<Optional<Identity>> judge(
            Request request, @Nullable String userId, @Nullable String userName) throws Refusal {
        Credentials credentials = new Credentials(token(request).orElse(null), userId, userName);
        CompletableFuture<AuthResult> result = new CompletableFuture<>();
        authenticator.authenticate(credentials, result::complete);
        return result.thenApply(this::identity);
    }

    private Optional<Identity> identity(AuthResult result) {
        return switch (result) {
            case AuthResult.Authenticated known -> Optional.of(known.identity());
            case AuthResult.Anonymous nobody -> Optional.empty();
            case AuthResult.Refused refusal -> {
                refused.accept(refusal.reason());
                throw new CompletionException(
                        refusal.reason().temporary()
                                ? unavailable("Tokens cannot be checked now.")
                                : notAuthenticated());
            }
        };
    }

    /** The caller that an identity makes; nobody in particular where there is none. */
    public static Caller caller(@Nullable Identity identity) {
        return identity == null
                ? new Caller(new Who(NOBODY, null, null), null)
                : new Caller(new Who(identity.userId(), identity.userId(), identity.userName()), identity);
    }

    public static Refusal notAuthenticated() {
        return Refusal.of(
                401,
                "not_authenticated",
                "A valid token is needed: Authorization: Bearer, or a ticket for an event stream.",
                Map.of("WWW-Authenticate", "Bearer"));
    }

    public static Refusal unavailable(String detail) {
        return Refusal.of(503, "unavailable", detail, Map.of("Retry-After", "1"));
    }
}
