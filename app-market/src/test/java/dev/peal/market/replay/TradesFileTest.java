package dev.peal.market.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TradesFileTest {
    private static final String GOOD = "1000,A-B,7,buy,0.10,2\n";

    @Test
    void takesPricesAndSizesAsTheyAreWritten() throws IOException {
        List<Recording> recordings =
                read("1000,A-B,7,buy,0.5,2\n1000,C,1,sell,10,0.25\n1001,A-B,9,sell,0.00141342,1.5\n");
        assertThat(recordings)
                .extracting(Recording::symbol)
                .containsExactly(Symbol.of("A-B", 5, "0.00000001", "0.1"), Symbol.of("C", 6, "1", "0.01"));
        assertThat(recordings.get(0).size()).isEqualTo(2);
        assertThat(recordings.get(0).trade(0)).isEqualTo(new Trade(7, Side.BUY, 50_000_000, 20, 1_000_000_000));
        assertThat(recordings.get(0).trade(1)).isEqualTo(new Trade(9, Side.SELL, 141_342, 15, 1_001_000_000));
        assertThat(recordings.get(1).trade(0)).isEqualTo(new Trade(1, Side.SELL, 10, 25, 1_000_000_000));
    }

    @Test
    void aGzippedFileIsTheSame() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write((TradesFile.HEADER + "\n" + GOOD).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(TradesFile.read(new ByteArrayInputStream(bytes.toByteArray()), 1))
                .hasSize(1);
    }

    @Test
    void aFileWithoutTradesHasNoSymbols() throws IOException {
        assertThat(read("")).isEmpty();
    }

    @Test
    void linesMayEndAsOnWindowsAndTheLastMayEndAtAll() throws IOException {
        assertThat(TradesFile.read(stream(TradesFile.HEADER + "\r\n1000,A-B,7,buy,0.10,2\r\n1000,A-B,8,buy,0.10,2"), 1)
                        .getFirst()
                        .size())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1000,A-B,8,buy,0.10               | line 3: 5 fields in place of 6
                    1000,A-B,8,buy,0.10,2,3           | line 3: 7 fields in place of 6
                    ''                                | line 3: 1 fields in place of 6
                    x,A-B,8,buy,0.10,2                | line 3: time_ms is no whole number from 0 to 9223372036854
                    -1,A-B,8,buy,0.10,2               | line 3: time_ms is no whole number from 0 to 9223372036854
                    +1000,A-B,8,buy,0.10,2            | line 3: time_ms is no whole number from 0 to 9223372036854
                    9223372036855,A-B,8,buy,0.10,2    | line 3: time_ms is no whole number from 0 to 9223372036854
                    999,A-B,8,buy,0.10,2              | line 3: time_ms is before that of the symbol's trade before
                    1000,A B,8,buy,0.10,2             | line 3: symbol is no name
                    1000,,8,buy,0.10,2                | line 3: symbol is no name
                    1000,A-B,7,buy,0.10,2             | line 3: trade_id is not above that of the symbol's trade before
                    1000,A-B,1e3,buy,0.10,2           | line 3: trade_id is no whole number from 0 to 9223372036854775807
                    1000,A-B,8,BUY,0.10,2             | line 3: side is neither buy nor sell
                    1000,A-B,8,buy,NaN,2              | line 3: price is no positive decimal of at most 15 digits
                    1000,A-B,8,buy,0,2                | line 3: price is no positive decimal of at most 15 digits
                    1000,A-B,8,buy,-0.1,2             | line 3: price is no positive decimal of at most 15 digits
                    1000,A-B,8,buy,0.1234567890123456,2 | line 3: price is no positive decimal of at most 15 digits
                    1000,A-B,8,buy,0.10,              | line 3: size is no positive decimal of at most 15 digits
                    1000,A-B,8,buy,0.10,0.0           | line 3: size is no positive decimal of at most 15 digits
                    1000,A-B,8,buy,100000000000000,2  | line 3: price has more than 15 digits with the places of the symbol's finest, or makes an earlier one have them
                    """)
    void aBrokenLineIsNamed(String line, String message) {
        String file = TradesFile.HEADER + "\n" + GOOD + line + "\n" + GOOD;
        assertThatThrownBy(() -> TradesFile.read(stream(file), 1))
                .isInstanceOf(BrokenLineException.class)
                .hasMessage(message);
    }

    @Test
    void aPriceOfFifteenDigitsIsTaken() throws IOException {
        assertThat(read("1000,A-B,8,buy,1234567890123.45,2\n")
                        .getFirst()
                        .trade(0)
                        .priceTicks())
                .isEqualTo(123_456_789_012_345L);
    }

    @Test
    void aFinePriceThatMakesAnEarlierOneTooLongIsNamed() {
        assertThatThrownBy(() -> read("1000,A-B,7,buy,1000000000000,2\n1000,A-B,8,buy,0.0001,2\n"))
                .hasMessageStartingWith("line 3: price has more than 15 digits");
    }

    @Test
    void aFileThatBeginsWithSomethingElseIsRefused() {
        assertThatThrownBy(() -> TradesFile.read(stream(GOOD), 1)).hasMessageStartingWith("line 1: not the header");
        assertThatThrownBy(() -> TradesFile.read(stream(""), 1)).hasMessageStartingWith("line 1: not the header");
    }

    @Test
    void moreTradesThanAFileMayHaveAreNamedAtTheFirstThatIsTooMany() throws IOException {
        String file = TradesFile.HEADER + "\n1,A,1,buy,1,1\n2,A,2,buy,1,1\n";
        assertThat(TradesFile.read(stream(file), 1, 2)).hasSize(1);
        assertThatThrownBy(() -> TradesFile.read(stream(file + "3,A,3,buy,1,1\n"), 1, 2))
                .hasMessage("line 4: more than 2 trades");
    }

    private static List<Recording> read(String trades) throws IOException {
        return TradesFile.read(stream(TradesFile.HEADER + "\n" + trades), 5);
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
