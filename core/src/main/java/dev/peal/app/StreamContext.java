package dev.peal.app;

import dev.peal.auth.KeyRing;
import dev.peal.hub.Loop;
import dev.peal.store.Store;
import dev.peal.time.Clock;
import java.util.List;

/**
 * What an application of streams may use.
 *
 * @param loops on which connections live, by their index; the application may have work done on any of them
 * @param store the application's own tables
 * @param keys those of programs; a key may be sent in a message, never in an address
 */
public record StreamContext(List<Loop> loops, Store store, KeyRing keys, Clock clock) {
    public StreamContext {
        loops = List.copyOf(loops);
    }
}
