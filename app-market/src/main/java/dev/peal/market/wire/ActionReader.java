package dev.peal.market.wire;

import dev.peal.market.book.Side;
import dev.peal.market.candle.CandleInterval;
import dev.peal.protocol.Numbers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reads {@code {"action":…}}. Fields that are not known are ignored; absent and null are the same. */
public final class ActionReader {
    /** Characters of a symbol's name; a longer one is no symbol. */
    public static final int SYMBOL_LENGTH_MAX = 32;

    public static final int CLIENT_ORDER_ID_LENGTH_MAX = 64;
    public static final int KEY_LENGTH_MAX = 128;
    public static final int UPDATES_PER_SECOND_MAX = 1_000;
    public static final int DEPTH_DEFAULT = 10;

    private static final Set<Integer> DEPTHS = Set.of(10, 50, 0);
    private static final long SAFE_INTEGER_MAX = (1L << 53) - 1;

    private final JsonNode message;

    private ActionReader(JsonNode message) {
        this.message = message;
    }

    /** Reads one message; {@code action} must be a text. */
    public static ActionReading read(JsonNode message) {
        try {
            return new ActionReader(message).read();
        } catch (WrongField wrong) {
            return new ActionReading.Invalid(wrong.field, wrong.expected);
        }
    }

    private ActionReading read() throws WrongField {
        return switch (text("action", SYMBOL_LENGTH_MAX)) {
            case "subscribe" -> done(subscribe());
            case "unsubscribe" -> done(new MarketAction.Unsubscribe(symbol()));
            case "snapshot" -> done(new MarketAction.Snapshot(symbol()));
            case "candles" -> done(new MarketAction.FollowCandles(symbol(), interval(), flag("on", true)));
            case "ticker" -> done(new MarketAction.FollowTicker(symbol(), flag("on", true)));
            case "place" -> done(place());
            case "cancel" -> done(cancel());
            case "account" -> done(new MarketAction.FollowAccount(flag("on", true)));
            case "authorize" -> done(new MarketAction.Authorize(text("key", KEY_LENGTH_MAX)));
            case "ingest" -> done(new MarketAction.Ingest(message));
            default -> new ActionReading.Unknown();
        };
    }

    private static ActionReading done(MarketAction action) {
        return new ActionReading.Read(action);
    }

    private MarketAction subscribe() throws WrongField {
        String symbol = symbol();
        Set<Channel> channels = channels();
        int depth = number("depth", 0, Integer.MAX_VALUE).map(Long::intValue).orElse(DEPTH_DEFAULT);
        if (!DEPTHS.contains(depth)) {
            throw new WrongField("depth", "10, 50 or 0");
        }
        Optional<Long> rate = number("maxUpdatesPerSecond", 1, UPDATES_PER_SECOND_MAX);
        OptionalInt updates = rate.isPresent() ? OptionalInt.of(rate.get().intValue()) : OptionalInt.empty();
        return new MarketAction.Subscribe(symbol, channels, depth, flag("deltas", false), updates);
    }

    private Set<Channel> channels() throws WrongField {
        Optional<JsonNode> list = field("channels");
        if (list.isEmpty()) {
            return EnumSet.allOf(Channel.class);
        }
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        for (JsonNode name : list.get()) {
            Channel.ofWire(name.isString() ? name.stringValue() : "").ifPresent(channels::add);
        }
        if (!list.get().isArray() || channels.size() != list.get().size() || channels.isEmpty()) {
            throw new WrongField("channels", "some of " + wires(Channel.values(), Channel::wire) + ", each once");
        }
        return channels;
    }

    private MarketAction place() throws WrongField {
        String symbol = symbol();
        Side side = oneOf("side", Side.values(), Side::wire);
        MarketAction.PlaceType type = oneOf("type", MarketAction.PlaceType.values(), MarketAction.PlaceType::wire);
        Optional<String> price = numberText("price");
        if (price.isPresent() == (type == MarketAction.PlaceType.MARKET)) {
            throw new WrongField("price", "a number; absent of a market order");
        }
        Optional<String> size = numberText("size");
        if (size.isEmpty()) {
            throw new WrongField("size", "a number");
        }
        return new MarketAction.Place(symbol, side, type, price, size.get(), clientOrderId());
    }

    private MarketAction cancel() throws WrongField {
        Optional<Long> orderId = number("orderId", 1, SAFE_INTEGER_MAX);
        Optional<String> clientOrderId = clientOrderId();
        if (orderId.isPresent() == clientOrderId.isPresent()) {
            throw new WrongField("orderId", "either this or clientOrderId");
        }
        return new MarketAction.Cancel(orderId, clientOrderId);
    }

    private Optional<String> clientOrderId() throws WrongField {
        return field("clientOrderId").isEmpty()
                ? Optional.empty()
                : Optional.of(text("clientOrderId", CLIENT_ORDER_ID_LENGTH_MAX));
    }

    private String symbol() throws WrongField {
        return text("symbol", SYMBOL_LENGTH_MAX);
    }

    private CandleInterval interval() throws WrongField {
        return oneOf("interval", CandleInterval.values(), CandleInterval::wire);
    }

    private Optional<JsonNode> field(String name) {
        JsonNode value = message.path(name);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    /** A text of 1 to so many code points. */
    private String text(String name, int lengthMax) throws WrongField {
        JsonNode value = message.path(name);
        String text = value.isString() ? value.stringValue() : "";
        if (text.isEmpty() || text.codePointCount(0, text.length()) > lengthMax) {
            throw new WrongField(name, "a text of 1 to " + lengthMax + " characters");
        }
        return text;
    }

    private boolean flag(String name, boolean absent) throws WrongField {
        Optional<JsonNode> value = field(name);
        if (value.isPresent() && !value.get().isBoolean()) {
            throw new WrongField(name, "true or false");
        }
        return value.map(JsonNode::booleanValue).orElse(absent);
    }

    private Optional<Long> number(String name, long min, long max) throws WrongField {
        Optional<JsonNode> value = field(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!Numbers.isInteger(value.get(), min, max)) {
            throw new WrongField(name, "a whole number from " + min + " to " + max);
        }
        return Optional.of(value.get().asLong());
    }

    private Optional<String> numberText(String name) throws WrongField {
        Optional<JsonNode> value = field(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> text = NumberText.of(value.get());
        if (text.isEmpty()) {
            throw new WrongField(name, "a number");
        }
        return text;
    }

    private <E> E oneOf(String name, E[] values, Function<E, String> wire) throws WrongField {
        JsonNode node = message.path(name);
        for (E value : values) {
            if (node.isString() && node.stringValue().equals(wire.apply(value))) {
                return value;
            }
        }
        throw new WrongField(name, "one of " + wires(values, wire));
    }

    private static <E> String wires(E[] values, Function<E, String> wire) {
        List<String> names = new ArrayList<>();
        for (E value : values) {
            names.add(wire.apply(value));
        }
        return String.join(", ", names);
    }

    /** Ends a reading from wherever it is; never leaves this class. */
    private static final class WrongField extends Exception {
        private static final long serialVersionUID = 1;

        private final String field;
        private final String expected;

        private WrongField(String field, String expected) {
            super(field, null, false, false);
            this.field = field;
            this.expected = expected;
        }
    }
}
