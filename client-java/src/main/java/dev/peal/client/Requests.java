package dev.peal.client;

import dev.peal.client.json.Json;
import dev.peal.client.loop.Loop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** The requests of one connection that wait for their answer. Each gets one outcome. Owned by the loop. */
final class Requests {
    /** What became of a request. */
    sealed interface Outcome {
        record Answered(ObjectNode message) implements Outcome {}

        record Refused(Refusal refusal) implements Outcome {}

        /** The connection went before the answer came: it may have been done or not. */
        record Lost() implements Outcome {}
    }

    private record Waiting(Consumer<Outcome> then, Loop.Timer patience) {}

    private static final Outcome LOST = new Outcome.Lost();

    private final Loop loop;
    private final int answerMillisMax;
    private final Predicate<ObjectNode> send;
    private final Runnable silent;
    private final Map<String, Waiting> waiting = new HashMap<>();
    private long next;
    private long unknown;

    /**
     * @param send whether there is a connection that takes it
     * @param silent called where an answer does not come in time: the connection is not worth much
     */
    Requests(Loop loop, int answerMillisMax, Predicate<ObjectNode> send, Runnable silent) {
        this.loop = loop;
        this.answerMillisMax = answerMillisMax;
        this.send = send;
        this.silent = silent;
    }

    void ask(String type, ObjectNode data, Consumer<Outcome> then) {
        ask(type, Optional.empty(), data, then);
    }

    /** Asks with a message that is flat: all its fields stand beside its {@code id}. */
    void ask(ObjectNode flat, Consumer<Outcome> then) {
        send("r" + ++next, flat.deepCopy(), then);
    }

    void ask(String type, Optional<String> messageId, ObjectNode data, Consumer<Outcome> then) {
        ObjectNode message = Json.object().put("type", type);
        messageId.ifPresent(text -> message.put("messageId", text));
        // A link may add to what it sends; what is kept here for another try must stay as it is.
        message.set("data", data.deepCopy());
        send("r" + ++next, message, then);
    }

    private void send(String id, ObjectNode message, Consumer<Outcome> then) {
        if (!send.test(message.put("id", id))) {
            then.accept(LOST);
            return;
        }
        waiting.put(id, new Waiting(then, loop.after(answerMillisMax, silent)));
    }

    /** Takes what has an {@code id}: an answer, if anything here asked for it. */
    void take(ObjectNode message) {
        Waiting asked = waiting.remove(message.path("id").stringValue(""));
        if (asked == null) {
            unknown++;
            return;
        }
        asked.patience.cancel();
        boolean error = message.path("type").stringValue("").equals("error");
        asked.then.accept(error ? new Outcome.Refused(Refusal.of(message)) : new Outcome.Answered(message));
    }

    /** The connection is gone, and no answer comes any more. */
    void lost() {
        List<Waiting> all = new ArrayList<>(waiting.values());
        waiting.clear();
        all.forEach(one -> one.patience.cancel());
        all.forEach(one -> one.then.accept(LOST));
    }

    /** Answers to nothing that was asked. */
    long unknown() {
        return unknown;
    }
}
