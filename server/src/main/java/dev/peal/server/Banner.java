package dev.peal.server;

import dev.peal.auth.TokenAlgorithm;
import dev.peal.market.MarketApp;
import dev.peal.server.config.Config;
import dev.peal.server.config.Keys;
import dev.peal.server.config.Mode;
import dev.peal.transport.EventLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the start prints: where to go, what it runs on, what is insecure. Pure. */
record Banner(List<String> lines) {
    static Banner of(PealServer server) {
        Config config = server.config();
        List<String> lines = new ArrayList<>();
        lines.add("Peal is at " + server.uri());
        lines.add("  listening   " + String.join(", ", config.get(Keys.HOST)) + " port " + server.port()
                + (config.get(Keys.TLS_CERT).isPresent() ? ", TLS" : ""));
        lines.add("  transport   " + transport(server.loops()));
        lines.add("  storage     " + storage(config));
        lines.add("  sign-in     " + signIn(config));
        if (config.get(Keys.MARKET)) {
            lines.add("  market      " + market(config));
        }
        warnings(config).forEach(warning -> lines.add("  INSECURE    " + warning));
        if (!Addresses.loopbackOnly(config) && config.get(Keys.PUBLIC_HOSTS).isEmpty()) {
            lines.add("  NOTE        server.publicHosts is empty: requests for any name but localhost are refused");
        }
        return new Banner(List.copyOf(lines));
    }

    private static String transport(EventLoops loops) {
        String line = loops.kind().label() + ", " + loops.owners().size() + " loops";
        return loops.fallbacks().isEmpty() ? line : line + " (not " + String.join("; not ", loops.fallbacks()) + ")";
    }

    private static String storage(Config config) {
        return switch (config.get(Keys.LOG_ENGINE)) {
            case SQLITE ->
                "SQLite in " + config.get(Keys.DATA).toAbsolutePath().normalize()
                        + ", flushed to the disk before each acknowledgement";
            case MEMORY -> "memory: everything is lost when the server ends";
        };
    }

    private static String signIn(Config config) {
        if (config.get(Keys.AUTH_MODE) == Mode.Auth.OPEN) {
            return "open: clients are who they say";
        }
        boolean own = config.get(Keys.ALGORITHM) == TokenAlgorithm.HS256
                && config.get(Keys.SECRET_FILE).isEmpty();
        String users = own ? "tokens by `peal token --user ID`" : "tokens of " + config.get(Keys.ISSUER);
        return users + (Accounts.guestsAllowed(config) ? ", guests on the page" : ", no guests");
    }

    private static String market(Config config) {
        return config.get(Keys.MARKET_SOURCE).stream()
                        .map(source -> switch (source) {
                            case EXCHANGE -> "the embedded exchange";
                            case REPLAY ->
                                "a replay of " + config.get(Keys.REPLAY_FILE) + " at " + config.get(Keys.REPLAY_SPEED)
                                        + "x";
                            case INGEST -> "what programs send";
                        })
                        .collect(Collectors.joining(", "))
                + " at /stream"
                + (config.get(Keys.ANONYMOUS).contains(MarketApp.NAME) ? ", open to everybody" : "");
    }

    private static List<String> warnings(Config config) {
        List<String> warnings = new ArrayList<>();
        boolean network = !Addresses.loopbackOnly(config);
        if (config.get(Keys.AUTH_MODE) == Mode.Auth.OPEN) {
            warnings.add("open mode: anyone who reaches this port can be anyone"
                    + (network ? ", and the network reaches it" : ""));
        }
        if (network
                && config.get(Keys.TLS_CERT).isEmpty()
                && config.get(Keys.TRUSTED_PROXIES).isEmpty()) {
            warnings.add("no TLS: tokens and messages cross the network in the clear");
        }
        if (config.get(Keys.ALLOWED_ORIGINS).stream().anyMatch(origin -> origin.startsWith("http://"))) {
            warnings.add(
                    "http.allowedOrigins names a site without TLS: who is between it and its visitors can use their sessions");
        }
        return warnings;
    }
}
