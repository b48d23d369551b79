package dev.peal.auth;

import static dev.peal.auth.TokenAlgorithm.EDDSA;
import static dev.peal.auth.TokenAlgorithm.ES256;
import static dev.peal.auth.TokenAlgorithm.RS256;

import dev.peal.time.Clock;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tokens that must not count, each one step away from one that does, for a server that trusts four issuers: {@code peal} by HS256, {@code rsa}, {@code ec} and
 * {@code ed} by the algorithm of that name. The attacker holds every public key, keys of its own, and a server at {@code trap}.
 */
public final class ForgedTokens {
    private final KeyPair rsa = Forge.keys(RS256);
    private final KeyPair ec = Forge.keys(ES256);
    private final KeyPair ed = Forge.keys(EDDSA);

    private final KeyPair foreignRsa = Forge.keys(RS256);
    private final KeyPair foreignEc = Forge.keys(ES256);
    private final KeyPair foreignEd = Forge.keys(EDDSA);
    private final Secret secret;
    private final Forge.Signer own;
    private final String trap;
    private final Clock clock;
    private final Map<String, String> tokens = new LinkedHashMap<>();

    /**
     * @param secret of the issuer {@code peal}
     * @param trap an address that nobody may call
     */
    public ForgedTokens(Secret secret, String trap, Clock clock) {
        this.secret = secret;
        this.own = Forge.hmac(secret.bytes());
        this.trap = trap;
        this.clock = clock;
    }

    /** What the server trusts. */
    public List<TrustedIssuer> issuers() {
        return List.of(
                new TrustedIssuer("peal", "peal", IssuerKeys.secrets(List.of(secret))),
                new TrustedIssuer("rsa", "peal", IssuerKeys.pem(RS256, List.of(Forge.pem(rsa)))),
                new TrustedIssuer("ec", "peal", IssuerKeys.pem(ES256, List.of(Forge.pem(ec)))),
                new TrustedIssuer("ed", "peal", IssuerKeys.pem(EDDSA, List.of(Forge.pem(ed)))));
    }

    /** The tokens that all forged ones are a step away from. */
    public Map<String, String> valid() {
        return Map.of(
                "HS256", hs().signed(own),
                "RS256", rs().signed(Forge.by(RS256, rsa.getPrivate())),
                "ES256", es().signed(Forge.by(ES256, ec.getPrivate())),
                "EdDSA", eddsa().signed(Forge.by(EDDSA, ed.getPrivate())));
    }

    /** By what is wrong with it. */
    public Map<String, String> all() {
        algorithms();
        keys();
        headers();
        claims();
        subjects();
        shapes();
        return tokens;
    }

    private void algorithms() {
        byte[] rsaPem = Forge.pem(rsa).getBytes(StandardCharsets.UTF_8);
        put("alg none, no signature", unsigned(hs().header("alg", "none")));
        put("alg None", unsigned(hs().header("alg", "None")));
        put("alg nOnE, signed", hs().header("alg", "nOnE").signed(own));
        put("alg none, signature of a valid one", hs().header("alg", "none").signed(own));
        put("no alg", hs().without("alg").signed(own));
        put("alg null", hs().header("alg", null).signed(own));
        put("alg a number", hs().header("alg", 256).signed(own));
        put("alg empty", hs().header("alg", "").signed(own));
        put("alg with a NUL", hs().header("alg", "HS256\0").signed(own));
        put("alg in full width", hs().header("alg", "ＨＳ２５６").signed(own));
        put("alg in lower case", hs().header("alg", "hs256").signed(own));
        put(
                "HS512 where HS256 is configured",
                hs().header("alg", "HS512").signed(Forge.hmac("HmacSHA512", secret.bytes())));
        put("RSA's public key as HMAC secret, PEM", rs().header("alg", "HS256").signed(Forge.hmac(rsaPem)));
        put(
                "RSA's public key as HMAC secret, DER",
                rs().header("alg", "HS256").signed(Forge.hmac(rsa.getPublic().getEncoded())));
        put("RSA's modulus as HMAC secret", rs().header("alg", "HS256").signed(Forge.hmac(modulus(rsa))));
        put(
                "EC's public key as HMAC secret",
                es().header("alg", "HS256").signed(Forge.hmac(ec.getPublic().getEncoded())));
        put(
                "Ed25519's public key as HMAC secret",
                eddsa().header("alg", "HS256").signed(Forge.hmac(ed.getPublic().getEncoded())));
        put("alg RS256, signed as HS256 by the public key", rs().signed(Forge.hmac(rsaPem)));
        put("PS256 where RS256 is configured", rs().header("alg", "PS256").signed(Forge.by(RS256, rsa.getPrivate())));
        put(
                "RS384 where RS256 is configured",
                rs().header("alg", "RS384").signed(Forge.by("SHA384withRSA", rsa.getPrivate())));
    }

    private void keys() {
        put("empty HMAC secret", hs().signed(Forge.hmac(new byte[1])));
        put("another secret", hs().signed(Forge.hmac(Secret.random().bytes())));
        put("another RSA key", rs().signed(Forge.by(RS256, foreignRsa.getPrivate())));
        put("another EC key", es().signed(Forge.by(ES256, foreignEc.getPrivate())));
        put("another Ed25519 key", eddsa().signed(Forge.by(EDDSA, foreignEd.getPrivate())));
        put("one issuer's key for another issuer", rs().claim("iss", "ec").signed(Forge.by(RS256, rsa.getPrivate())));
        put(
                "one issuer's secret for another issuer",
                rs().header("alg", "HS256").signed(own));
        put("ES256 signature of zeros", es().signed(input -> new byte[64]));
        put("ES256 signature r = n, s = n", es().signed(input -> twice(order())));
        put("ES256 signature r = 0, s = 1", es().signed(input -> lastByteOne(64)));
        put("ES256 signature as DER", es().signed(Forge.by("SHA256withECDSA", ec.getPrivate())));
        put("EdDSA signature of zeros", eddsa().signed(input -> new byte[64]));
        put("EdDSA signature with s beyond the order", eddsa().signed(this::edSignatureBeyondOrder));
        put("RS256 signature of zeros", rs().signed(input -> new byte[256]));
        put("RS256 signature of one", rs().signed(input -> lastByteOne(256)));
        put("HS256 signature of zeros", hs().signed(input -> new byte[32]));
        put("HS256 signature cut to a byte", hs().signed(input -> Arrays.copyOf(own.sign(input), 1)));
        put("HS256 signature cut by a byte", hs().signed(input -> Arrays.copyOf(own.sign(input), 31)));
        put("HS256 signature and a byte more", hs().signed(input -> Arrays.copyOf(own.sign(input), 33)));
    }

    private void headers() {
        var jwk = Map.of("kty", "RSA", "e", "AQAB", "n", Forge.encode(modulus(foreignRsa)), "kid", "a");
        Forge.Signer foreign = Forge.by(RS256, foreignRsa.getPrivate());
        put("jku", rs().header("jku", trap + "/jwks").header("kid", "a").signed(foreign));
        put(
                "jku with the issuer's address in it",
                rs().header("jku", trap + "/?x=https://rsa/jwks").signed(foreign));
        put("x5u", rs().header("x5u", trap + "/cert").signed(foreign));
        put("jwk", rs().header("jwk", jwk).signed(foreign));
        put("jwk and its kid", rs().header("jwk", jwk).header("kid", "a").signed(foreign));
        put(
                "jwk that is a secret",
                hs().header("jwk", Map.of("kty", "oct", "k", Forge.encode(new byte[32])))
                        .signed(Forge.hmac(new byte[32])));
        put("x5c", rs().header("x5c", List.of("MIIB")).signed(foreign));
        put("x5t", rs().header("x5t", "AAAAAAAAAAAAAAAAAAAAAAAAAAA").signed(foreign));
        put("iss that is an address", rs().claim("iss", trap).signed(foreign));
        put("kid that is a path", hs().header("kid", "../../../../dev/null").signed(Forge.hmac(new byte[1])));
        put("kid that is an address", rs().header("kid", trap + "/key").signed(foreign));
        put(
                "kid that is SQL",
                hs().header("kid", "x' UNION SELECT 'k")
                        .signed(Forge.hmac("k".repeat(32).getBytes(StandardCharsets.UTF_8))));
        put("kid that is a list", hs().header("kid", List.of("a")).signed(own));
        put("crit", hs().header("crit", List.of("exp")).signed(own));
        put("crit, empty", hs().header("crit", List.of()).signed(own));
        put(
                "crit with an unknown extension",
                hs().header("crit", List.of("x")).header("x", 1).signed(own));
        put(
                "b64 false",
                hs().header("b64", false).header("crit", List.of("b64")).signed(own));
        put("b64 false without crit", hs().header("b64", false).signed(own));
        put("typ of a logout token", hs().header("typ", "logout+jwt").signed(own));
        put("typ of a DPoP proof", hs().header("typ", "dpop+jwt").signed(own));
        put("typ JWE", hs().header("typ", "JWE").signed(own));
        put("typ a number", hs().header("typ", 1).signed(own));
        put("typ with a dotless i", hs().header("typ", "at+jwt\u0131").signed(own));
        put("cty JWT (nested)", hs().header("cty", "JWT").signed(own));
        put("zip", hs().header("enc", "A128GCM").header("alg", "dir").signed(own));
        put("duplicate alg, none last", Forge.raw("{\"alg\":\"HS256\",\"alg\":\"none\"}", hs().claimsJson(), own));
        put("duplicate alg, none first", Forge.raw("{\"alg\":\"none\",\"alg\":\"HS256\"}", hs().claimsJson(), own));
    }

    private void claims() {
        long now = clock.millis() / 1000;
        put("no exp", hs().without("exp").signed(own));
        put("exp null", hs().claim("exp", null).signed(own));
        put("exp a string", hs().claim("exp", "" + (now + 60)).signed(own));
        put("exp beyond all dates", hs().claim("exp", Long.MAX_VALUE).signed(own));
        put("exp infinite", Forge.raw(hs().headerJson(), hs().claimsJson().replace("" + (now + 3600), "1e999"), own));
        put("exp NaN", Forge.raw(hs().headerJson(), hs().claimsJson().replace("" + (now + 3600), "NaN"), own));
        put("exp negative", hs().claim("exp", -1).signed(own));
        put("expired by the leeway", hs().claim("exp", now - 60).signed(own));
        put("expired long ago", hs().claim("exp", now - 86_400).signed(own));
        put("exp in milliseconds of the past", hs().claim("exp", 0).signed(own));
        put("not yet valid", hs().claim("nbf", now + 62).signed(own));
        put("nbf a string", hs().claim("nbf", "0").signed(own));
        put("issued in the future", hs().claim("iat", now + 62).signed(own));
        put("iat a list", hs().claim("iat", List.of()).signed(own));
        put("no iss", hs().without("iss").signed(own));
        put("iss unknown", hs().claim("iss", "mallory").signed(own));
        put("iss in upper case", hs().claim("iss", "PEAL").signed(own));
        put("iss with a space", hs().claim("iss", "peal ").signed(own));
        put("iss a list", hs().claim("iss", List.of("peal")).signed(own));
        put("no aud", hs().without("aud").signed(own));
        put("aud of another server", hs().claim("aud", "other").signed(own));
        put("aud a list of others", hs().claim("aud", List.of("other", "peal2")).signed(own));
        put("aud an empty list", hs().claim("aud", List.of()).signed(own));
        put("aud an object", hs().claim("aud", Map.of("peal", true)).signed(own));
        put("aud a list with a number", hs().claim("aud", List.of("peal", 1)).signed(own));
        put("rooms a string", hs().claim("rooms", "a").signed(own));
        put("rooms null", hs().claim("rooms", null).signed(own));
        put("rooms with a number", hs().claim("rooms", List.of("a", 1)).signed(own));
        put("rooms, too many", hs().claim("rooms", Collections.nCopies(65, "a")).signed(own));
        put("jti a number", hs().claim("jti", 1).signed(own));
        put(
                "duplicate sub",
                Forge.raw(
                        hs().headerJson(),
                        "{\"sub\":\"ann\"," + hs().claimsJson().substring(1),
                        own));
        put(
                "duplicate exp",
                Forge.raw(
                        hs().headerJson(),
                        "{\"exp\":" + (now + 9) + "," + hs().claimsJson().substring(1),
                        own));
    }

    private void subjects() {
        put("no sub", hs().without("sub").signed(own));
        put("sub empty", hs().claim("sub", "").signed(own));
        put("sub null", hs().claim("sub", null).signed(own));
        put("sub a number", hs().claim("sub", 7).signed(own));
        put("sub of 129 code points", hs().claim("sub", "𝒳".repeat(129)).signed(own));
        put("sub with a NUL", hs().claim("sub", "ann\0").signed(own));
        put("sub with a line feed", hs().claim("sub", "ann\n").signed(own));
        put("sub with a zero-width space", hs().claim("sub", "an\u200bn").signed(own));
        put("sub with a bidirectional override", hs().claim("sub", "\u202enna").signed(own));
        put(
                "sub with half a surrogate pair",
                Forge.raw(hs().headerJson(), hs().claimsJson().replace("\"ann\"", "\"ann\\ud800\""), own));
        put("sub with a space before", hs().claim("sub", " ann").signed(own));
        put("sub of a guest", hs().claim("sub", "guest-ann").signed(own));
        put("sub of a guest in capitals", hs().claim("sub", "Guest-ann").signed(own));
        put(
                "guests' issuer, where there are none",
                hs().claim("iss", GuestTokens.ISSUER).claim("sub", "guest-a").signed(own));
    }

    private void shapes() {
        String valid = hs().signed(own);
        String signature = valid.substring(valid.lastIndexOf('.') + 1);
        put("empty", "");
        put("a dot", ".");
        put("two dots", "..");
        put("one part", "abc");
        put("no signature", valid.substring(0, valid.lastIndexOf('.') + 1));
        put("two parts", valid.substring(0, valid.lastIndexOf('.')));
        put("four parts", valid + ".a");
        put("five parts: a JWE", Forge.encode("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}") + "..AAAA.AAAA.AAAA");
        put("cut short by one", valid.substring(0, valid.length() - 1));
        put("a space before", " " + valid);
        put("a line feed after", valid + "\n");
        put("a NUL after", valid + "\0");
        put("padding after", valid + "=");
        put("a byte order mark before", "\ufeff" + valid);
        put("Bearer before", "Bearer " + valid);
        put(
                "a signature that decodes alike",
                valid.substring(0, valid.length() - 1) + sibling(signature.charAt(signature.length() - 1)));
        put("a character that decoders skip", valid.replaceFirst("\\.", ".!"));
        put(
                "plain base64",
                valid.substring(0, valid.length() - signature.length())
                        + signature.replace('-', '+').replace('_', '/') + "+");
        put("the JSON form", "{\"payload\":\"" + valid.split("\\.")[1] + "\",\"signatures\":[]}");
        put("8,193 bytes", hs().claim("x", "x".repeat(8192)).signed(own));
        put("a megabyte", "a".repeat(1_000_000));
        put("8,000 dots", ".".repeat(8000));
        put("header that is a list", Forge.raw("[]", hs().claimsJson(), own));
        put("header that is null", Forge.raw("null", hs().claimsJson(), own));
        put(
                "header nested 1,000 deep",
                Forge.raw("{\"a\":".repeat(1000) + "1" + "}".repeat(1000), hs().claimsJson(), own));
        put(
                "claims nested 2,500 deep",
                Forge.raw(hs().headerJson(), "{\"a\":" + "[".repeat(2500) + "]".repeat(2500) + "}", own));
        put("claims that are null", Forge.raw(hs().headerJson(), "null", own));
        put("claims that are a token (nested)", Forge.raw(hs().headerJson(), valid, own));
        put("claims that are a string", Forge.raw(hs().headerJson(), "\"ann\"", own));
        put(
                "claims that are not UTF-8",
                Forge.encode(hs().headerJson()) + "." + Forge.encode(new byte[] {'{', (byte) 0xc3, '}'}) + ".AAAA");
        put(
                "claims of a token, signature of another",
                swapped(valid, hs().claim("sub", "bob").signed(own)));
        put("sub changed, signature kept", swapped(hs().claim("sub", "eve").signed(own), valid));
    }

    private Forge hs() {
        return Forge.token("HS256", "peal", clock.millis());
    }

    private Forge rs() {
        return Forge.token("RS256", "rsa", clock.millis());
    }

    private Forge es() {
        return Forge.token("ES256", "ec", clock.millis());
    }

    private Forge eddsa() {
        return Forge.token("EdDSA", "ed", clock.millis());
    }

    private void put(String wrong, String token) {
        if (tokens.put(wrong, token) != null) {
            throw new AssertionError("twice: " + wrong);
        }
    }

    private static String unsigned(Forge forge) {
        return forge.signed(input -> new byte[0]);
    }

    /** The first's header and claims with the second's signature. */
    private static String swapped(String first, String second) {
        return first.substring(0, first.lastIndexOf('.')) + second.substring(second.lastIndexOf('.'));
    }

    /** Another last character that differs only in the bits that decode to nothing. */
    private static char sibling(char last) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return alphabet.charAt(alphabet.indexOf(last) ^ 1);
    }

    private static byte[] modulus(KeyPair keys) {
        return ((RSAPublicKey) keys.getPublic()).getModulus().toByteArray();
    }

    private byte[] order() {
        byte[] order = ((ECPublicKey) ec.getPublic()).getParams().getOrder().toByteArray();
        return Arrays.copyOfRange(order, order.length - 32, order.length);
    }

    /** A right signature (R, s) made into (R, s + L), which a lax verifier takes for the same (RFC 8032 8.4). */
    private byte[] edSignatureBeyondOrder(byte[] input) throws GeneralSecurityException {
        byte[] signature = Forge.by(EDDSA, ed.getPrivate()).sign(input);
        var order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        var s = new BigInteger(1, reversed(Arrays.copyOfRange(signature, 32, 64))).add(order);
        byte[] bytes = s.toByteArray();
        byte[] wide = new byte[32];
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, wide, 32 - length, length);
        System.arraycopy(reversed(wide), 0, signature, 32, 32);
        return signature;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static byte[] twice(byte[] half) {
        byte[] both = Arrays.copyOf(half, 2 * half.length);
        System.arraycopy(half, 0, both, half.length, half.length);
        return both;
    }

    private static byte[] lastByteOne(int length) {
        byte[] bytes = new byte[length];
        bytes[length - 1] = 1;
        return bytes;
    }
}
