package dev.peal.client;

import dev.peal.client.ClientState.Phase;
import dev.peal.client.json.Json;
import dev.peal.client.link.Link;
import dev.peal.client.link.LinkEnd;
import dev.peal.client.link.LinkEvents;
import dev.peal.client.link.Target;
import dev.peal.client.link.Transport;
import dev.peal.client.loop.Loop;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps one connection: asks for a token, opens a link, signs in, watches its heartbeat; when it ends, waits as its end demands and begins again. Owned by the loop.
 *
 * <p>What it tells its owner between {@code live} and {@code lost} belongs to one connection; what an earlier one still says is not heard.
 */
final class Connector {
    /** What the owner of a connection is told. */
    interface Owner {
        /** Signed in; {@code data} is that of {@code authenticated}. */
        void live(JsonNode data);

        void lost();

        void message(ObjectNode message);

        default void bytes(byte[] frame) {}

        /** For good: nothing is tried any more. */
        void stopped(String reason);

        void changed(ClientState state);
    }

    /**
     * Who a client says that it is.
     *
     * @param user its id, where the server believes that without a token
     * @param nobody whether a client that has neither a token nor a user says nothing about who it is
     */
    record Identity(Optional<String> user, Optional<String> name, boolean nobody) {}

    private static final int BYE = 1000;
    private static final int NO_ANSWER = 4000;

    private final Target target;
    private final Identity identity;
    private final ClientSettings settings;
    private final Transports transports;
    private final Tokens tokens;
    private final Backoff backoff;
    private final Loop loop;
    private final Owner owner;
    private final Heartbeat heartbeat;
    private final TokenRenewal renewal;

    private ClientState state = ClientState.INITIAL;
    private @Nullable Link link;
    private Optional<String> presented = Optional.empty();
    private Optional<String> sessionId = Optional.empty();
    private OptionalLong slot = OptionalLong.empty();
    /** Which try this is: whatever belongs to an earlier one is too late. */
    private long turn;

    private Loop.Timer patience = Loop.Timer.NONE;
    private Loop.Timer stable = Loop.Timer.NONE;

    /** What a connection is made with. */
    record Parts(Target target, Identity identity, ClientSettings settings, Transports transports, Tokens tokens) {}

    Connector(Parts parts, Backoff backoff, Backoff renewals, Loop loop, Owner owner) {
        this.target = parts.target();
        this.identity = parts.identity();
        this.settings = parts.settings();
        this.transports = parts.transports();
        this.tokens = parts.tokens();
        this.backoff = backoff;
        this.loop = loop;
        this.owner = owner;
        this.heartbeat = new Heartbeat(settings.heartbeat(), loop, this::send, this::giveUp);
        this.renewal = new TokenRenewal(tokens, renewals, loop, this::send);
    }

    ClientState state() {
        return state;
    }

    int tokensAsked() {
        return tokens.asked();
    }

    int failures() {
        return backoff.attempts();
    }

    void start() {
        if (state.phase() == Phase.IDLE || state.phase() == Phase.STOPPED) {
            backoff.reset();
            connect();
        }
    }

    /** The program's own end; it may start again. */
    void stop() {
        end(BYE, "bye");
        enter(Phase.IDLE, OptionalLong.empty(), Optional.empty());
    }

    /** Whether there is a connection that takes it. */
    boolean send(ObjectNode message) {
        if (state.phase() != Phase.LIVE || link == null) {
            return false;
        }
        link.send(message);
        return true;
    }

    /** Nobody seems to be there: this connection is over, and its session is not. */
    void giveUp() {
        if (link != null) {
            link.close(NO_ANSWER, "no answer");
            ended(new LinkEnd(1006, "no answer", OptionalLong.empty(), LinkEnd.Progress.OPENED));
        }
    }

    private void connect() {
        enter(Phase.CONNECTING, OptionalLong.empty(), state.reason());
        long mine = ++turn;
        tokens.get(result -> {
            if (mine != turn) {
                return;
            }
            if (result instanceof Tokens.Result.Failed failed) {
                await(backoff.nextMillis(), failed.code());
            } else {
                open(result.token());
            }
        });
    }

    private void open(Optional<String> token) {
        presented = token;
        Transport transport = transports.next();
        state = new ClientState(state.phase(), Optional.of(transport.name()), state.retryInMillis(), state.reason());
        owner.changed(state);
        SignIn events = new SignIn(++turn);
        link = transport.open(target, loop, events);
        patience = loop.after(settings.patience().signInMillisMax(), events::unanswered);
    }

    /** The events of one link, as long as it is the one in use. */
    private final class SignIn implements LinkEvents {
        private static final String ID = "signin";
        private final long mine;

        SignIn(long mine) {
            this.mine = mine;
        }

        private boolean current() {
            return mine == turn;
        }

        @Override
        public void open() {
            if (!current() || link == null) {
                return;
            }
            if (identity.nobody() && presented.isEmpty() && identity.user().isEmpty()) {
                live(Json.object());
                return;
            }
            ObjectNode message = Json.object().put("type", "authenticate").put("id", ID);
            ObjectNode data = message.putObject("data");
            presented.ifPresent(token -> data.put("token", token));
            identity.user().ifPresent(user -> data.put("userId", user));
            identity.name().ifPresent(name -> data.put("userName", name));
            data.put("session", true);
            sessionId.ifPresent(id -> data.put("sessionId", id));
            link.send(message);
        }

        @Override
        public void message(ObjectNode message) {
            if (current()) {
                boolean answer = message.path("id").stringValue("").equals(ID);
                if (answer) {
                    signedIn(message);
                } else {
                    received(message);
                }
            }
        }

        @Override
        public void bytes(byte[] frame) {
            if (current()) {
                owner.bytes(frame);
            }
        }

        @Override
        public void closed(LinkEnd end) {
            if (current()) {
                ended(end);
            }
        }

        void unanswered() {
            if (current() && link != null) {
                link.close(NO_ANSWER, "no answer");
                ended(new LinkEnd(1006, "no answer to the sign-in", OptionalLong.empty(), LinkEnd.Progress.REFUSED));
            }
        }
    }

    private void signedIn(ObjectNode message) {
        if (!message.path("type").stringValue("").equals("authenticated")) {
            patience.cancel();
            refused(Refusal.of(message));
            return;
        }
        sessionId = Optional.ofNullable(message.path("data").path("sessionId").stringValue(null))
                .or(() -> sessionId);
        live(message.path("data"));
    }

    private void live(JsonNode who) {
        patience.cancel();
        transports.worked();
        stable = loop.after(settings.reconnect().stableMillis(), backoff::reset);
        heartbeat.start();
        enter(Phase.LIVE, OptionalLong.empty(), Optional.empty());
        owner.live(who);
    }

    /** The sign-in itself was answered by an error. */
    private void refused(Refusal refusal) {
        end(NO_ANSWER, "refused");
        if (refusal.retry()) {
            await(refusal.retryAfterMillis().orElse(0) + backoff.nextMillis(), refusal.code());
        } else {
            halt(refusal.code());
        }
    }

    private void received(ObjectNode message) {
        switch (message.path("type").stringValue("")) {
            case "pong" -> {
                heartbeat.answered();
                if (message.has("id")) {
                    owner.message(message);
                }
            }
            case "reconnect" -> {
                JsonNode after = message.path("data").path("afterMs");
                slot = after.isNumber() ? OptionalLong.of(Math.max(0, after.asLong(0))) : OptionalLong.empty();
            }
            case "token_expiring" -> renewal.begin();
            default -> {
                if (renewal.isAnswer(message)) {
                    renewal.answered(message).ifPresent(token -> presented = Optional.of(token));
                } else {
                    owner.message(message);
                }
            }
        }
    }

    private void ended(LinkEnd end) {
        forget();
        OptionalLong announced = slot;
        slot = OptionalLong.empty();
        String reason = end.reason().isEmpty() ? "closed_" + end.code() : end.reason();
        switch (AfterClose.of(end.code(), end.reason())) {
            case STAY_AWAY -> halt(reason);
            case NEW_TOKEN -> {
                if (tokens.provided()) {
                    tokens.refused(presented);
                    await(backoff.nextMillis(), reason);
                } else {
                    halt(reason);
                }
            }
            case SLOT -> await(announced.isPresent() ? announced.getAsLong() : backoff.nextMillis(), reason);
            case BACK_OFF -> {
                if (transports.failed(end.progress()) && end.afterMillis().isEmpty()) {
                    connect();
                } else {
                    await(end.afterMillis().orElse(0) + backoff.nextMillis(), reason);
                }
            }
        }
    }

    private void await(long millis, String reason) {
        enter(Phase.WAITING, OptionalLong.of(millis), Optional.of(reason));
        long mine = ++turn;
        patience = loop.after(millis, () -> {
            if (mine == turn) {
                connect();
            }
        });
    }

    private void halt(String reason) {
        turn++;
        enter(Phase.STOPPED, OptionalLong.empty(), Optional.of(reason));
        owner.stopped(reason);
    }

    private void end(int code, String reason) {
        Link closing = link;
        forget();
        slot = OptionalLong.empty();
        if (closing != null) {
            closing.close(code, reason);
        }
    }

    /** The connection is over on this side, whatever else there is to it. */
    private void forget() {
        boolean was = state.phase() == Phase.LIVE;
        link = null;
        turn++;
        patience.cancel();
        stable.cancel();
        heartbeat.stop();
        renewal.end();
        if (was) {
            // Nobody who is told of the loss may send over what is lost.
            state = new ClientState(Phase.CONNECTING, state.transport(), OptionalLong.empty(), Optional.empty());
            owner.lost();
        }
    }

    private void enter(Phase phase, OptionalLong retryInMillis, Optional<String> reason) {
        state = new ClientState(phase, state.transport(), retryInMillis, reason);
        owner.changed(state);
    }
}
