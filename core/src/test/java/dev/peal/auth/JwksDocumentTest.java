package dev.peal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JwksDocumentTest {
    private final Map<String, Object> ec =
            Issuer.jwk("e", Forge.keys(TokenAlgorithm.ES256)).toJSONObject();

    @Test
    void readsAKeyOfEachKind() throws Exception {
        var rsa = rsa(2048);
        var ed = Forge.keys(TokenAlgorithm.EDDSA);
        byte[] encoded = ed.getPublic().getEncoded();
        var edJwk = Map.<String, Object>of(
                "kty",
                "OKP",
                "crv",
                "Ed25519",
                "kid",
                "d",
                "x",
                Forge.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
        assertThat(ed.getPublic()).isInstanceOf(EdECPublicKey.class);
        String document = document(List.of(rsa, ec, edJwk));
        assertThat(JwksDocument.parse(document, TokenAlgorithm.RS256))
                .extracting(VerificationKey::id)
                .containsExactly("r");
        assertThat(JwksDocument.parse(document, TokenAlgorithm.ES256))
                .extracting(VerificationKey::id)
                .containsExactly("e");
        assertThat(JwksDocument.parse(document, TokenAlgorithm.EDDSA))
                .extracting(VerificationKey::id)
                .containsExactly("d");
    }

    @Test
    void leavesOutWhatIsForAnotherPurpose() throws Exception {
        assertThat(parse(with("use", "enc"))).isEmpty();
        assertThat(parse(with("use", "sig"))).hasSize(1);
        assertThat(parse(with("key_ops", List.of("sign")))).isEmpty();
        assertThat(parse(with("key_ops", List.of("verify")))).hasSize(1);
        assertThat(parse(with("alg", "ECDH-ES"))).isEmpty();
        assertThat(parse(with("alg", "ES256"))).hasSize(1);
    }

    @Test
    void leavesOutWhatItDoesNotKnow() throws Exception {
        assertThat(parse(Map.of("kty", "NEW", "kid", "n"), ec)).hasSize(1);
        assertThat(parse(Map.of("kty", "oct", "kid", "o", "k", "AAAA"), ec)).hasSize(1);
    }

    @Test
    void leavesOutAWeakKey() throws Exception {
        assertThat(JwksDocument.parse(document(List.of(rsa(1024))), TokenAlgorithm.RS256))
                .isEmpty();
    }

    @Test
    void keepsOnlySoMany() throws Exception {
        var keys = IntStream.range(0, JwksDocument.KEYS_MAX + 1)
                .mapToObj(i -> with("kid", "k" + i))
                .toList();
        assertThat(JwksDocument.parse(document(keys), TokenAlgorithm.ES256)).hasSize(JwksDocument.KEYS_MAX);
    }

    @Test
    void refusesWhatIsNoSet() {
        for (String text : List.of("", "[]", "{}", "{\"keys\":1}", "<html>", "{\"keys\":[1]}")) {
            assertThatThrownBy(() -> JwksDocument.parse(text, TokenAlgorithm.ES256))
                    .isInstanceOf(ParseException.class);
        }
    }

    private Map<String, Object> with(String name, Object value) {
        var jwk = new HashMap<>(ec);
        jwk.put(name, value);
        return jwk;
    }

    @SafeVarargs
    private static List<VerificationKey> parse(Map<String, Object>... jwks) throws ParseException {
        return JwksDocument.parse(document(List.of(jwks)), TokenAlgorithm.ES256);
    }

    private static String document(List<Map<String, Object>> jwks) {
        return JSONObjectUtils.toJSONString(Map.of("keys", jwks));
    }

    private static Map<String, Object> rsa(int bits) throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        var key = (RSAPublicKey) generator.generateKeyPair().getPublic();
        return Map.of(
                "kty",
                "RSA",
                "kid",
                "r",
                "e",
                "AQAB",
                "n",
                Forge.encode(key.getModulus().toByteArray()));
    }
}
