package dev.peal.auth;

import dev.peal.auth.AuthResult.Authenticated;
import dev.peal.auth.AuthResult.Refused;
import java.util.function.Consumer;

/** Token mode: everybody has a token, and its subject is the user. What else a client says about itself is not read. */
public final class TokenAuthenticator implements Authenticator {
    private final TokenVerifier verifier;
    private final Revocations revocations;

    public TokenAuthenticator(TokenVerifier verifier, Revocations revocations) {
        this.verifier = verifier;
        this.revocations = revocations;
    }

    @Override
    public void authenticate(Credentials credentials, Consumer<AuthResult> done) {
        if (credentials.token() == null) {
            done.accept(new Refused(RefusalReason.NO_TOKEN));
        } else {
            verifier.verify(credentials.token(), result -> done.accept(unlessRevoked(result)));
        }
    }

    private AuthResult unlessRevoked(AuthResult result) {
        return result instanceof Authenticated(Identity identity) && revocations.refuses(identity)
                ? new Refused(RefusalReason.REVOKED)
                : result;
    }
}
