package dev.peal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.time.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** PROMISES 27. */
class ForgedTokensAreRefusedTest {
    private final ManualClock clock = new ManualClock();
    private TrapServer trap;
    private ForgedTokens forged;
    private Authenticator tokenMode;
    private Authenticator openMode;

    @BeforeEach
    void start() throws IOException {
        trap = new TrapServer();
        forged = new ForgedTokens(Secret.random(), trap.url(""), clock);
        var verifier = new TokenVerifier(forged.issuers(), clock);
        var tokens = new TokenAuthenticator(verifier, new Revocations(clock));
        tokenMode = tokens;
        openMode = new OpenAuthenticator(tokens, clock);
    }

    @AfterEach
    void stop() throws IOException {
        trap.close();
    }

    @TestFactory
    Stream<DynamicTest> theRightOneIsAccepted() {
        return forged.valid().entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.getKey(),
                        () -> assertThat(judge(tokenMode, row.getValue()))
                                .isInstanceOf(AuthResult.Authenticated.class)));
    }

    @TestFactory
    Stream<DynamicTest> theForgedOneIsNot() {
        return forged.all().entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    assertThat(judge(tokenMode, row.getValue())).isInstanceOf(AuthResult.Refused.class);
                    assertThat(judge(openMode, row.getValue())).isInstanceOf(AuthResult.Refused.class);
                }));
    }

    @Test
    void nobodyIsAskedAboutAForgedToken() throws IOException {
        var tokens = forged.all().values();
        assertThat(tokens).hasSizeGreaterThan(100);
        tokens.forEach(token -> judge(tokenMode, token));
        assertThat(trap.connections()).isZero();
    }

    @Test
    void everyCutOfARightTokenIsRefused() {
        for (String token : forged.valid().values()) {
            for (int length = 0; length < token.length(); length++) {
                assertThat(judge(tokenMode, token.substring(0, length))).isInstanceOf(AuthResult.Refused.class);
            }
        }
    }

    @Test
    void everyChangedCharacterOfARightTokenIsRefused() {
        String token = Objects.requireNonNull(forged.valid().get("HS256"));
        for (int i = 0; i < token.length(); i++) {
            for (char other : new char[] {'A', 'B', 'Q', '_', '.', '=', ' ', 'é'}) {
                if (token.charAt(i) != other) {
                    assertThat(judge(tokenMode, token.substring(0, i) + other + token.substring(i + 1)))
                            .isInstanceOf(AuthResult.Refused.class);
                }
            }
        }
    }

    private static AuthResult judge(Authenticator authenticator, String token) {
        var results = new ArrayList<AuthResult>();
        authenticator.authenticate(new Credentials(token, "mallory", "Mallory"), results::add);
        assertThat(results).hasSize(1);
        return results.getFirst();
    }
}
