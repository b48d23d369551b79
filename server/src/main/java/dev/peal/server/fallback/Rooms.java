package dev.peal.server.fallback;

import dev.peal.app.App;
import dev.peal.app.Apps;
import dev.peal.app.Caller;
import dev.peal.chat.ChatApp;
import dev.peal.hub.Hub;
import dev.peal.log.RoomKey;
import dev.peal.transport.http.Refusal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Whether a caller may enter, and so read, rooms: the same check that joining makes, on their owners. Thread-safe. */
final class Rooms {
    private final Apps apps;
    private final Hub hub;

    Rooms(Apps apps, Hub hub) {
        this.apps = apps;
        this.hub = hub;
    }

    /** Completes, on any thread, once every room was found open to the caller; fails with a {@link Refusal}. */
    CompletionStage<Void> check(Caller caller, List<String> roomIds) {
        if (roomIds.isEmpty()) {
            return CompletableFuture.completedStage(null);
        }
        return apps.ofKind(ChatApp.KIND)
                .<CompletionStage<Void>>map(app -> CompletableFuture.allOf(roomIds.stream()
                        .map(id -> check(app, caller, Logs.room(id)))
                        .toArray(CompletableFuture[]::new)))
                .orElseGet(() -> CompletableFuture.failedStage(forbidden()));
    }

    private CompletableFuture<Void> check(App app, Caller caller, RoomKey key) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        if (!caller.mayEnter(key.id())) {
            answer.completeExceptionally(new CompletionException(forbidden()));
            return answer;
        }
        hub.home(key).owner().execute(() -> {
            if (app.mayEnter(caller, key)) {
                answer.complete(null);
            } else {
                answer.completeExceptionally(new CompletionException(forbidden()));
            }
        });
        return answer;
    }

    static Refusal forbidden() {
        return Refusal.of(403, "forbidden", "The token or the application does not allow a room that was asked for.");
    }
}
