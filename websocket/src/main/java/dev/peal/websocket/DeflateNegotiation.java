package dev.peal.websocket;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Chooses among a client's permessage-deflate offers (RFC 7692, sections 5.1 and 7.1): the first one that is acceptable.
 *
 * <p>Every agreement contains both {@code no_context_takeover} parameters: a server may impose either, and every client must
 * support being told (7.1.1). So a message is compressed once for all its receivers, and no connection holds a window.
 */
final class DeflateNegotiation {
    static final String NAME = "permessage-deflate";
    private static final int BITS_MAX = 15;

    /**
     * An offer that is acceptable.
     *
     * @param params what is agreed
     * @param response this server's {@code Sec-WebSocket-Extensions}
     */
    record Agreement(DeflateParams params, String response) {}

    private final DeflateConfig config;
    private int serverBits = BITS_MAX;
    private boolean serverBitsAsked;
    private int clientBits = BITS_MAX;
    private boolean clientBitsOffered;

    private DeflateNegotiation(DeflateConfig config) {
        this.config = config;
    }

    /** The agreement on the first acceptable offer, if any. */
    static Optional<Agreement> choose(List<ExtensionOffer> offers, DeflateConfig config) {
        if (!config.enabled()) {
            return Optional.empty();
        }
        for (ExtensionOffer offer : offers) {
            DeflateNegotiation negotiation = new DeflateNegotiation(config);
            if (offer.name().equals(NAME) && negotiation.takeAll(offer.params())) {
                return Optional.of(negotiation.agree());
            }
        }
        return Optional.empty();
    }

    private boolean takeAll(List<ExtensionOffer.Param> params) {
        Set<String> seen = new HashSet<>();
        for (ExtensionOffer.Param param : params) {
            if (!seen.add(param.name()) || !take(param)) {
                return false;
            }
        }
        return true;
    }

    private boolean take(ExtensionOffer.Param param) {
        Optional<String> value = param.value();
        switch (param.name()) {
            case "server_no_context_takeover", "client_no_context_takeover" -> {
                return value.isEmpty();
            }
            case "server_max_window_bits" -> {
                OptionalInt bits = value.map(DeflateNegotiation::bits).orElse(OptionalInt.empty());
                serverBitsAsked = true;
                serverBits = bits.orElse(0);
                return bits.isPresent();
            }
            case "client_max_window_bits" -> {
                OptionalInt bits = value.map(DeflateNegotiation::bits).orElse(OptionalInt.of(BITS_MAX));
                clientBitsOffered = true;
                clientBits = bits.orElse(0);
                return bits.isPresent();
            }
            default -> {
                return false;
            }
        }
    }

    private Agreement agree() {
        StringBuilder response =
                new StringBuilder(NAME).append("; server_no_context_takeover; client_no_context_takeover");
        int server = Math.min(serverBits, config.serverWindowBitsMax());
        if (serverBitsAsked) {
            response.append("; server_max_window_bits=").append(server);
        }
        int client = clientBits;
        if (clientBitsOffered && config.clientWindowBitsMax() < BITS_MAX) {
            client = Math.min(clientBits, config.clientWindowBitsMax());
            response.append("; client_max_window_bits=").append(client);
        }
        return new Agreement(new DeflateParams(server, client), response.toString());
    }

    /** 8 to 15, in decimal without a leading zero (7.1.2). */
    private static OptionalInt bits(String text) {
        return switch (text) {
            case "8" -> OptionalInt.of(8);
            case "9" -> OptionalInt.of(9);
            case "10" -> OptionalInt.of(10);
            case "11" -> OptionalInt.of(11);
            case "12" -> OptionalInt.of(12);
            case "13" -> OptionalInt.of(13);
            case "14" -> OptionalInt.of(14);
            case "15" -> OptionalInt.of(BITS_MAX);
            default -> OptionalInt.empty();
        };
    }
}
