package dev.peal.market.feed;

import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Levels;
import dev.peal.market.book.Side;
import dev.peal.market.book.Step;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.wire.Channel;
import dev.peal.market.wire.RecordReader;
import dev.peal.market.wire.RecordSink;
import io.netty.buffer.ByteBufUtil;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;

/**
 * A reader of one symbol that knows PROTOCOL.md and nothing of what wrote the bytes: it passes over what it has, and says when something is missing or its book is not
 * the server's. Its checksum is written anew from the words of the document.
 */
final class WireReader implements RecordSink {
    /** No sequence yet. */
    static final long NONE = -1;

    private final Symbol symbol;
    private final int depth;
    private final NavigableMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private final NavigableMap<Long, Long> asks = new TreeMap<>();
    private final Map<Channel, Long> sequences = new EnumMap<>(Channel.class);
    private final Map<Channel, Long> skipped = new EnumMap<>(Channel.class);
    private final Map<Channel, Long> seen = new EnumMap<>(Channel.class);
    private long bookSequence = NONE;
    private long priceTicks;
    private long gaps;
    private boolean bookLost = true;

    /** @param depth that it subscribed with */
    WireReader(Symbol symbol, int depth) {
        this.symbol = symbol;
        this.depth = depth;
        for (Channel channel : Channel.values()) {
            sequences.put(channel, NONE);
            skipped.put(channel, 0L);
            seen.put(channel, 0L);
        }
    }

    /** Takes a line: JSON, or a frame of records in hexadecimal. */
    void take(String line) {
        if (line.startsWith("{")) {
            json(FeedRig.json(line));
        } else {
            byte[] bytes = ByteBufUtil.decodeHexDump(line);
            if (!RecordReader.read(bytes, 0, bytes.length, this)) {
                throw new AssertionError("no frame: " + line);
            }
        }
    }

    /** Whether it knows that its book is not to be relied on: it wants a snapshot. */
    boolean bookLost() {
        return bookLost;
    }

    /** Messages before which something was missing. */
    long gaps() {
        return gaps;
    }

    long sequence(Channel channel) {
        return sequences.getOrDefault(channel, NONE);
    }

    /** That of the book that it has; -1 before the first. */
    long bookSequence() {
        return bookSequence;
    }

    /** Sequences that it was told were left out. */
    long skipped(Channel channel) {
        return skipped.getOrDefault(channel, 0L);
    }

    /** Messages of a channel that it took. */
    long seen(Channel channel) {
        return seen.getOrDefault(channel, 0L);
    }

    long priceTicks() {
        return priceTicks;
    }

    /** The book to the depth that it asked for. */
    BookSnapshot book() {
        return new BookSnapshot(levels(bids), levels(asks));
    }

    boolean crossed() {
        return !bids.isEmpty() && !asks.isEmpty() && bids.firstKey() >= asks.firstKey();
    }

    private void json(JsonNode message) {
        long sequence = message.path("sequence").asLong();
        switch (message.path("type").asString()) {
            case "price_update" -> price(1, sequence, 0, count(message.path("price"), symbol.tick()), 0);
            case "trade" -> follow(Channel.TRADES, sequence);
            case "order_book" ->
                book(
                        1,
                        sequence,
                        message.path("checksum").asLong(),
                        message.path("depth").asInt(),
                        new BookSnapshot(levels(message.at("/book/bids")), levels(message.at("/book/asks"))),
                        0);
            case "order_book_delta" ->
                bookDelta(
                        1,
                        message.path("previous").asLong(),
                        sequence,
                        message.path("checksum").asLong(),
                        0,
                        new BookDelta(levels(message.path("bids")), levels(message.path("asks"))),
                        0);
            case "skipped" ->
                skipped(
                        1,
                        Channel.ofWire(message.path("channel").asString()).orElseThrow(),
                        message.path("from").asLong(),
                        message.path("to").asLong(),
                        0);
            default -> {}
        }
    }

    @Override
    public void price(int symbolId, long sequence, long timeNanos, long ticks, long lots) {
        if (follow(Channel.PRICE, sequence)) {
            priceTicks = ticks;
        }
    }

    @Override
    public void trade(int symbolId, long sequence, Trade trade) {
        follow(Channel.TRADES, sequence);
    }

    @Override
    public void book(int symbolId, long sequence, long checksum, int of, BookSnapshot book, long timeNanos) {
        if (sequence < bookSequence || sequence == bookSequence && !bookLost) {
            return;
        }
        bids.clear();
        asks.clear();
        apply(new BookDelta(book.bids(), book.asks()));
        told(sequence);
        bookLost = checksum != checksum();
    }

    @Override
    public void bookDelta(
            int symbolId, long previous, long sequence, long checksum, int of, BookDelta delta, long timeNanos) {
        if (bookLost || sequence <= bookSequence) {
            return;
        }
        if (previous > bookSequence) {
            bookLost = true;
            return;
        }
        apply(delta);
        cut(bids);
        cut(asks);
        told(sequence);
        bookLost = checksum != checksum();
    }

    @Override
    public void skipped(int symbolId, Channel channel, long from, long to, long timeNanos) {
        if (to <= sequence(channel)) {
            return;
        }
        follow(channel, from);
        seen.merge(channel, -1L, Long::sum);
        skipped.merge(channel, to - from + 1, Long::sum);
        sequences.put(channel, to);
    }

    private void told(long sequence) {
        bookSequence = sequence;
        sequences.put(Channel.BOOK, sequence);
        seen.merge(Channel.BOOK, 1L, Long::sum);
    }

    /** Whether it is news. */
    private boolean follow(Channel channel, long sequence) {
        long before = sequence(channel);
        if (sequence <= before) {
            return false;
        }
        if (before != NONE && sequence != before + 1) {
            gaps++;
        }
        sequences.put(channel, sequence);
        seen.merge(channel, 1L, Long::sum);
        return true;
    }

    private void apply(BookDelta delta) {
        for (Side side : Side.values()) {
            NavigableMap<Long, Long> levels = side == Side.BUY ? bids : asks;
            Levels changes = delta.levels(side);
            for (int i = 0; i < changes.size(); i++) {
                if (changes.lots(i) == 0) {
                    levels.remove(changes.priceTicks(i));
                } else {
                    levels.put(changes.priceTicks(i), changes.lots(i));
                }
            }
        }
    }

    private void cut(NavigableMap<Long, Long> levels) {
        while (depth > 0 && levels.size() > depth) {
            levels.pollLastEntry();
        }
    }

    private long checksum() {
        StringBuilder text = new StringBuilder();
        Iterator<Map.Entry<Long, Long>> bid = bids.entrySet().iterator();
        Iterator<Map.Entry<Long, Long>> ask = asks.entrySet().iterator();
        for (int rank = 0; rank < 10; rank++) {
            for (Iterator<Map.Entry<Long, Long>> side : List.of(bid, ask)) {
                if (side.hasNext()) {
                    Map.Entry<Long, Long> level = side.next();
                    text.append(plain(symbol.tick(), level.getKey())).append(plain(symbol.lot(), level.getValue()));
                }
            }
        }
        CRC32 crc = new CRC32();
        crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
        return crc.getValue();
    }

    /** The decimal without its point and the zeros in front. */
    private static BigInteger plain(Step step, long count) {
        return new BigDecimal(step.text(1)).multiply(BigDecimal.valueOf(count)).unscaledValue();
    }

    private Levels levels(JsonNode pairs) {
        long[] all = new long[pairs.size() * 2];
        for (int i = 0; i < pairs.size(); i++) {
            all[2 * i] = count(pairs.get(i).get(0), symbol.tick());
            all[2 * i + 1] = count(pairs.get(i).get(1), symbol.lot());
        }
        return Levels.of(all);
    }

    private static long count(JsonNode number, Step step) {
        return new BigDecimal(number.asString())
                .divideToIntegralValue(new BigDecimal(step.text(1)))
                .longValueExact();
    }

    private static Levels levels(NavigableMap<Long, Long> side) {
        long[] pairs = new long[side.size() * 2];
        int at = 0;
        for (Map.Entry<Long, Long> level : side.entrySet()) {
            pairs[at++] = level.getKey();
            pairs[at++] = level.getValue();
        }
        return Levels.of(pairs);
    }
}
