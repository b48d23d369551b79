package dev.peal.transport.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a whole request head, as bytes, and says whether every reader would understand it alike (RFC 9112).
 *
 * <p>Request smuggling lives on leniency: a bare LF, a folded line, a space before a colon, two lengths. So nothing here is repaired, guessed or skipped; a head
 * either has the grammar or is refused. Bodies in chunks are left to the decoder, which is as strict.
 */
final class StrictHead {
    private static final boolean[] TOKEN = tokenChars();
    private static final int METHOD_MAX = 20;

    private final byte[] head;
    private final int headerCountMax;
    private int at;
    private int hosts;
    private int lengths;
    private int codings;
    private boolean http10;

    private StrictHead(byte[] head, int headerCountMax) {
        this.head = head;
        this.headerCountMax = headerCountMax;
    }

    /**
     * Judges a head.
     *
     * @param in bytes; not consumed
     * @param from the first byte of the request line
     * @param to the byte after the empty line
     * @return what is wrong, or nothing
     */
    static Optional<Problem> check(ByteBuf in, int from, int to, int headerCountMax) {
        byte[] bytes = new byte[to - from];
        in.getBytes(from, bytes);
        return new StrictHead(bytes, headerCountMax).check();
    }

    private Optional<Problem> check() {
        Optional<Problem> problem = controlCharacters().or(this::requestLine);
        int count = 0;
        while (problem.isEmpty() && !endOfHead()) {
            if (++count > headerCountMax) {
                return Optional.of(Problem.of(431, "too_many_headers", "Too many header lines."));
            }
            problem = headerLine();
        }
        return problem.or(this::framing);
    }

    /** Nowhere a NUL or another control character, and CR and LF only together. */
    private Optional<Problem> controlCharacters() {
        for (int i = 0; i < head.length; i++) {
            byte b = head[i];
            if (b == '\r') {
                if (i + 1 == head.length || head[i + 1] != '\n') {
                    return bad("A carriage return without a line feed.");
                }
                i++;
            } else if (b == '\n') {
                return bad("A line feed without a carriage return.");
            } else if (b >= 0 && b < ' ' && b != '\t' || b == 0x7F) {
                return bad("A control character in the head.");
            }
        }
        return Optional.empty();
    }

    private Optional<Problem> requestLine() {
        int end = lineEnd();
        int method = at;
        while (at < end && TOKEN[head[at] & 0xFF]) {
            at++;
        }
        if (at == method || at - method > METHOD_MAX || at == end || head[at] != ' ') {
            return bad("The request line is malformed.");
        }
        int target = ++at;
        while (at < end && head[at] > ' ') {
            at++;
        }
        if (at == end || head[at] != ' ' || head[target] != '/' || !targetIsPlain(target, at)) {
            return bad("The request target is malformed.");
        }
        return version(text(at + 1, end)).or(() -> {
            at = end + 2;
            return Optional.empty();
        });
    }

    private Optional<Problem> version(String version) {
        http10 = version.equals("HTTP/1.0");
        if (http10 || version.equals("HTTP/1.1")) {
            return Optional.empty();
        }
        return version.matches("HTTP/\\d\\.\\d")
                ? Optional.of(Problem.of(505, "http_version", "This server speaks HTTP/1.1."))
                : bad("The request line is malformed.");
    }

    /** No fragment, no backslash, no characters that a URI must encode, each percent sign with its two digits. */
    private boolean targetIsPlain(int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = head[i];
            if (b == '%'
                    && !(i + 2 < to
                            && Character.digit(head[i + 1], 16) >= 0
                            && Character.digit(head[i + 2], 16) >= 0)) {
                return false;
            }
            if (b == '#' || b == '\\' || b == '"' || b == '<' || b == '>' || b == '^' || b == '`') {
                return false;
            }
        }
        return true;
    }

    private Optional<Problem> headerLine() {
        int end = lineEnd();
        if (head[at] == ' ' || head[at] == '\t') {
            return bad("A folded header line.");
        }
        int name = at;
        while (at < end && TOKEN[head[at] & 0xFF]) {
            at++;
        }
        if (at == name || at == end || head[at] != ':') {
            return bad("A header line is malformed.");
        }
        String field = text(name, at).toLowerCase(Locale.ROOT);
        String value = text(at + 1, end).strip();
        at = end + 2;
        return framingField(field, value);
    }

    private Optional<Problem> framingField(String field, String value) {
        switch (field) {
            case "host" -> hosts++;
            case "content-length" -> {
                lengths++;
                if (!value.matches("[0-9]{1,15}")) {
                    return bad("The content length is malformed.");
                }
            }
            case "transfer-encoding" -> {
                codings++;
                if (!value.equalsIgnoreCase("chunked")) {
                    return bad("The only transfer coding is chunked.");
                }
            }
            default -> {}
        }
        return Optional.empty();
    }

    /** One reading of where the body ends, or none (RFC 9112 6.3). */
    private Optional<Problem> framing() {
        if (hosts != 1) {
            return bad("One Host header is needed.");
        }
        if (lengths + codings > 1) {
            return bad("More than one statement of the body's length.");
        }
        if (codings == 1 && http10) {
            return bad("HTTP/1.0 has no transfer codings.");
        }
        return Optional.empty();
    }

    private boolean endOfHead() {
        return at >= head.length - 2;
    }

    private int lineEnd() {
        int end = at;
        while (head[end] != '\r') {
            end++;
        }
        return end;
    }

    private String text(int from, int to) {
        return new String(head, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static Optional<Problem> bad(String detail) {
        return Optional.of(Problem.bad(detail));
    }

    private static boolean[] tokenChars() {
        boolean[] token = new boolean[256];
        for (char c = '0'; c <= 'z'; c++) {
            token[c] = Character.isLetterOrDigit(c);
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            token[c] = true;
        }
        return token;
    }
}
