package dev.peal.auth;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JWS in compact form (RFC 7515 7.1), taken apart; nothing in it is believed yet.
 *
 * <p>The three parts are checked character by character before the library sees them: its base64url decoder skips what it does not know, so that many texts
 * would be the same token.
 *
 * @param header what the library made of the header
 * @param parameters the header as JSON, to see what is there at all
 * @param claims the payload
 * @param signingInput what the signature is over
 */
record SignedToken(
        JWSHeader header, Map<String, Object> parameters, Claims claims, byte[] signingInput, Base64URL signature) {

    private static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /** @throws ParseException if it is not exactly a signed token with a JSON object as header and another as payload */
    static SignedToken parse(String token) throws ParseException {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw new ParseException("not three parts", 0);
        }
        for (String part : parts) {
            requireBase64Url(part);
        }
        var parameters = object(parts[0]);
        return new SignedToken(
                header(parameters, parts[0]),
                parameters,
                new Claims(object(parts[1])),
                token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII),
                new Base64URL(parts[2]));
    }

    /** The id of the key that signed it, as it says; null if it does not. */
    @Nullable
    String keyId() {
        return header.getKeyID();
    }

    /** Shows nothing of the token. */
    @Override
    public String toString() {
        return "SignedToken[" + header.getAlgorithm() + "]";
    }

    private static JWSHeader header(Map<String, Object> parameters, String encoded) throws ParseException {
        try {
            return JWSHeader.parse(parameters, new Base64URL(encoded));
        } catch (IllegalArgumentException | IllegalStateException refusedByItsBuilder) {
            throw new ParseException("not a JWS header", 0);
        }
    }

    private static Map<String, Object> object(String part) throws ParseException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(new Base64URL(part).decode()))
                    .toString();
            // The library answers null for the JSON text "null", which no annotation of its says.
            Map<String, Object> parsed = JSONObjectUtils.parse(text);
            return Optional.ofNullable(parsed).orElseThrow(() -> new ParseException("no JSON object", 0));
        } catch (CharacterCodingException notUtf8) {
            throw new ParseException("not UTF-8", 0);
        }
    }

    /** The alphabet of RFC 4648 5 without padding, and no bits set that decode to nothing. */
    private static void requireBase64Url(String part) throws ParseException {
        int bits = 0;
        for (int i = 0; i < part.length(); i++) {
            bits = BASE64URL.indexOf(part.charAt(i));
            if (bits < 0) {
                throw new ParseException("not base64url", i);
            }
        }
        boolean canonical = switch (part.length() % 4) {
            case 0 -> true;
            case 2 -> (bits & 0b1111) == 0;
            case 3 -> (bits & 0b11) == 0;
            default -> false;
        };
        if (part.isEmpty() || !canonical) {
            throw new ParseException("not base64url", part.length());
        }
    }
}
