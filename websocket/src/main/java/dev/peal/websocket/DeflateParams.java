package dev.peal.websocket;

/**
 * What both sides agreed on for permessage-deflate (RFC 7692, section 7.1). Neither side takes over context: both
 * {@code no_context_takeover} parameters are part of every agreement.
 *
 * @param serverWindowBits 8 to 15: the server's messages refer back by at most 2^bits bytes
 * @param clientWindowBits 8 to 15, the same for the client's; 15 where the client cannot be asked
 */
public record DeflateParams(int serverWindowBits, int clientWindowBits) {
    public DeflateParams {
        if (serverWindowBits < 8 || serverWindowBits > 15 || clientWindowBits < 8 || clientWindowBits > 15) {
            throw new IllegalArgumentException("window bits must be 8 to 15");
        }
    }
}
