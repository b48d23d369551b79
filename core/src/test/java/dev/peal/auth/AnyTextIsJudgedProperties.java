package dev.peal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.time.ManualClock;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever comes is judged and nothing is thrown; jqwik prints the seed of a failure. */
class AnyTextIsJudgedProperties {
    private static final String JSON = "{}[]\":,0129.eE+-ntfrua \\\u0000\ud800é";

    private final ManualClock clock = new ManualClock();
    private final Secret secret = Secret.random();
    private final Forge.Signer own = Forge.hmac(secret.bytes());
    private final TokenVerifier verifier =
            new TokenVerifier(List.of(new TrustedIssuer("peal", "peal", IssuerKeys.secrets(List.of(secret)))), clock);

    @Property(tries = 2000)
    void anyText(@ForAll String text) {
        assertThat(verifier.verifyAtOnce(text)).isInstanceOf(AuthResult.Refused.class);
    }

    @Property(tries = 2000)
    void anyThreeParts(@ForAll byte[] header, @ForAll byte[] claims, @ForAll byte[] signature) {
        String token = Forge.encode(header) + "." + Forge.encode(claims) + "." + Forge.encode(signature);
        assertThat(verifier.verifyAtOnce(token)).isInstanceOf(AuthResult.Refused.class);
    }

    /** Signed rightly, so that what is damaged is read to the end. */
    @Property(tries = 5000)
    void damagedJson(@ForAll long seed) {
        var random = new Random(seed);
        var right = Forge.token("HS256", "peal", clock.millis())
                .header("kid", "k")
                .claim("nbf", 1.5)
                .claim("rooms", List.of("a", "b*"))
                .claim("jti", "j");
        String header = random.nextBoolean() ? right.headerJson() : damaged(right.headerJson(), random);
        String token = Forge.raw(header, damaged(right.claimsJson(), random), own);
        assertThat(verifier.verifyAtOnce(token)).isNotNull();
    }

    private static String damaged(String json, Random random) {
        var text = new StringBuilder(json);
        for (int changes = 1 + random.nextInt(3); changes > 0 && !text.isEmpty(); changes--) {
            int at = random.nextInt(text.length());
            char other = JSON.charAt(random.nextInt(JSON.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, other);
                case 2 -> text.setCharAt(at, other);
                default -> text.setLength(at);
            }
        }
        return text.toString();
    }
}
