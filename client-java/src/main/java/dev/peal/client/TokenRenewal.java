package dev.peal.client;

import dev.peal.client.json.Json;
import dev.peal.client.loop.Loop;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Presents a fresh token on a live connection whose token is about to end; until the provider gives one that the server takes, it is asked again and again. Owned by the loop.
 */
final class TokenRenewal {
    private static final String ID = "renewal";

    private final Tokens tokens;
    private final Backoff backoff;
    private final Loop loop;
    private final Consumer<ObjectNode> send;
    private Optional<String> offered = Optional.empty();
    private Loop.Timer again = Loop.Timer.NONE;
    private long turn;
    private boolean running;

    TokenRenewal(Tokens tokens, Backoff backoff, Loop loop, Consumer<ObjectNode> send) {
        this.tokens = tokens;
        this.backoff = backoff;
        this.loop = loop;
        this.send = send;
    }

    void begin() {
        if (tokens.provided() && !running) {
            running = true;
            backoff.reset();
            ask();
        }
    }

    /** The connection is over. */
    void end() {
        running = false;
        turn++;
        again.cancel();
        offered = Optional.empty();
    }

    private void ask() {
        long mine = ++turn;
        tokens.renew(result -> {
            if (mine != turn) {
                return;
            }
            if (result.token().isPresent()) {
                offer(result.token().get());
            } else {
                again = loop.after(backoff.nextMillis(), this::ask);
            }
        });
    }

    private void offer(String token) {
        offered = Optional.of(token);
        ObjectNode message = Json.object().put("type", "authenticate").put("id", ID);
        message.putObject("data").put("token", token);
        send.accept(message);
    }

    boolean isAnswer(ObjectNode message) {
        return message.path("id").stringValue("").equals(ID);
    }

    /** The token that is in force now, if the server took it. */
    Optional<String> answered(ObjectNode message) {
        Optional<String> token = offered;
        offered = Optional.empty();
        running = false;
        if (message.path("type").stringValue("").equals("authenticated")) {
            return token;
        }
        if (token.isPresent() && Refusal.of(message).retry()) {
            running = true;
            again = loop.after(backoff.nextMillis(), () -> offer(token.get()));
        }
        return Optional.empty();
    }
}
