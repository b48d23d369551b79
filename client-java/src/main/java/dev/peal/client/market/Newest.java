package dev.peal.client.market;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells what something is now, whenever it changed: a listener that is slow hears of the newest, not of each. Thread-safe. */
final class Newest<T> {
    private final Executor callbacks;
    private final Supplier<T> now;
    private final Listeners<T> listeners;
    private final AtomicBoolean waiting = new AtomicBoolean();

    Newest(Executor callbacks, Supplier<T> now) {
        this.callbacks = callbacks;
        this.now = now;
        this.listeners = new Listeners<>(Runnable::run);
    }

    void add(Consumer<T> listener) {
        listeners.add(listener);
    }

    void changed() {
        if (!listeners.isEmpty() && waiting.compareAndSet(false, true)) {
            callbacks.execute(() -> {
                waiting.set(false);
                listeners.tell(now.get());
            });
        }
    }
}
