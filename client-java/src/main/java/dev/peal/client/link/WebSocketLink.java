package dev.peal.client.link;

import dev.peal.client.json.Json;
import dev.peal.client.loop.Loop;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One WebSocket. Asks for the next message when the last one was taken, so a client that is busy stops reading. Owned by the loop; the listener's methods run on the
 * HTTP client's threads, one at a time.
 */
final class WebSocketLink implements Link, WebSocket.Listener {
    private static final int CLOSE_MILLIS_MAX = 2_000;
    private static final int NORMAL = 1000;
    private static final int OWN_CODES_FROM = 3000;

    private final Loop loop;
    private final LinkEvents events;
    private final ArrayDeque<String> outgoing = new ArrayDeque<>();
    /** Of the listener's thread. */
    private final StringBuilder parts = new StringBuilder();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private @Nullable WebSocket socket;
    private boolean sending;
    private boolean over;

    WebSocketLink(Loop loop, LinkEvents events) {
        this.loop = loop;
        this.events = events;
    }

    void opened(@Nullable WebSocket opened, @Nullable Throwable failure) {
        if (opened == null) {
            end(refused(failure));
            return;
        }
        if (over) {
            opened.abort();
            return;
        }
        socket = opened;
        events.open();
        opened.request(1);
    }

    /** No 101: who answered, and with what. */
    private static LinkEnd refused(@Nullable Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof WebSocketHandshakeException handshake && handshake.getResponse() != null) {
            return Answers.notWebSocket(handshake.getResponse());
        }
        return LinkEnd.abnormal("no WebSocket", Failures.progress(cause));
    }

    @Override
    public void send(ObjectNode message) {
        if (over || socket == null) {
            return;
        }
        outgoing.add(Json.text(message));
        sendNext();
    }

    /** The JDK wants one message to be on its way before the next is given. */
    private void sendNext() {
        WebSocket to = socket;
        if (sending || over || to == null) {
            return;
        }
        String next = outgoing.poll();
        if (next != null) {
            sending = true;
            CompletableFuture<WebSocket> sent = to.sendText(next, true);
            sent.whenComplete((same, failure) -> loop.execute(() -> sent(failure)));
        }
    }

    private void sent(@Nullable Throwable failure) {
        sending = false;
        if (failure != null) {
            end(LinkEnd.abnormal("not sent", LinkEnd.Progress.OPENED));
        } else {
            sendNext();
        }
    }

    @Override
    public void close(int code, String reason) {
        over = true;
        outgoing.clear();
        WebSocket closing = socket;
        if (closing == null) {
            return;
        }
        if (sending) {
            closing.abort();
            return;
        }
        // The JDK sends only those codes that are a program's own to give.
        closing.sendClose(code >= OWN_CODES_FROM ? code : NORMAL, reason)
                .whenComplete((same, failure) -> loop.after(CLOSE_MILLIS_MAX, closing::abort));
    }

    private void end(LinkEnd end) {
        if (over) {
            return;
        }
        over = true;
        outgoing.clear();
        if (socket != null) {
            socket.abort();
        }
        events.closed(end);
    }

    private void received(WebSocket from, String text) {
        if (over) {
            return;
        }
        Optional<ObjectNode> message = Json.message(text);
        if (message.isEmpty()) {
            end(LinkEnd.abnormal("not a message of Peal", LinkEnd.Progress.REFUSED));
            return;
        }
        events.message(message.get());
        if (!over) {
            from.request(1);
        }
    }

    private void received(WebSocket from, byte[] frame) {
        if (over) {
            return;
        }
        events.bytes(frame);
        if (!over) {
            from.request(1);
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        // The first message is asked for by opened(), when its owner knows of the link.
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        if (parts.length() + data.length() > Json.BYTES_MAX) {
            loop.execute(() -> end(LinkEnd.abnormal("too long a message", LinkEnd.Progress.OPENED)));
            return null;
        }
        parts.append(data);
        if (!last) {
            from.request(1);
            return null;
        }
        String text = parts.toString();
        parts.setLength(0);
        loop.execute(() -> received(from, text));
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        if (bytes.size() + data.remaining() > Json.BYTES_MAX) {
            loop.execute(() -> end(LinkEnd.abnormal("too long a message", LinkEnd.Progress.OPENED)));
            return null;
        }
        byte[] part = new byte[data.remaining()];
        data.get(part);
        bytes.writeBytes(part);
        if (!last) {
            from.request(1);
            return null;
        }
        byte[] frame = bytes.toByteArray();
        bytes.reset();
        loop.execute(() -> received(from, frame));
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        loop.execute(() -> end(LinkEnd.closed(code, reason)));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        loop.execute(() -> end(LinkEnd.abnormal("lost", LinkEnd.Progress.OPENED)));
    }
}
