package dev.peal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class PemTest {
    /** Self-signed, P-256; its private key was never kept. */
    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBdTCCARugAwIBAgIUDWCvUvLMzX8HOXBVoll3SBDy5UQwCgYIKoZIzj0EAwIw
            DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjIyMDI1MDZaGA8yMTI2MTAyOTIwMjUw
            NlowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDVQ
            aXDC+psYJz2DDjk33ls7pcDOILXPR8e7v8t1NTnKDlNM6AHeCEubNv6ftkp+f/QH
            N5UYq/SnnWoPy9JC52GjUzBRMB0GA1UdDgQWBBT3q8J/hoZ850plCOMly8x4xlV0
            pDAfBgNVHSMEGDAWgBT3q8J/hoZ850plCOMly8x4xlV0pDAPBgNVHRMBAf8EBTAD
            AQH/MAoGCCqGSM49BAMCA0gAMEUCIQDL+Zadw2CibhlIiF4u9A0+Kq0YbQsKx17k
            moCuSs91PwIgfZA2ZMuUmR+r4OnmeqNJfxmfo6v5fBiNwK10cJrMD/k=
            -----END CERTIFICATE-----
            """;

    @Test
    void readsAPublicKeyOfEachKind() {
        for (var algorithm : List.of(TokenAlgorithm.RS256, TokenAlgorithm.ES256, TokenAlgorithm.EDDSA)) {
            var keys = Forge.keys(algorithm);
            assertThat(Pem.publicKey("a comment\n" + Forge.pem(keys))).isEqualTo(keys.getPublic());
        }
    }

    @Test
    void readsACertificate() {
        assertThat(Pem.publicKey(CERTIFICATE).getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void refusesWhatIsNoneAndDoesNotQuoteIt() {
        var pem = Forge.pem(Forge.keys(TokenAlgorithm.ES256));
        String privateKey = "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n";
        for (String text : List.of("", "canary", privateKey, pem + privateKey, pem + pem, pem.replace("M", "canary"))) {
            assertThatThrownBy(() -> Pem.publicKey(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("canary");
        }
    }

    @Test
    void refusesAKeyThatDoesNotFit() throws Exception {
        var weak = KeyPairGenerator.getInstance("RSA");
        weak.initialize(1024);
        String weakPem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder()
                        .encodeToString(weak.generateKeyPair().getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----";
        assertRefused(TokenAlgorithm.RS256, weakPem);
        assertRefused(TokenAlgorithm.RS256, CERTIFICATE);
        assertRefused(TokenAlgorithm.HS256, CERTIFICATE);
        assertRefused(TokenAlgorithm.EDDSA, CERTIFICATE);
        assertThatThrownBy(() -> IssuerKeys.pem(TokenAlgorithm.ES256, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(IssuerKeys.pem(TokenAlgorithm.ES256, List.of(CERTIFICATE)).find(null))
                .hasSize(1);
    }

    private static void assertRefused(TokenAlgorithm algorithm, String pem) {
        assertThatThrownBy(() -> IssuerKeys.pem(algorithm, List.of(pem))).isInstanceOf(IllegalArgumentException.class);
    }
}
