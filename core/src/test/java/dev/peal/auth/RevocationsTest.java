package dev.peal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.time.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RevocationsTest {
    private final ManualClock clock = new ManualClock(1_000_000);
    private final Revocations revocations = new Revocations(2, clock);

    @Test
    void refusesAUsersTokensUpToTheInstant() {
        revocations.revoke(new Revocation.OfUser("ann", 5000));
        assertThat(revocations.refuses(identity("ann", 5000, null))).isTrue();
        assertThat(revocations.refuses(identity("ann", 5001, null))).isFalse();
        assertThat(revocations.refuses(identity("ann", 0, null))).isTrue();
        assertThat(revocations.refuses(identity("bob", 5000, null))).isFalse();
    }

    @Test
    void refusesOneToken() {
        revocations.revoke(new Revocation.OfToken("t1", 9000));
        assertThat(revocations.refuses(identity("ann", 1, "t1"))).isTrue();
        assertThat(revocations.refuses(identity("ann", 1, "t2"))).isFalse();
        assertThat(revocations.refuses(identity("ann", 1, null))).isFalse();
    }

    @Test
    void neverReachesLessFarThanBefore() {
        revocations.revoke(new Revocation.OfUser("ann", 5000));
        revocations.revoke(new Revocation.OfUser("ann", 4000));
        assertThat(revocations.refuses(identity("ann", 5000, null))).isTrue();
    }

    @Test
    void tellsItsListenersOnceItRefuses() {
        var refusedWhenTold = new ArrayList<Boolean>();
        var ann = identity("ann", 1, "t1");
        revocations.listen(revocation -> refusedWhenTold.add(revocations.refuses(ann) && revocation.refuses(ann)));
        revocations.revokeUser("ann");
        assertThat(refusedWhenTold).containsExactly(true);
    }

    @Test
    void givesBackWhatAStoreNeeds() {
        var user = new Revocation.OfUser("ann", 1);
        var token = new Revocation.OfToken("t1", 2_000_000);
        revocations.revoke(user);
        revocations.revoke(token);
        assertThat(revocations.all()).containsExactlyInAnyOrder(user, token);
        revocations.forgive(user);
        revocations.forgive(token);
        assertThat(revocations.all()).isEmpty();
    }

    @Test
    void holdsSoManyAndSaysSoBeyond() {
        assertThat(revocations.revokeUser("a")).isTrue();
        assertThat(revocations.revokeUser("b")).isTrue();
        assertThat(revocations.revokeUser("c")).isFalse();
        assertThat(revocations.revokeUser("a")).isTrue();
        for (String token : List.of("t1", "t2")) {
            assertThat(revocations.revoke(new Revocation.OfToken(token, clock.millis())))
                    .isTrue();
        }
        assertThat(revocations.revoke(new Revocation.OfToken("t3", Identity.NEVER)))
                .isFalse();
        clock.advanceMillis(Revocations.KEPT_AFTER_EXPIRY_MILLIS + 1);
        assertThat(revocations.revoke(new Revocation.OfToken("t3", Identity.NEVER)))
                .isTrue();
        assertThat(revocations.refuses(identity("x", 1, "t1"))).isFalse();
    }

    private static Identity identity(String user, long issuedAtMillis, @Nullable String tokenId) {
        return new Identity(user, user, false, 9000, issuedAtMillis, RoomGlobs.ALL, tokenId);
    }
}
