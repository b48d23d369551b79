package dev.peal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.time.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Canaries in every secret and token, and every text this package gives or logs searched for them. */
class NothingSecretIsShownTest {
    private final ManualClock clock = new ManualClock();
    private final List<String> shown = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void noTextHoldsASecretOrAToken() throws IOException {
        try (var log = new LogLines()) {
            var secret = Secret.ofText("canary-canary-canary-canary-canary");
            var minter = new TokenMinter("peal", "peal", secret, clock);
            var guests = new GuestTokens("peal", secret, 60_000, 60_000, new Revocations(clock), address -> 0, clock);
            var issued = (GuestTokens.Result.Issued) guests.issue("Ann", InetAddress.getLoopbackAddress());
            String token = minter.mint("ann", Optional.empty(), 60_000, RoomGlobs.ALL);
            var secrets = Secrets.in(folder);
            show(secret, secrets, minter, minter.issuer(), guests, guests.issuer(), issued);
            judge(new TokenVerifier(List.of(minter.issuer(), guests.issuer()), clock), token);
            judge(new TokenVerifier(List.of(minter.issuer()), clock), issued.token());
            askForKeys(token);
            shown.addAll(log.lines());
            for (String canary : canaries(secret, secrets, token, issued.token())) {
                assertThat(shown).allSatisfy(text -> assertThat(text).doesNotContain(canary));
            }
        }
        assertThat(shown).hasSizeGreaterThan(100);
    }

    private void judge(TokenVerifier verifier, String token) {
        for (int length = 0; length <= token.length(); length++) {
            var credentials = Credentials.ofToken(token.substring(0, length));
            show(credentials);
            verifier.verify(token.substring(0, length), this::show);
            verifier.verify(token + token.substring(length), this::show);
        }
    }

    private void askForKeys(String token) {
        var thread = new ManualThread(clock);
        var options = JwksOptions.of(URI.create("https://far/"), TokenAlgorithm.ES256);
        try (var keys = new JwksKeys(options, () -> "not a set: " + token, thread, clock)) {
            keys.begin();
            var verifier = new TokenVerifier(List.of(new TrustedIssuer("peal", "peal", keys)), clock);
            verifier.verify(token, this::show);
            verifier.verify(Forge.token("ES256", "peal", 0).signed(input -> new byte[64]), this::show);
            thread.run();
            show(keys, options);
        }
    }

    private void show(Object... objects) {
        for (Object object : objects) {
            shown.add(object.toString());
        }
    }

    /** Signatures are what makes a token a secret; any part of one is too much. */
    private static List<String> canaries(Secret secret, Secrets secrets, String... tokens) {
        var canaries = new ArrayList<>(List.of("canary"));
        for (var one : List.of(secret, secrets.users(), secrets.guests())) {
            canaries.add(Base64.getEncoder().encodeToString(one.bytes()).substring(0, 12));
            canaries.add(Forge.encode(one.bytes()).substring(0, 12));
            canaries.add(HexFormat.of().formatHex(one.bytes()).substring(0, 12));
        }
        for (String token : tokens) {
            canaries.add(token.substring(0, 12));
            canaries.add(token.substring(token.lastIndexOf('.') + 1).substring(0, 12));
        }
        return canaries;
    }
}
