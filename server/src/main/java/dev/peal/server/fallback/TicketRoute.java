package dev.peal.server.fallback;

import dev.peal.limit.AddressKey;
import dev.peal.protocol.ClientMessage;
import dev.peal.protocol.EnvelopeReader;
import dev.peal.protocol.JsonWriter;
import dev.peal.protocol.Parsed;
import dev.peal.server.request.Callers;
import dev.peal.server.request.Operation;
import dev.peal.session.Arrival;
import dev.peal.transport.http.Refusal;
import dev.peal.transport.http.Request;
import dev.peal.transport.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;

/** {@code POST /api/ticket}: what opens one event stream where a client can send no header. Thread-safe. */
record TicketRoute(Callers callers, StreamTickets tickets) implements Operation {
    private static final byte[] BEFORE = "{\"type\":\"authenticate\",\"data\":".getBytes(StandardCharsets.US_ASCII);

    @Override
    public CompletionStage<Response> run(Request request) throws Refusal {
        callers.countRead(request);
        ClientMessage.Authenticate wish = wish(request.body());
        AddressKey address = AddressKey.of(request.client());
        return callers.judge(request, wish.userId(), wish.userName())
                .thenApply(identity -> issued(tickets.issue(
                        new Arrival(identity.orElse(null), wish.session(), wish.sessionId(), null), address)));
    }

    private Response issued(String ticket) {
        JsonWriter json = new JsonWriter(96).object().field("ticket", ticket);
        return Response.json(
                200, json.field("expiresInMs", tickets.lifeMillis()).end().toString());
    }

    /** The body has the fields of {@code authenticate}, read as strictly. A token belongs into the header alone. */
    private static ClientMessage.Authenticate wish(byte[] body) throws Refusal {
        byte[] data = body.length == 0 ? new byte[] {'{', '}'} : body;
        byte[] message = new byte[BEFORE.length + data.length + 1];
        System.arraycopy(BEFORE, 0, message, 0, BEFORE.length);
        System.arraycopy(data, 0, message, BEFORE.length, data.length);
        message[message.length - 1] = '}';
        if (new EnvelopeReader().read(message, 0, message.length) instanceof Parsed.Envelope envelope) {
            ClientMessage.Authenticate wish = ClientMessage.Authenticate.read(envelope.data());
            if (wish != null && wish.token() == null) {
                return wish;
            }
        }
        throw Refusal.bad(
                "invalid_message", "The body is an object with session, sessionId, userId, userName at most.");
    }
}
