package dev.peal.server;

import dev.peal.auth.Authenticator;
import dev.peal.auth.GuestTokens;
import dev.peal.auth.IssuerKeys;
import dev.peal.auth.JwksKeys;
import dev.peal.auth.JwksOptions;
import dev.peal.auth.OpenAuthenticator;
import dev.peal.auth.Revocations;
import dev.peal.auth.Secret;
import dev.peal.auth.Secrets;
import dev.peal.auth.TokenAlgorithm;
import dev.peal.auth.TokenAuthenticator;
import dev.peal.auth.TokenMinter;
import dev.peal.auth.TokenVerifier;
import dev.peal.auth.TrustedIssuer;
import dev.peal.limit.AddressKey;
import dev.peal.limit.AddressLimit;
import dev.peal.limit.Limit;
import dev.peal.server.config.Config;
import dev.peal.server.config.ConfigException;
import dev.peal.server.config.Key;
import dev.peal.server.config.Keys;
import dev.peal.server.config.Mode;
import dev.peal.time.Clock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How callers are known, as configured.
 *
 * @param authenticator judges them
 * @param guests gives tokens to guests; empty where they are switched off
 * @param revocations who is refused
 * @param keys the issuer's keys, where they need to be closed
 */
record Accounts(
        Authenticator authenticator, Optional<GuestTokens> guests, Revocations revocations, Optional<JwksKeys> keys) {

    /**
     * Reads keys and secrets. Blocks on files; a JWKS is asked for in the background.
     *
     * @throws ConfigException where a file is no key
     */
    static Accounts open(Config config, Path dataFolder, Clock clock) {
        Secrets secrets = secrets(dataFolder);
        Optional<JwksKeys> published = config.get(Keys.JWKS_URL).map(url -> published(config, url, clock));
        IssuerKeys keys = published.<IssuerKeys>map(jwks -> jwks).orElseGet(() -> held(config, secrets));
        List<TrustedIssuer> issuers = new ArrayList<>();
        issuers.add(new TrustedIssuer(config.get(Keys.ISSUER), config.get(Keys.AUDIENCE), keys));
        Revocations revocations = new Revocations(clock);
        Optional<GuestTokens> guests = guests(config, secrets, revocations, clock);
        guests.ifPresent(tokens -> issuers.add(tokens.issuer()));
        TokenAuthenticator tokens = new TokenAuthenticator(
                new TokenVerifier(issuers, config.get(Keys.LEEWAY).toMillis(), clock), revocations);
        Authenticator authenticator =
                config.get(Keys.AUTH_MODE) == Mode.Auth.OPEN ? new OpenAuthenticator(tokens, clock) : tokens;
        return new Accounts(authenticator, guests, revocations, published);
    }

    /**
     * What mints users' tokens for the server of this configuration.
     *
     * @throws ConfigException where its users' tokens come from elsewhere
     */
    static TokenMinter minter(Config config, Path dataFolder, Clock clock) {
        if (config.get(Keys.ALGORITHM) != TokenAlgorithm.HS256) {
            throw new ConfigException(
                    "auth.algorithm: only with HS256 can this server's tokens be made here; ask the issuer for one");
        }
        Secret secret = secretFile(config).orElseGet(() -> secrets(dataFolder).users());
        return new TokenMinter(config.get(Keys.ISSUER), config.get(Keys.AUDIENCE), secret, clock);
    }

    /** Whether guests get tokens. */
    static boolean guestsAllowed(Config config) {
        boolean otherIssuer = config.get(Keys.SECRET_FILE).isPresent()
                || config.get(Keys.PUBLIC_KEY_FILE).isPresent()
                || config.get(Keys.JWKS_URL).isPresent();
        return switch (config.get(Keys.GUESTS)) {
            case AUTO -> !otherIssuer;
            case ON -> true;
            case OFF -> false;
        };
    }

    private static Optional<GuestTokens> guests(Config config, Secrets secrets, Revocations revocations, Clock clock) {
        if (!guestsAllowed(config)) {
            return Optional.empty();
        }
        AddressLimit quota = new AddressLimit(Limit.of(config.get(Keys.GUESTS_PER_HOUR), Duration.ofHours(1)), clock);
        return Optional.of(new GuestTokens(
                config.get(Keys.AUDIENCE),
                secrets.guests(),
                config.get(Keys.GUEST_LIFETIME).toMillis(),
                config.get(Keys.LEEWAY).toMillis(),
                revocations,
                address -> quota.tryTake(AddressKey.of(address)),
                clock));
    }

    private static JwksKeys published(Config config, URI url, Clock clock) {
        try {
            return JwksKeys.open(JwksOptions.of(url, config.get(Keys.ALGORITHM)), clock);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("auth.jwksUrl: " + e.getMessage());
        }
    }

    private static IssuerKeys held(Config config, Secrets secrets) {
        Optional<Path> publicKeys = config.get(Keys.PUBLIC_KEY_FILE);
        if (publicKeys.isPresent()) {
            return pem(config.get(Keys.ALGORITHM), publicKeys.get());
        }
        return IssuerKeys.secrets(List.of(secretFile(config).orElse(secrets.users())));
    }

    private static IssuerKeys pem(TokenAlgorithm algorithm, Path file) {
        String text = text(Keys.PUBLIC_KEY_FILE, file);
        try {
            return IssuerKeys.pem(algorithm, List.of(text.split("(?<=-----)\\s+(?=-----BEGIN)")));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("auth.publicKeyFile: " + e.getMessage());
        }
    }

    private static Optional<Secret> secretFile(Config config) {
        return config.get(Keys.SECRET_FILE).map(file -> {
            try {
                return Secret.ofText(text(Keys.SECRET_FILE, file));
            } catch (IllegalArgumentException e) {
                throw new ConfigException("auth.secretFile: " + e.getMessage());
            }
        });
    }

    private static String text(Key<Optional<Path>> key, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ConfigException(key.name() + ": cannot read " + file);
        }
    }

    private static Secrets secrets(Path dataFolder) {
        try {
            return Secrets.in(dataFolder);
        } catch (IOException e) {
            throw new StartException("server.data: " + e.getMessage(), e);
        }
    }
}
