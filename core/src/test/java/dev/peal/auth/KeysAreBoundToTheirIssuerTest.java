package dev.peal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.auth.AuthResult.Authenticated;
import dev.peal.auth.AuthResult.Refused;
import dev.peal.time.ManualClock;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** PROMISES 28: two issuers whose keys have the same ids, changing them while people sign in. */
class KeysAreBoundToTheirIssuerTest {
    /** On every commit a fifth of the promised figure. */
    private static final int INTERLEAVINGS = Boolean.getBoolean("peal.nightly") ? 1000 : 200;

    private static final int STEPS = 12;

    /** They publish a key as long as a token by it may be on its way here: in this test, always. */
    private static final int KEYS = JwksDocument.KEYS_MAX;

    /** One run: what happens in which order is the seed's. */
    private static final class Run {
        private final Random random;
        private final ManualClock clock = new ManualClock();
        private final ManualThread thread = new ManualThread(clock);
        private final List<Issuer> issuers = List.of(new Issuer("a", KEYS), new Issuer("b", KEYS));
        private final List<JwksKeys> keys;
        private final TokenVerifier verifier;
        private final List<AuthResult> right = new ArrayList<>();
        private final List<AuthResult> wrong = new ArrayList<>();
        private int asked;
        private int rotations = 1;

        Run(long seed) {
            random = new Random(seed);
            keys = issuers.stream()
                    .map(issuer -> new JwksKeys(
                            JwksOptions.of(URI.create("https://x/"), TokenAlgorithm.ES256),
                            () -> slowly(issuer),
                            thread,
                            clock))
                    .toList();
            verifier = new TokenVerifier(
                    List.of(new TrustedIssuer("a", "peal", keys.get(0)), new TrustedIssuer("b", "peal", keys.get(1))),
                    clock);
        }

        void run() {
            keys.forEach(JwksKeys::begin);
            for (int step = 0; step < STEPS; step++) {
                act();
            }
            thread.run();
        }

        private void act() {
            switch (random.nextInt(6)) {
                case 0 -> thread.run();
                case 1 -> rotate();
                case 2 -> cross();
                default -> login();
            }
        }

        /** What was published when the request arrived comes only after more has happened. */
        private String slowly(Issuer issuer) {
            String then = issuer.document();
            if (random.nextBoolean()) {
                login();
            }
            if (random.nextInt(4) == 0) {
                rotate();
                login();
            }
            return then;
        }

        /** Both at once, under one new id, long enough after the last time; they sign with the new keys at once. */
        private void rotate() {
            clock.advanceMillis(121_000);
            String id = "k" + ++rotations;
            issuers.forEach(issuer -> issuer.rotate(id));
        }

        private void login() {
            var issuer = issuers.get(random.nextInt(2));
            asked++;
            verifier.verify(issuer.token(clock.millis()), right::add);
        }

        private void cross() {
            int one = random.nextInt(2);
            verifier.verify(issuers.get(one).tokenBy(issuers.get(1 - one), clock.millis()), wrong::add);
        }
    }

    @Test
    void noKeyCountsForTheOtherAndNoRotationCostsALogin() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        int logins = 0;
        int crosses = 0;
        for (int i = 0; i < INTERLEAVINGS; i++) {
            var run = new Run(seed + i);
            run.run();
            assertThat(run.right).as("seed %s", seed + i).hasSize(run.asked).allMatch(Authenticated.class::isInstance);
            assertThat(run.wrong).as("seed %s", seed + i).allMatch(Refused.class::isInstance);
            logins += run.right.size();
            crosses += run.wrong.size();
        }
        assertThat(logins).isGreaterThan(INTERLEAVINGS);
        assertThat(crosses).isGreaterThan(INTERLEAVINGS);
    }
}
