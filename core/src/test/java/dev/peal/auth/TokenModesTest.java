package dev.peal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.auth.AuthResult.Anonymous;
import dev.peal.auth.AuthResult.Authenticated;
import dev.peal.auth.AuthResult.Refused;
import dev.peal.time.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenModesTest {
    private final ManualClock clock = new ManualClock();
    private final Secret secret = Secret.random();
    private final TokenMinter minter = new TokenMinter("peal", "peal", secret, clock);
    private final Revocations revocations = new Revocations(clock);
    private final TokenAuthenticator tokenMode =
            new TokenAuthenticator(new TokenVerifier(List.of(minter.issuer()), clock), revocations);
    private final Authenticator openMode = new OpenAuthenticator(tokenMode, clock);

    @Test
    void aMintedTokenNamesItsUser() {
        String token = minter.mint("ann", Optional.of("Ann"), 3_600_000, RoomGlobs.of(List.of("a", "b*")));
        var ann = identity(judge(tokenMode, token, null, null));
        assertThat(ann.userId()).isEqualTo("ann");
        assertThat(ann.userName()).isEqualTo("Ann");
        assertThat(ann.guest()).isFalse();
        assertThat(ann.expiresAtMillis()).isEqualTo(clock.millis() + 3_600_000);
        assertThat(ann.issuedAtMillis()).isEqualTo(clock.millis());
        assertThat(ann.rooms().allows("bees")).isTrue();
        assertThat(ann.rooms().allows("c")).isFalse();
        assertThat(ann.tokenId()).isNotNull();
    }

    @Test
    void withoutANameTheIdIsShown() {
        assertThat(identity(judge(tokenMode, mint("ann"), null, null)).userName())
                .isEqualTo("ann");
    }

    @Test
    void mintsForNobodyWhoCannotBe() {
        for (String id : List.of("", "a\n", "x".repeat(129), "guest-a")) {
            assertThatThrownBy(() -> mint(id)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> minter.mint("ann", Optional.empty(), 999, RoomGlobs.ALL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(identity(judge(tokenMode, mint("𝒳".repeat(128)), null, null))
                        .userId())
                .hasSize(256);
    }

    @Test
    void theLeewayIsAMinuteAtEitherEnd() {
        String token = mint("ann");
        clock.advanceMillis(3_600_000 + 59_999);
        assertThat(judge(tokenMode, token, null, null)).isInstanceOf(Authenticated.class);
        clock.advanceMillis(1);
        assertThat(judge(tokenMode, token, null, null)).isEqualTo(new Refused(RefusalReason.EXPIRED));
        long now = clock.millis() / 1000;
        assertThat(judge(tokenMode, forged().claim("nbf", now + 60).signed(own()), null, null))
                .isInstanceOf(Authenticated.class);
        assertThat(judge(tokenMode, forged().claim("nbf", now + 61).signed(own()), null, null))
                .isEqualTo(new Refused(RefusalReason.NOT_YET_VALID));
    }

    @Test
    void readsWhatIssuersMayWrite() {
        assertThat(judge(tokenMode, forged().header("typ", "at+JWT").signed(own()), null, null))
                .isInstanceOf(Authenticated.class);
        assertThat(judge(tokenMode, forged().without("typ").signed(own()), null, null))
                .isInstanceOf(Authenticated.class);
        assertThat(judge(tokenMode, forged().claim("aud", List.of("x", "peal")).signed(own()), null, null))
                .isInstanceOf(Authenticated.class);
        assertThat(judge(
                        tokenMode,
                        forged().claim("exp", clock.millis() / 1000 + 0.5).signed(own()),
                        null,
                        null))
                .isInstanceOf(Authenticated.class);
        assertThat(judge(tokenMode, forged().header("kid", "any").signed(own()), null, null))
                .isInstanceOf(Authenticated.class);
        assertThat(identity(judge(tokenMode, forged().claim("rooms", List.of()).signed(own()), null, null))
                        .rooms()
                        .allows("a"))
                .isFalse();
    }

    @Test
    void aTokenMayHaveSoManyBytesAndNotOneMore() {
        String longest = ofLength(TokenVerifier.TOKEN_BYTES_MAX);
        assertThat(judge(tokenMode, longest, null, null)).isInstanceOf(Authenticated.class);
        assertThat(judge(tokenMode, longest + "A", null, null)).isEqualTo(new Refused(RefusalReason.TOO_LONG));
    }

    @Test
    void whileASecretIsReplacedBothCount() {
        var next = Secret.random();
        var both = new TrustedIssuer("peal", "peal", IssuerKeys.secrets(List.of(next, secret)));
        var verifier = new TokenVerifier(List.of(both), clock);
        assertThat(verifier.verifyAtOnce(forged().signed(own()))).isInstanceOf(Authenticated.class);
        assertThat(verifier.verifyAtOnce(forged().signed(Forge.hmac(next.bytes()))))
                .isInstanceOf(Authenticated.class);
    }

    @Test
    void tokenModeReadsNothingButTheToken() {
        assertThat(identity(judge(tokenMode, mint("ann"), "eve", "Eve")).userId())
                .isEqualTo("ann");
        assertThat(judge(tokenMode, null, "eve", "Eve")).isEqualTo(new Refused(RefusalReason.NO_TOKEN));
    }

    @Test
    void openModeBelievesWhoOneSaysOneIs() {
        var eve = identity(judge(openMode, null, "eve", " Eve\n"));
        assertThat(eve.userId()).isEqualTo("eve");
        assertThat(eve.userName()).isEqualTo("Eve");
        assertThat(eve.expires()).isFalse();
        assertThat(judge(openMode, null, null, "Eve")).isEqualTo(new Anonymous());
        assertThat(judge(openMode, null, "", null)).isEqualTo(new Refused(RefusalReason.BAD_SUBJECT));
    }

    @Test
    void openModeStillJudgesAToken() {
        assertThat(judge(openMode, "x", "eve", null)).isEqualTo(new Refused(RefusalReason.MALFORMED));
        assertThat(identity(judge(openMode, mint("ann"), "eve", null)).userId()).isEqualTo("ann");
    }

    @Test
    void aRevokedUserNeedsANewerToken() {
        String token = mint("ann");
        assertThat(revocations.revokeUser("ann")).isTrue();
        assertThat(judge(tokenMode, token, null, null)).isEqualTo(new Refused(RefusalReason.REVOKED));
        assertThat(judge(tokenMode, mint("ann"), null, null)).isEqualTo(new Refused(RefusalReason.REVOKED));
        clock.advanceMillis(1000);
        assertThat(judge(tokenMode, mint("ann"), null, null)).isInstanceOf(Authenticated.class);
        assertThat(judge(tokenMode, token, null, null)).isEqualTo(new Refused(RefusalReason.REVOKED));
    }

    private String mint(String user) {
        return minter.mint(user, Optional.empty(), 3_600_000, RoomGlobs.ALL);
    }

    private Forge forged() {
        return Forge.token("HS256", "peal", clock.millis());
    }

    private Forge.Signer own() {
        return Forge.hmac(secret.bytes());
    }

    /** Three quarters of what the claims grow by; the last step by the header, which shifts the total by one. */
    private String ofLength(int bytes) {
        for (int header = 0; header < 4; header++) {
            for (int filler = bytes * 3 / 4 - 400; filler < bytes; filler++) {
                String token = forged().header("x", "x".repeat(header))
                        .claim("x", "x".repeat(filler))
                        .signed(own());
                if (token.length() == bytes) {
                    return token;
                }
                if (token.length() > bytes) {
                    break;
                }
            }
        }
        throw new AssertionError("no token has " + bytes + " bytes");
    }

    private static Identity identity(AuthResult result) {
        assertThat(result).isInstanceOf(Authenticated.class);
        return ((Authenticated) result).identity();
    }

    private static AuthResult judge(
            Authenticator authenticator, @Nullable String token, @Nullable String userId, @Nullable String userName) {
        var results = new ArrayList<AuthResult>();
        authenticator.authenticate(new Credentials(token, userId, userName), results::add);
        assertThat(results).hasSize(1);
        return results.getFirst();
    }
}
