package dev.peal.market.ingest;

import dev.peal.market.book.Side;
import dev.peal.market.wire.NumberText;
import dev.peal.protocol.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads {@code {"source":…,"sequence":…,"events":[…]}}. An event is one of
 * {@code {"type":"trade","symbol","price","size","side","tradeId"?,"timestamp"?}},
 * {@code {"type":"book","symbol","bids":[[price,size],…],"asks":[…],"whole"?,"timestamp"?}} and {@code {"type":"price","symbol","price","timestamp"?}}. Prices and sizes
 * are numbers, or texts that say one. Fields that are not known are ignored.
 */
public final class IngestReader {
    private static final int SOURCE_LENGTH_MAX = 64;
    private static final int NUMBER_LENGTH_MAX = 100;
    private static final int NESTING_MAX = 8;
    private static final long SAFE_INTEGER_MAX = (1L << 53) - 1;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .maxNumberLength(NUMBER_LENGTH_MAX)
                            .build())
                    // NaN is no JSON, but programs send it: it is worth an answer that names it and the event.
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private IngestReader() {}

    /** What became of reading. */
    public sealed interface Reading {
        record Read(IngestBatch batch) implements Reading {}

        /** It is none; {@code event} is the one at fault, from 0, if one is. */
        record Invalid(IngestFault fault, OptionalInt event) implements Reading {}
    }

    /** Reads a batch from its bytes; whoever calls has bounded them. */
    public static Reading read(byte[] json) {
        try {
            return read(MAPPER.readTree(json));
        } catch (JacksonException | NumberFormatException noJson) {
            // The second is how a number is refused whose exponent no BigDecimal has.
            return new Reading.Invalid(IngestFault.INVALID_BATCH, OptionalInt.empty());
        }
    }

    /** Reads a batch from its tree. */
    public static Reading read(JsonNode json) {
        JsonNode source = json.path("source");
        JsonNode events = json.path("events");
        boolean named = source.isString() && isName(source.stringValue());
        OptionalLong sequence = whole(json.path("sequence"));
        if (!named || !events.isArray() || sequence.isEmpty() || sequence.getAsLong() < 1) {
            return new Reading.Invalid(IngestFault.INVALID_BATCH, OptionalInt.empty());
        }
        List<IngestEvent> read = new ArrayList<>();
        for (JsonNode event : events) {
            try {
                read.add(event(event));
            } catch (IngestRefusal refusal) {
                return new Reading.Invalid(refusal.fault(), OptionalInt.of(read.size()));
            }
        }
        return new Reading.Read(new IngestBatch(source.stringValue(), sequence.getAsLong(), read));
    }

    private static boolean isName(String source) {
        return !source.isEmpty() && source.codePointCount(0, source.length()) <= SOURCE_LENGTH_MAX;
    }

    private static IngestEvent event(JsonNode event) throws IngestRefusal {
        String symbol = text(event.path("symbol"));
        OptionalLong time = optional(event.path("timestamp"));
        return switch (text(event.path("type"))) {
            case "trade" ->
                new IngestEvent.Traded(
                        symbol,
                        number(event.path("price")),
                        number(event.path("size")),
                        side(event.path("side")),
                        optional(event.path("tradeId")),
                        time);
            case "book" ->
                new IngestEvent.Book(
                        symbol,
                        levels(event.path("bids")),
                        levels(event.path("asks")),
                        flag(event.path("whole")),
                        time);
            case "price" -> new IngestEvent.Priced(symbol, number(event.path("price")), time);
            default -> throw new IngestRefusal(IngestFault.INVALID_EVENT);
        };
    }

    private static List<IngestEvent.Level> levels(JsonNode list) throws IngestRefusal {
        List<IngestEvent.Level> levels = new ArrayList<>();
        if (absent(list)) {
            return levels;
        }
        check(list.isArray());
        for (JsonNode level : list) {
            check(level.isArray() && level.size() == 2);
            levels.add(new IngestEvent.Level(number(level.get(0)), number(level.get(1))));
        }
        return levels;
    }

    private static String text(JsonNode node) throws IngestRefusal {
        check(node.isString());
        return node.stringValue();
    }

    private static String number(JsonNode node) throws IngestRefusal {
        return NumberText.of(node).orElseThrow(() -> new IngestRefusal(IngestFault.INVALID_EVENT));
    }

    private static Side side(JsonNode node) throws IngestRefusal {
        String text = text(node);
        for (Side side : Side.values()) {
            if (side.wire().equals(text)) {
                return side;
            }
        }
        throw new IngestRefusal(IngestFault.INVALID_EVENT);
    }

    private static boolean flag(JsonNode node) throws IngestRefusal {
        check(absent(node) || node.isBoolean());
        return node.isBoolean() && node.booleanValue();
    }

    private static OptionalLong optional(JsonNode node) throws IngestRefusal {
        if (absent(node)) {
            return OptionalLong.empty();
        }
        OptionalLong whole = whole(node);
        check(whole.isPresent());
        return whole;
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static OptionalLong whole(JsonNode node) {
        boolean whole = Numbers.isInteger(node, -SAFE_INTEGER_MAX, SAFE_INTEGER_MAX);
        return whole ? OptionalLong.of(node.asLong()) : OptionalLong.empty();
    }

    private static void check(boolean valid) throws IngestRefusal {
        if (!valid) {
            throw new IngestRefusal(IngestFault.INVALID_EVENT);
        }
    }
}
