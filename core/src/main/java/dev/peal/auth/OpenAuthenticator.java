package dev.peal.auth;

import dev.peal.auth.AuthResult.Anonymous;
import dev.peal.auth.AuthResult.Authenticated;
import dev.peal.auth.AuthResult.Refused;
import dev.peal.time.Clock;
import java.util.function.Consumer;

/** Open mode, for development: a client is who it says, or nobody. A token is still judged, and then it alone counts. */
public final class OpenAuthenticator implements Authenticator {
    private final Authenticator tokens;
    private final Clock clock;

    /** @param tokens judges a token where there is one */
    public OpenAuthenticator(TokenAuthenticator tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public void authenticate(Credentials credentials, Consumer<AuthResult> done) {
        if (credentials.token() != null) {
            tokens.authenticate(credentials, done);
        } else {
            done.accept(believe(credentials));
        }
    }

    private AuthResult believe(Credentials credentials) {
        String userId = credentials.userId();
        if (userId == null) {
            return new Anonymous();
        }
        if (!UserIds.valid(userId)) {
            return new Refused(RefusalReason.BAD_SUBJECT);
        }
        String said = credentials.userName() == null ? "" : credentials.userName();
        String name = UserIds.displayName(said, UserIds.CODE_POINTS_MAX);
        return new Authenticated(new Identity(
                userId, name.isEmpty() ? userId : name, false, Identity.NEVER, clock.millis(), RoomGlobs.ALL, null));
    }
}
