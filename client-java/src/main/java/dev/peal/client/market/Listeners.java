package dev.peal.client.market;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Who is told of something, on the program's own executor, in order. Thread-safe. */
final class Listeners<T> {
    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    private final Executor callbacks;
    private final List<Consumer<T>> all = new CopyOnWriteArrayList<>();

    Listeners(Executor callbacks) {
        this.callbacks = callbacks;
    }

    void add(Consumer<T> listener) {
        all.add(listener);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void tell(T what) {
        if (!all.isEmpty()) {
            callbacks.execute(() -> all.forEach(listener -> call(listener, what)));
        }
    }

    private void call(Consumer<T> listener, T what) {
        try {
            listener.accept(what);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a listener of the market failed", e);
        }
    }
}
