package dev.peal.client.market;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The newest price of one symbol. Thread-safe. */
public final class LastPrice implements AutoCloseable {
    private final SymbolPort port;
    private final Runnable closed;
    private final Newest<Optional<PriceView>> onChange;
    private final Listeners<Gap> onGap;
    private volatile @Nullable PriceView view;

    LastPrice(SymbolPort port, Runnable closed) {
        this.port = port;
        this.closed = closed;
        this.onChange = new Newest<>(port.line().callbacks(), this::view);
        this.onGap = new Listeners<>(port.line().callbacks());
    }

    public String symbol() {
        return port.name();
    }

    /** Empty until the first. */
    public Optional<PriceView> view() {
        return Optional.ofNullable(view);
    }

    /** Called with the newest whenever there is another one. */
    public LastPrice onChange(Consumer<PriceView> listener) {
        onChange.add(now -> now.ifPresent(listener));
        return this;
    }

    public LastPrice onGap(Consumer<Gap> listener) {
        onGap.add(listener);
        return this;
    }

    /** Follows it no longer. */
    @Override
    public void close() {
        port.line().loop().execute(closed);
    }

    void take(PriceView newest) {
        view = newest;
        onChange.changed();
    }

    void missing(Gap gap) {
        onGap.tell(gap);
    }
}
