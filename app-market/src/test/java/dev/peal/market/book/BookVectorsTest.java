package dev.peal.market.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Vectors;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Decimals, checksums and deltas as the golden vectors say. */
class BookVectorsTest {
    @TestFactory
    Stream<DynamicTest> decimalsAreWritten() {
        return Vectors.of(
                "decimal",
                vector -> assertThat(step(vector).text(vector.get("count").longValue()))
                        .isEqualTo(vector.get("text").stringValue()));
    }

    @TestFactory
    Stream<DynamicTest> quantitiesAreTakenOrRefusedByName() {
        return Vectors.of("quantity", vector -> {
            Quantity expected = vector.has("fault")
                    ? new Quantity.Refused(Quantity.Fault.valueOf(
                            vector.get("fault").stringValue().toUpperCase(Locale.ROOT)))
                    : new Quantity.Exact(vector.get("count").longValue());
            assertThat(step(vector).count(vector.get("text").stringValue())).isEqualTo(expected);
        });
    }

    @TestFactory
    Stream<DynamicTest> checksumsAreThoseOfSnapshotsAndOfBooks() {
        return Vectors.of("checksum", vector -> {
            Symbol symbol = Vectors.symbol(vector.get("symbol"));
            BookSnapshot snapshot = Vectors.book(symbol, vector.get("book"));
            OrderBook book = new OrderBook();
            book.replace(snapshot);
            BookChecksum checksum = new BookChecksum(symbol);
            long expected = vector.get("checksum").longValue();
            assertThat(checksum.of(snapshot)).isEqualTo(expected);
            assertThat(checksum.of(book)).isEqualTo(expected);
        });
    }

    @TestFactory
    Stream<DynamicTest> deltasAreMergedAndApplied() {
        return Vectors.of("delta", vector -> {
            OrderBook book = new OrderBook();
            book.replace(Vectors.bookInSteps(vector.get("before")));
            BookDelta merged = StreamSupport.stream(vector.get("deltas").spliterator(), false)
                    .map(delta -> Vectors.delta(Vectors.bookInSteps(delta)))
                    .reduce(BookDelta.NONE, BookDelta::merge);
            assertThat(merged).isEqualTo(Vectors.delta(Vectors.bookInSteps(vector.get("merged"))));
            book.apply(merged);
            assertThat(book.snapshot()).isEqualTo(Vectors.bookInSteps(vector.get("after")));
        });
    }

    private static Step step(JsonNode vector) {
        return Step.of(vector.get("step").stringValue());
    }
}
