package dev.peal.client;

import dev.peal.client.link.JsonGets;
import dev.peal.client.loop.Loop;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a connection of flat messages is made of. Everything here happens on the loop, but for {@link #close}. */
final class StreamCore implements StreamLine, Connector.Owner {
    record Parts(ClientSettings settings, Loop loop, Executor callbacks, RandomGenerator random, JsonGets gets) {}

    private final Parts parts;
    private final Connector connector;
    private final Requests requests;
    private final StreamLine.User user;
    private final Runnable release;

    StreamCore(Parts parts, Connector.Parts connection, Function<StreamLine, StreamLine.User> user, Runnable release) {
        this.parts = parts;
        this.release = release;
        this.connector = new Connector(connection, backoff(), backoff(), parts.loop(), this);
        this.requests = new Requests(
                parts.loop(), parts.settings().patience().answerMillisMax(), connector::send, connector::giveUp);
        this.user = user.apply(this);
    }

    private Backoff backoff() {
        return new Backoff(parts.settings().reconnect(), parts.random());
    }

    @Override
    public Loop loop() {
        return parts.loop();
    }

    @Override
    public Executor callbacks() {
        return parts.callbacks();
    }

    @Override
    public RandomGenerator random() {
        return parts.random();
    }

    @Override
    public long waitMillis(int failures) {
        return Backoff.millis(
                parts.settings().reconnect(), failures, parts.random().nextDouble());
    }

    @Override
    public void start() {
        connector.start();
    }

    @Override
    public void stop() {
        connector.stop();
    }

    @Override
    public void close() {
        parts.loop().execute(connector::stop);
        release.run();
    }

    @Override
    public void ask(ObjectNode action, Consumer<Line.Answer> then) {
        requests.ask(action, outcome -> then.accept(ClientCore.answer(outcome)));
    }

    @Override
    public void tell(ObjectNode action) {
        connector.send(action);
    }

    @Override
    public void get(String pathAndQuery, Consumer<Optional<JsonNode>> then) {
        parts.gets().get(pathAndQuery, then);
    }

    // --- what the connection says

    @Override
    public void live(JsonNode who) {
        user.live(Wire.text(who, "userId"));
    }

    @Override
    public void lost() {
        user.lost();
        requests.lost();
    }

    @Override
    public void message(ObjectNode message) {
        if (message.has("id")) {
            requests.take(message);
        } else {
            user.message(message);
        }
    }

    @Override
    public void bytes(byte[] frame) {
        user.bytes(frame);
    }

    @Override
    public void stopped(String reason) {
        // Told as a state.
    }

    @Override
    public void changed(ClientState state) {
        user.changed(state);
    }
}
