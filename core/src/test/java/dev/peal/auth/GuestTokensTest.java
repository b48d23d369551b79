package dev.peal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.auth.AuthResult.Authenticated;
import dev.peal.auth.GuestTokens.Result;
import dev.peal.auth.GuestTokens.Result.Issued;
import dev.peal.time.ManualClock;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuestTokensTest {
    private static final InetAddress ADDRESS = InetAddress.getLoopbackAddress();

    private final ManualClock clock = new ManualClock();
    private final Revocations revocations = new Revocations(clock);
    private final Secret secret = Secret.random();
    private final TokenMinter users = new TokenMinter("peal", "peal", Secret.random(), clock);
    private int left = 10;
    private final GuestTokens guests = new GuestTokens(
            "peal",
            secret,
            GuestTokens.LIFETIME_MILLIS_DEFAULT,
            TokenVerifier.LEEWAY_MILLIS_DEFAULT,
            revocations,
            address -> left-- > 0 ? 0 : 4711,
            clock);
    private final TokenVerifier verifier = new TokenVerifier(List.of(users.issuer(), guests.issuer()), clock);

    @Test
    void theTokenNamesWhomItSays() {
        var issued = issue("Ann");
        assertThat(issued.identity().guest()).isTrue();
        assertThat(issued.identity().userId()).matches("guest-[A-Za-z0-9_-]{22}");
        assertThat(issued.identity().userName()).isEqualTo("Ann");
        assertThat(verify(issued.token())).isEqualTo(new Authenticated(issued.identity()));
    }

    @Test
    void eachIsSomebodyElse() {
        assertThat(issue("Ann").identity().userId())
                .isNotEqualTo(issue("Ann").identity().userId());
    }

    @Test
    void livesADay() {
        String token = issue("Ann").token();
        clock.advanceMillis(86_400_000 + 59_999);
        assertThat(verify(token)).isInstanceOf(Authenticated.class);
        clock.advanceMillis(1);
        assertThat(verify(token)).isEqualTo(new AuthResult.Refused(RefusalReason.EXPIRED));
    }

    @Test
    void theEleventhMustWait() {
        for (int i = 0; i < 10; i++) {
            assertThat(guests.issue("Ann", ADDRESS)).isInstanceOf(Issued.class);
        }
        assertThat(guests.issue("Ann", ADDRESS)).isEqualTo(new Result.TooMany(4711));
    }

    @Test
    void aBadNameCostsNothing() {
        for (String name : List.of("", " ", "\u200b", "\n\t", "x".repeat(41))) {
            assertThat(guests.issue(name, ADDRESS)).isEqualTo(new Result.BadName());
        }
        assertThat(left).isEqualTo(10);
        assertThat(issue("𝒳".repeat(40)).identity().userName()).hasSize(80);
    }

    @Test
    void aNameLosesWhatCannotBeSeen() {
        assertThat(issue(" A\u202enn\n ").identity().userName()).isEqualTo("Ann");
    }

    @Test
    void renewsTheSameSubject() {
        var first = issue("Ann");
        clock.advanceMillis(80_000_000);
        var second = (Issued) guests.renew(first.token(), Optional.empty());
        assertThat(second.identity().userId()).isEqualTo(first.identity().userId());
        assertThat(second.identity().userName()).isEqualTo("Ann");
        assertThat(second.identity().expiresAtMillis())
                .isEqualTo(first.identity().expiresAtMillis() + 80_000_000);
        var third = (Issued) guests.renew(second.token(), Optional.of("Bea"));
        assertThat(third.identity().userName()).isEqualTo("Bea");
        assertThat(guests.renew(second.token(), Optional.of(""))).isEqualTo(new Result.BadName());
    }

    @Test
    void renewsNothingThatIsNoValidGuestToken() {
        var issued = issue("Ann");
        String user = users.mint("ann", Optional.empty(), 3_600_000, RoomGlobs.ALL);
        assertThat(guests.renew(user, Optional.empty())).isEqualTo(new Result.Refused(RefusalReason.UNKNOWN_ISSUER));
        assertThat(guests.renew("", Optional.empty())).isEqualTo(new Result.Refused(RefusalReason.MALFORMED));
        revocations.revokeUser(issued.identity().userId());
        assertThat(guests.renew(issued.token(), Optional.empty())).isEqualTo(new Result.Refused(RefusalReason.REVOKED));
        clock.advanceMillis(2 * 86_400_000);
        assertThat(guests.renew(issued.token(), Optional.empty())).isEqualTo(new Result.Refused(RefusalReason.EXPIRED));
    }

    @Test
    void theGuestSecretMakesGuestsAlone() {
        String asUser = Forge.token("HS256", "peal", clock.millis()).signed(Forge.hmac(secret.bytes()));
        assertThat(verify(asUser)).isEqualTo(new AuthResult.Refused(RefusalReason.BAD_SIGNATURE));
        String asGuestWithAUsersId =
                Forge.token("HS256", GuestTokens.ISSUER, clock.millis()).signed(Forge.hmac(secret.bytes()));
        assertThat(verify(asGuestWithAUsersId)).isEqualTo(new AuthResult.Refused(RefusalReason.RESERVED_SUBJECT));
    }

    @Test
    void switchedOffTheyCountForNothing() {
        var withoutGuests = new TokenVerifier(List.of(users.issuer()), clock);
        assertThat(withoutGuests.verifyAtOnce(issue("Ann").token()))
                .isEqualTo(new AuthResult.Refused(RefusalReason.UNKNOWN_ISSUER));
    }

    private Issued issue(String name) {
        return (Issued) guests.issue(name, ADDRESS);
    }

    private AuthResult verify(String token) {
        var results = new ArrayList<AuthResult>();
        verifier.verify(token, results::add);
        return results.getFirst();
    }
}
