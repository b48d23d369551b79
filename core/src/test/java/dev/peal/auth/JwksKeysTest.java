package dev.peal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.auth.AuthResult.Authenticated;
import dev.peal.auth.AuthResult.Refused;
import dev.peal.time.ManualClock;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JwksKeysTest {
    private static final Refused UNAVAILABLE = new Refused(RefusalReason.KEYS_UNAVAILABLE);
    private static final Refused UNKNOWN_KEY = new Refused(RefusalReason.UNKNOWN_KEY);

    private final ManualClock clock = new ManualClock();
    private final ManualThread thread = new ManualThread(clock);
    private final Issuer issuer = new Issuer("far", 2);
    private final JwksOptions options =
            new JwksOptions(URI.create("https://far/jwks"), TokenAlgorithm.ES256, 300_000, 60_000, 1000, 1000, 3);
    private final JwksKeys keys = new JwksKeys(options, issuer, thread, clock);
    private final TokenVerifier verifier = new TokenVerifier(List.of(new TrustedIssuer("far", "peal", keys)), clock);
    private final List<AuthResult> results = new ArrayList<>();

    @BeforeEach
    void start() {
        keys.begin();
    }

    @Test
    void whoComesBeforeTheFirstAnswerWaitsForIt() {
        login(issuer.token(clock.millis()));
        assertThat(results).isEmpty();
        thread.run();
        assertThat(results).singleElement().isInstanceOf(Authenticated.class);
        assertThat(issuer.fetches()).isEqualTo(1);
    }

    @Test
    void asksAgainOnTheTimer() {
        thread.run();
        pass(299_999);
        assertThat(issuer.fetches()).isEqualTo(1);
        pass(1);
        assertThat(issuer.fetches()).isEqualTo(2);
        pass(300_000);
        assertThat(issuer.fetches()).isEqualTo(3);
    }

    @Test
    void aKnownKeyIsJudgedAtOnce() {
        thread.run();
        login(issuer.token(clock.millis()));
        assertThat(results).singleElement().isInstanceOf(Authenticated.class);
    }

    @Test
    void asksForANewKeyOnceForAllWhoNeedIt() {
        thread.run();
        issuer.rotate("k2");
        for (int i = 0; i < 3; i++) {
            login(issuer.token(clock.millis()));
        }
        thread.run();
        assertThat(results).hasSize(3).allMatch(Authenticated.class::isInstance);
        assertThat(issuer.fetches()).isEqualTo(2);
    }

    @Test
    void onlySoManyMayWait() {
        for (int i = 0; i < 4; i++) {
            login(issuer.token(clock.millis()));
        }
        assertThat(results).containsExactly(UNAVAILABLE);
        thread.run();
        assertThat(results).hasSize(4);
        assertThat(results.subList(1, 4)).allMatch(Authenticated.class::isInstance);
    }

    @Test
    void asksForUnknownKeysAtMostOnceAMinute() {
        thread.run();
        for (int i = 0; i < 1000; i++) {
            login(bogus("x" + i));
            thread.run();
        }
        assertThat(issuer.fetches()).isEqualTo(2);
        assertThat(results.getFirst()).isEqualTo(UNKNOWN_KEY);
        assertThat(results.subList(1, 1000)).containsOnly(UNAVAILABLE);
        clock.advanceMillis(59_999);
        login(bogus("y"));
        thread.run();
        assertThat(issuer.fetches()).isEqualTo(2);
        clock.advanceMillis(1);
        login(bogus("z"));
        thread.run();
        assertThat(issuer.fetches()).isEqualTo(3);
        assertThat(results.getLast()).isEqualTo(UNKNOWN_KEY);
    }

    @Test
    void unknownKeysDoNotMultiplyTheTimer() {
        thread.run();
        for (int i = 0; i < 4; i++) {
            clock.advanceMillis(60_000);
            login(bogus("x" + i));
            thread.run();
        }
        assertThat(issuer.fetches()).isEqualTo(5);
        pass(299_999);
        assertThat(issuer.fetches()).isEqualTo(5);
        pass(1);
        assertThat(issuer.fetches()).isEqualTo(6);
    }

    @Test
    void keepsTheLastKeysWhileTheIssuerIsAway() {
        thread.run();
        issuer.reachable(false);
        pass(300_000);
        login(issuer.token(clock.millis()));
        assertThat(results).singleElement().isInstanceOf(Authenticated.class);
        issuer.reachable(true);
        pass(JwksKeys.RETRY_MILLIS);
        assertThat(issuer.fetches()).isEqualTo(3);
    }

    @Test
    void withoutAnyKeyItSaysTryLater() {
        issuer.reachable(false);
        login(issuer.token(clock.millis()));
        thread.run();
        assertThat(results).containsExactly(UNAVAILABLE);
        assertThat(RefusalReason.KEYS_UNAVAILABLE.temporary()).isTrue();
        issuer.reachable(true);
        login(issuer.token(clock.millis()));
        thread.run();
        assertThat(results.getLast()).isInstanceOf(Authenticated.class);
    }

    @Test
    void aKeyThatIsNoLongerPublishedIsNoLongerBelieved() {
        thread.run();
        String old = issuer.token(clock.millis());
        issuer.rotate("k2");
        issuer.rotate("k3");
        pass(300_000);
        login(old);
        thread.run();
        assertThat(results).containsExactly(UNKNOWN_KEY);
    }

    @Test
    void aTokenWithoutAKeyIdIsTriedByTheFewKeysThatThereAre() {
        thread.run();
        issuer.rotate("k2");
        login(withoutKeyId());
        thread.run();
        assertThat(results).singleElement().isInstanceOf(Authenticated.class);
        assertThat(issuer.fetches()).isEqualTo(2);
    }

    @Test
    void whoWaitsWhenItClosesIsToldSo() {
        login(issuer.token(clock.millis()));
        keys.close();
        assertThat(results).containsExactly(UNAVAILABLE);
        login(issuer.token(clock.millis()));
        assertThat(results).containsExactly(UNAVAILABLE, UNAVAILABLE);
        keys.begin();
        thread.run();
        assertThat(issuer.fetches()).isZero();
    }

    @Test
    void aCallerThatThrowsHarmsNobodyElse() {
        verifier.verify(issuer.token(clock.millis()), result -> {
            throw new IllegalStateException("a caller's bug");
        });
        login(issuer.token(clock.millis()));
        thread.run();
        assertThat(results).singleElement().isInstanceOf(Authenticated.class);
    }

    @Test
    void keysComeByHttpsOrFromThisMachine() {
        JwksOptions.of(URI.create("https://far/jwks"), TokenAlgorithm.RS256);
        JwksOptions.of(URI.create("http://localhost:1/jwks"), TokenAlgorithm.RS256);
        JwksOptions.of(URI.create("http://[::1]:1/jwks"), TokenAlgorithm.RS256);
        for (String url :
                List.of("http://far/jwks", "file:///etc/passwd", "jwks", "https://u:p@far/", "http://localhost.far/")) {
            assertThatThrownBy(() -> JwksOptions.of(URI.create(url), TokenAlgorithm.RS256))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> JwksOptions.of(URI.create("https://far/"), TokenAlgorithm.HS256))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void pass(long millis) {
        clock.advanceMillis(millis);
        thread.run();
    }

    private void login(String token) {
        verifier.verify(token, results::add);
    }

    private String withoutKeyId() {
        return Forge.token("ES256", "far", clock.millis())
                .signed(Forge.by(TokenAlgorithm.ES256, issuer.pair().getPrivate()));
    }

    private String bogus(String keyId) {
        return Forge.token("ES256", "far", clock.millis()).header("kid", keyId).signed(input -> new byte[64]);
    }
}
