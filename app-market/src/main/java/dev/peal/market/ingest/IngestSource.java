package dev.peal.market.ingest;

import dev.peal.market.book.Symbol;
import dev.peal.market.source.MarketSink;
import dev.peal.market.source.MarketSource;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A source that says what programs send to it. Belongs to its owner. */
public final class IngestSource implements MarketSource {
    private final List<Symbol> symbols;
    private final IngestLimits limits;
    private final IngestState state;
    private final Map<String, IngestedSymbol> bySymbol = new LinkedHashMap<>();
    private @Nullable MarketSink sink;
    private Clock clock = Clock.SYSTEM;

    /** A source of these symbols, to which nothing was sent yet. */
    public IngestSource(List<Symbol> symbols, IngestLimits limits) {
        this.symbols = List.copyOf(symbols);
        this.limits = limits;
        state = new IngestState(limits);
        for (Symbol symbol : this.symbols) {
            bySymbol.put(symbol.name(), new IngestedSymbol(symbol, limits));
        }
    }

    @Override
    public List<Symbol> symbols() {
        return symbols;
    }

    @Override
    public void start(Owner owner, Clock clock, MarketSink sink) {
        this.clock = clock;
        this.sink = sink;
    }

    @Override
    public void stop() {
        sink = null;
    }

    /** Applies a batch, all of it or nothing. It must have been started and not stopped. */
    public IngestReply apply(IngestBatch batch) {
        MarketSink to = sink;
        if (to == null) {
            throw new IllegalStateException("nobody listens to the market");
        }
        if (batch.events().size() > limits.eventsMax()) {
            return refused(batch, IngestFault.TOO_MANY_EVENTS, OptionalInt.empty());
        }
        long digest = digest(batch);
        return switch (state.look(batch.source(), batch.sequence(), digest)) {
            case NEXT -> next(batch, digest, to);
            case REPEATED -> new IngestReply.Repeated(batch.sequence());
            case REUSED -> refused(batch, IngestFault.SEQUENCE_REUSED, OptionalInt.empty());
            case GAP -> refused(batch, IngestFault.SEQUENCE_GAP, OptionalInt.empty());
            case OUT_OF_ORDER -> refused(batch, IngestFault.SEQUENCE_OUT_OF_ORDER, OptionalInt.empty());
            case TOO_MANY_SOURCES -> refused(batch, IngestFault.TOO_MANY_SOURCES, OptionalInt.empty());
        };
    }

    /** Every event is checked against the state that those before it leave; only when all are right does the market hear of them. */
    private IngestReply next(IngestBatch batch, long digest, MarketSink to) {
        long now = clock.millis();
        List<Runnable> effects = new ArrayList<>();
        Set<IngestedSymbol> touched = new LinkedHashSet<>();
        for (IngestEvent event : batch.events()) {
            try {
                IngestedSymbol symbol = bySymbol.get(event.symbol());
                if (symbol == null) {
                    throw new IngestRefusal(IngestFault.UNKNOWN_SYMBOL);
                }
                touched.add(symbol);
                effects.add(symbol.apply(event, now, to));
            } catch (IngestRefusal refusal) {
                touched.forEach(IngestedSymbol::rollBack);
                return refused(batch, refusal.fault(), OptionalInt.of(effects.size()));
            }
        }
        touched.forEach(IngestedSymbol::commit);
        effects.forEach(Runnable::run);
        state.taken(batch.source(), batch.sequence(), digest);
        return new IngestReply.Applied(batch.sequence());
    }

    private IngestReply refused(IngestBatch batch, IngestFault fault, OptionalInt event) {
        return new IngestReply.Refused(fault, event, state.expected(batch.source()));
    }

    /** Of what the events say, not of the bytes that said it: a sender may write the same batch in another order of fields. */
    private static long digest(IngestBatch batch) {
        try {
            byte[] text = batch.events().toString().getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text))
                    .getLong();
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
