package dev.peal.server.config;

import dev.peal.auth.TokenAlgorithm;
import dev.peal.protocol.Durability;
import java.util.Map;
import java.util.Set;

/** Settings that are each right and together impossible. */
final class Pairs {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    private Pairs() {}

    static void check(Config config) {
        network(config);
        issuer(config);
        sizes(config);
        durability(config);
        market(config);
    }

    private static void network(Config config) {
        boolean cert = config.get(Keys.TLS_CERT).isPresent();
        boolean key = config.get(Keys.TLS_KEY).isPresent();
        require(cert == key, "tls.cert: wants tls.key with it, and the other way round");
        boolean proxied = !config.get(Keys.TRUSTED_PROXIES).isEmpty();
        require(
                proxied || !config.get(Keys.PROXY_PROTOCOL),
                "http.proxyProtocol: wants http.trustedProxies to say from whom");
        require(!config.get(Keys.HOST).isEmpty(), "server.host: wants an address to listen on, got nothing");
        if (LOOPBACK.containsAll(config.get(Keys.HOST))) {
            return;
        }
        require(
                cert || proxied || config.get(Keys.PLAINTEXT),
                "server.host: beyond this machine wants tls.cert and tls.key, or http.trustedProxies, or server.plaintext=true (--plaintext)");
        require(
                config.get(Keys.AUTH_MODE) == Mode.Auth.TOKEN || config.get(Keys.OPEN_TO_NETWORK),
                "auth.mode: open beyond this machine lets anyone be anyone; it wants auth.openToNetwork=true to confirm");
    }

    private static void issuer(Config config) {
        boolean secret = config.get(Keys.SECRET_FILE).isPresent();
        boolean keys = config.get(Keys.PUBLIC_KEY_FILE).isPresent();
        boolean url = config.get(Keys.JWKS_URL).isPresent();
        if (config.get(Keys.ALGORITHM) == TokenAlgorithm.HS256) {
            require(!keys, "auth.publicKeyFile: wants auth.algorithm to be RS256, ES256 or EdDSA");
            require(!url, "auth.jwksUrl: wants auth.algorithm to be RS256, ES256 or EdDSA");
        } else {
            require(!secret, "auth.secretFile: is for auth.algorithm=HS256 alone");
            require(keys != url, "auth.algorithm: other than HS256 wants either auth.publicKeyFile or auth.jwksUrl");
        }
        require(
                config.get(Keys.GUESTS) != Mode.Guests.ON || !(secret || keys || url),
                "auth.guests: cannot be on beside another issuer of users (auth.secretFile, auth.publicKeyFile, auth.jwksUrl)");
    }

    private static void sizes(Config config) {
        require(
                config.get(Keys.FRAME_BYTES) <= config.get(Keys.MESSAGE_BYTES),
                "limits.frameBytes: wants to be at most limits.messageBytes");
        require(
                config.get(Keys.CONNECTIONS_PER_ADDRESS) <= config.get(Keys.CONNECTIONS),
                "limits.connectionsPerAddress: wants to be at most limits.connections");
        require(
                config.get(Keys.PING_TIMEOUT).compareTo(config.get(Keys.PING_INTERVAL)) < 0,
                "heartbeat.timeout: wants to be shorter than heartbeat.interval");
        require(
                config.get(Keys.BATCH_BYTES) <= config.get(Keys.OUTBOX_BYTES),
                "limits.batchBytes: wants to be at most limits.outboxBytes");
    }

    private static void durability(Config config) {
        if (config.get(Keys.LOG_ENGINE) == Mode.Engine.SQLITE) {
            return;
        }
        for (Map.Entry<String, Durability> kind : config.get(Keys.DURABILITY).entrySet()) {
            require(
                    kind.getValue() == Durability.MEMORY,
                    "log.durability." + kind.getKey() + ": cannot be disk with log.engine=memory");
        }
    }

    private static void market(Config config) {
        boolean ingest = config.get(Keys.MARKET_SOURCE).contains(Mode.Market.INGEST);
        boolean symbols = !config.get(Keys.INGEST_SYMBOLS).isEmpty();
        require(!ingest || symbols, "market.source: ingest wants market.ingest.symbols to say what may be sent");
        require(ingest || !symbols, "market.ingest.symbols: wants ingest in market.source");
    }

    private static void require(boolean possible, String line) {
        if (!possible) {
            throw new ConfigException(line);
        }
    }
}
