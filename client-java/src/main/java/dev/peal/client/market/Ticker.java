package dev.peal.client.market;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One symbol over the last 24 hours. Thread-safe. */
public final class Ticker implements AutoCloseable {
    private final SymbolPort port;
    private final Runnable closed;
    private final Newest<Optional<TickerView>> onChange;
    private volatile @Nullable TickerView view;

    Ticker(SymbolPort port, Runnable closed) {
        this.port = port;
        this.closed = closed;
        this.onChange = new Newest<>(port.line().callbacks(), this::view);
    }

    public String symbol() {
        return port.name();
    }

    /** Empty until the first. */
    public Optional<TickerView> view() {
        return Optional.ofNullable(view);
    }

    /** Called with the newest whenever there is another one. */
    public Ticker onChange(Consumer<TickerView> listener) {
        onChange.add(now -> now.ifPresent(listener));
        return this;
    }

    /** Follows it no longer. */
    @Override
    public void close() {
        port.line().loop().execute(closed);
    }

    void take(ObjectNode message) {
        Exactly exactly = new Exactly(port.steps(), message);
        view = new TickerView(
                exactly.price("last"),
                exactly.price("open"),
                exactly.price("high"),
                exactly.price("low"),
                exactly.price("change"),
                exactly.size("volume"),
                message.path("trades").asLong(0),
                message.path("timestamp").asLong(0));
        onChange.changed();
    }
}
