package dev.peal.websocket;

/** What the opening handshake is judged by. */
public record HandshakeConfig(SiteRules site, DeflateConfig deflate) {
    public static final HandshakeConfig DEFAULT = new HandshakeConfig(SiteRules.DEFAULT, DeflateConfig.DEFAULT);
}
