package dev.peal.e2e.typescript;

import dev.peal.docs.client.KnownText;
import dev.peal.e2e.fault.CutDocuments;
import dev.peal.ot.Document;
import dev.peal.ot.json.DeltaJson;
import dev.peal.ot.json.DeltaRead;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** A document that is open in the clients' process. Thread-safe. */
final class NodeDocument implements CutDocuments.Writer, NodeClients.Ear {
    private final NodeClients clients;
    private final int number;
    private final KnownText text;
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean opened;
    private volatile long revision;
    private volatile String failure = "";

    NodeDocument(NodeClients clients, int port, String user, String documentId, KnownText text, long seed) {
        this.clients = clients;
        this.text = text;
        number = clients.number();
        clients.listen(number, this);
        clients.order(Map.of(
                "order",
                "open",
                "client",
                number,
                "url",
                "http://127.0.0.1:" + port,
                "user",
                user,
                "document",
                documentId,
                "seed",
                seed));
    }

    @Override
    public CompletableFuture<?> edit() {
        return ask("edit").thenAccept(answer -> {
            text.typed(answer.get("typed").asString());
            text.deleted(answer.get("deleted").asString());
        });
    }

    @Override
    public CompletableFuture<?> saved() {
        return ask("save");
    }

    @Override
    public boolean opened() {
        return opened;
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public CompletableFuture<Document> content() {
        return ask("read").thenApply(answer -> {
            if (DeltaJson.read(answer.get("content")) instanceof DeltaRead.Valid valid) {
                return Document.of(valid.delta());
            }
            throw new AssertionError("no delta: " + answer);
        });
    }

    @Override
    public void close() {
        clients.leave(number);
    }

    private CompletableFuture<JsonNode> ask(String what) {
        if (!failure.isEmpty()) {
            throw new AssertionError(failure);
        }
        int question = asked.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(question, answer);
        clients.order(Map.of("order", what, "client", number, "asked", question));
        return answer;
    }

    @Override
    public void hear(JsonNode word) {
        if (word.has("state")) {
            opened |= word.at("/state/canEdit").asBoolean();
            revision = word.at("/state/revision").asLong();
        } else if (word.has("failed")) {
            broken(new AssertionError("refused: " + word.get("failed").asString()));
        } else {
            JsonNode answer = word.path("answered");
            CompletableFuture<JsonNode> waiting =
                    answers.remove(answer.path("asked").asInt());
            if (waiting != null) {
                waiting.complete(answer);
            }
        }
    }

    @Override
    public void broken(Throwable why) {
        failure = String.valueOf(why.getMessage());
        answers.values().forEach(answer -> answer.completeExceptionally(why));
    }
}
