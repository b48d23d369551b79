package dev.peal.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code Sec-WebSocket-Extensions} by the grammar of RFC 6455, section 9.1, in one pass; empty list elements are allowed. */
final class ExtensionParser {
    private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";

    private final String text;
    private int at;
    private boolean malformed;

    private ExtensionParser(String text) {
        this.text = text;
    }

    /** The offers in order of preference; absent where any value breaks the grammar. */
    static Optional<List<ExtensionOffer>> parse(List<String> headerValues) {
        List<ExtensionOffer> offers = new ArrayList<>();
        for (String value : headerValues) {
            ExtensionParser parser = new ExtensionParser(value);
            parser.list(offers);
            if (parser.malformed) {
                return Optional.empty();
            }
        }
        return Optional.of(offers);
    }

    private void list(List<ExtensionOffer> into) {
        while (true) {
            skipSpace();
            if (at < text.length() && text.charAt(at) != ',') {
                into.add(offer());
                skipSpace();
            }
            if (at == text.length() || malformed) {
                return;
            }
            expect(',');
        }
    }

    private ExtensionOffer offer() {
        String name = token();
        List<ExtensionOffer.Param> params = new ArrayList<>();
        while (!malformed && found(';')) {
            skipSpace();
            String param = token();
            params.add(new ExtensionOffer.Param(param, found('=') ? Optional.of(value()) : Optional.empty()));
        }
        return new ExtensionOffer(name, params);
    }

    private String value() {
        skipSpace();
        if (at == text.length() || text.charAt(at) != '"') {
            return token();
        }
        at++;
        String quoted = token(); // what is quoted must be a token as well
        expect('"');
        return quoted;
    }

    private String token() {
        int start = at;
        while (at < text.length() && isTokenChar(text.charAt(at))) {
            at++;
        }
        malformed |= at == start;
        return text.substring(start, at);
    }

    private boolean found(char wanted) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
        } else {
            malformed = true;
        }
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private static boolean isTokenChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_SYMBOLS.indexOf(c) >= 0;
    }
}
