package dev.peal.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes this server's own tokens: HS256, one issuer, one audience. Thread-safe. */
final class TokenSigner {
    private final String issuer;
    private final String audience;
    private final MACSigner signer;

    TokenSigner(String issuer, String audience, Secret secret) {
        this.issuer = issuer;
        this.audience = audience;
        try {
            this.signer = new MACSigner(secret.bytes());
        } catch (JOSEException tooShort) {
            throw new IllegalArgumentException("not a secret for HS256");
        }
    }

    /** The token for an identity; its times are written in whole seconds. */
    String sign(Identity identity) {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .build();
        var token = new JWSObject(header, new Payload(claims(identity)));
        try {
            token.sign(signer);
        } catch (JOSEException noHmac) {
            throw new IllegalStateException("this JVM cannot sign by HMAC-SHA256", noHmac);
        }
        return token.serialize();
    }

    private Map<String, Object> claims(Identity identity) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", issuer);
        claims.put("aud", audience);
        claims.put("sub", identity.userId());
        claims.put("name", identity.userName());
        claims.put("iat", identity.issuedAtMillis() / 1000);
        claims.put("exp", identity.expiresAtMillis() / 1000);
        if (identity.tokenId() != null) {
            claims.put("jti", identity.tokenId());
        }
        List<String> rooms = identity.rooms().patterns();
        if (!identity.rooms().equals(RoomGlobs.ALL)) {
            claims.put("rooms", rooms);
        }
        return claims;
    }
}
