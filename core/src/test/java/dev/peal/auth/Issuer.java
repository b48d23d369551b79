package dev.peal.auth;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An issuer elsewhere that signs by ES256, publishes its newest keys, and changes them. */
final class Issuer implements JwksFetch {
    // Keys, signatures and documents are made once in all tests: making them takes longer than all the rest.
    private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();
    private static final Map<Signed, String> TOKENS = new ConcurrentHashMap<>();
    private static final Map<List<Key>, String> DOCUMENTS = new ConcurrentHashMap<>();

    private record Key(String id, KeyPair pair) {}

    private record Signed(String issuer, long nowMillis, Key key) {}

    private final String name;
    private final int published;
    private final List<Key> keys = new ArrayList<>();
    private boolean reachable = true;
    private int fetches;

    /** @param published how many keys it publishes */
    Issuer(String name, int published) {
        this.name = name;
        this.published = published;
        rotate("k1");
    }

    void rotate(String keyId) {
        keys.addFirst(
                new Key(keyId, PAIRS.computeIfAbsent(name + "/" + keyId, unused -> Forge.keys(TokenAlgorithm.ES256))));
        while (keys.size() > published) {
            keys.removeLast();
        }
    }

    void reachable(boolean is) {
        reachable = is;
    }

    int fetches() {
        return fetches;
    }

    String keyId() {
        return keys.getFirst().id();
    }

    KeyPair pair() {
        return keys.getFirst().pair();
    }

    /** A right token by the newest key. */
    String token(long nowMillis) {
        return token(nowMillis, keys.getFirst());
    }

    /** A token of this issuer, with its key's id, by somebody else's key. */
    String tokenBy(Issuer other, long nowMillis) {
        return token(nowMillis, new Key(keyId(), other.pair()));
    }

    private String token(long nowMillis, Key key) {
        return TOKENS.computeIfAbsent(
                new Signed(name, nowMillis, key),
                unused -> Forge.token("ES256", name, nowMillis)
                        .header("kid", key.id())
                        .signed(Forge.by(TokenAlgorithm.ES256, key.pair().getPrivate())));
    }

    String document() {
        return DOCUMENTS.computeIfAbsent(
                List.copyOf(keys),
                published -> new JWKSet(published.stream()
                                .map(key -> jwk(key.id(), key.pair()))
                                .toList())
                        .toString(true));
    }

    static JWK jwk(String id, KeyPair pair) {
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                .keyID(id)
                .build();
    }

    @Override
    public String fetch() throws IOException {
        fetches++;
        if (!reachable) {
            throw new IOException("unreachable");
        }
        return document();
    }
}
