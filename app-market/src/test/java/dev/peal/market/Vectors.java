package dev.peal.market;

import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Levels;
import dev.peal.market.book.Quantity;
import dev.peal.market.book.Step;
import dev.peal.market.book.Symbol;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The golden vectors that this module shares with the SDKs: {@code market.json} of the module {@code spec}. */
public final class Vectors {
    private static final String FILE = "/dev/peal/spec/vectors/market.json";

    private Vectors() {}

    /** One test for each case of a kind. */
    public static Stream<DynamicTest> of(String kind, Case test) {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode one : file().get("cases")) {
            if (one.get("kind").stringValue().equals(kind)) {
                String name = one.path("name").isString() ? one.get("name").stringValue() : one.toString();
                tests.add(DynamicTest.dynamicTest(name, () -> test.check(one)));
            }
        }
        if (tests.isEmpty()) {
            throw new AssertionError("no vectors of the kind " + kind);
        }
        return tests.stream();
    }

    /** The symbol of this name. */
    public static Symbol symbol(JsonNode name) {
        return StreamSupport.stream(file().get("symbols").spliterator(), false)
                .filter(symbol -> symbol.get("symbol").equals(name))
                .map(symbol -> Symbol.of(
                        name.stringValue(),
                        symbol.get("id").intValue(),
                        symbol.get("tick").stringValue(),
                        symbol.get("lot").stringValue()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no symbol " + name));
    }

    /** A count of steps that a text says exactly. */
    public static long count(Step step, JsonNode text) {
        String decimal = text.stringValue();
        boolean negative = decimal.startsWith("-");
        if (step.count(negative ? decimal.substring(1) : decimal) instanceof Quantity.Exact(long count)) {
            return negative ? -count : count;
        }
        throw new AssertionError(text + " in steps of " + step);
    }

    /** {@code {"bids":[[price,size],…],"asks":[…]}} whose quantities are texts. */
    public static BookSnapshot book(Symbol symbol, JsonNode book) {
        return new BookSnapshot(levels(symbol, book.get("bids")), levels(symbol, book.get("asks")));
    }

    /** The same in ticks and lots. */
    public static BookSnapshot bookInSteps(JsonNode book) {
        return new BookSnapshot(levels(book.get("bids")), levels(book.get("asks")));
    }

    public static BookDelta delta(BookSnapshot levels) {
        return new BookDelta(levels.bids(), levels.asks());
    }

    private static Levels levels(Symbol symbol, JsonNode levels) {
        return Levels.of(StreamSupport.stream(levels.spliterator(), false)
                .flatMap(level -> Stream.of(count(symbol.tick(), level.get(0)), count(symbol.lot(), level.get(1))))
                .mapToLong(Long::longValue)
                .toArray());
    }

    private static Levels levels(JsonNode levels) {
        return Levels.of(StreamSupport.stream(levels.spliterator(), false)
                .flatMap(level ->
                        Stream.of(level.get(0).longValue(), level.get(1).longValue()))
                .mapToLong(Long::longValue)
                .toArray());
    }

    private static JsonNode file() {
        try (InputStream file = Objects.requireNonNull(Vectors.class.getResourceAsStream(FILE))) {
            return JsonMapper.shared().readTree(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a test does with a case. */
    public interface Case {
        void check(JsonNode vector);
    }
}
